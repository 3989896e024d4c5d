import type { Verdict } from "./judge.ts";
import type { Done } from "./person.ts";
import type { Fault } from "./plan.ts";
import type { Sample } from "./trend.ts";

export type Report = {
  readonly seed: number;
  readonly minutes: number;
  readonly matches: number;
  readonly runtime: string;
  readonly verdict: Verdict;
  /** Those that were carried out. */
  readonly faults: readonly Fault[];
  /** What could not fail here, and why. */
  readonly leftOut: readonly string[];
  readonly published: Readonly<Record<string, number>>;
  readonly person: Readonly<Record<string, Done>>;
  /** Of the app's last life. */
  readonly samples: readonly Sample[];
  /** After the last fault, in seconds; null: not within the time. */
  readonly settledS: { readonly matches: number | null; readonly all: number | null };
};

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

const seconds = (value: number | null): string => (value === null ? "not within the time" : `${value} s`);
const marks = { true: "yes", false: "NO", "not tried": "not tried" } as const;

/** The report for people. */
export const inMarkdown = (report: Report): string => {
  const { seed, minutes, matches, runtime, verdict, faults, leftOut, published, person, settledS } = report;
  const kinds = [...new Set(faults.map(({ kind }) => kind))];
  const timesAndSeconds = (kind: string): readonly number[] => {
    const list = faults.filter((fault) => fault.kind === kind);
    return [list.length, Math.round(list.reduce((sum, { lastsMs }) => sum + lastsMs, 0) / 1000)];
  };
  return [
    `## ${verdict.passed ? "Held" : "Did not hold"}: ${minutes} minutes, seed ${seed}`,
    `${matches} matches, ${runtime}. Published: ${Object.entries(published)
      .map(([what, count]) => `${count} ${what}`)
      .join(
        ", ",
      )}. After the last fault the matches were right within ${seconds(settledS.matches)}, everything within ${seconds(settledS.all)}.`,
    ...leftOut.map((what) => `Not tried: ${what}.`),
    table(
      ["what", "held", "found"],
      verdict.checks.map(({ name, passed, said }) => [name, marks[`${passed}`], said.join("; ").replaceAll("|", "/")]),
    ),
    table(
      ["fault", "times", "in all (s)"],
      kinds.map((kind) => [kind, ...timesAndSeconds(kind)]),
    ),
    table(
      ["the person", "done", "in vain"],
      Object.entries(person).map(([act, { done, inVain }]) => [act, done, inVain]),
    ),
    "",
  ].join("\n\n");
};
