/** One line of the table that `npm run bench` prints. */
export type Figure = {
  readonly what: string;
  readonly value: string;
  /** What it must keep to, in words; `held` says whether it did. */
  readonly limit?: string;
  readonly held?: boolean;
  /** What it is measured against in the same run. */
  readonly beside?: Beside;
};

/** The least that it could take, and how often that it took: the medians of some runs. */
export type Beside = {
  readonly floorIs: string;
  readonly floor: number;
  readonly ours: number;
  readonly times: { readonly median: number; readonly least: number; readonly most: number };
};

/** How often what is measured beside a floor is measured, and with how many messages. */
export type Effort = { readonly runs: number; readonly messages: number };

/** What a file bench/*.bench.ts exports as `bench`. */
export type Bench = {
  readonly title: string;
  /** It is over soon, and `--quick` runs it. */
  readonly isQuick?: true;
  readonly run: (effort: Effort) => Promise<readonly Figure[]>;
};

export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
export const perSecond = (value: number): string => `${Math.round(value).toLocaleString("en")} /s`;

/** The value below which that share of them lies. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};
