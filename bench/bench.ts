import { readFileSync } from "node:fs";

/** One line of the table that `npm run bench` prints. */
export type Figure = {
  readonly what: string;
  readonly value: string;
  /** What it must keep to, in words; `held` says whether it did. */
  readonly limit?: string;
  readonly held?: boolean;
};

/** What a file bench/*.bench.ts exports as `bench`. */
export type Bench = {
  readonly title: string;
  readonly run: () => Promise<readonly Figure[]>;
};

export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
export const perSecond = (value: number): string => `${Math.round(value).toLocaleString("en")} /s`;

/** The value below which that share of them lies. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};

/** Linux counts in hundredths of a second (proc(5), fields 14 and 15). */
export const cpuSeconds = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
