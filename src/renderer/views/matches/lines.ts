import type { Instant } from "../../../shared/instant.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { dayAfter, stockholmDay, stockholmInstant } from "../../../shared/text/format.ts";

/** A line of the table: a day, before the matches of that day, or a match by its place among the rows. */
export type Line =
  | { readonly kind: "day"; readonly day: string | null; readonly matches: number }
  | { readonly kind: "match"; readonly index: number };

type Day = { readonly day: string | null; readonly holds: (kickoff: Instant | null) => boolean };

const unset: Day = { day: null, holds: (kickoff) => kickoff === null };

/** Days are read off a calendar once each: thousands of matches share some hundred. */
const dayOf = (kickoff: Instant | null): Day => {
  if (kickoff === null) return unset;
  const day = stockholmDay(kickoff);
  const start = stockholmInstant(day, "00:00");
  const end = stockholmInstant(dayAfter(day, 1), "00:00");
  return { day, holds: (other) => other !== null && other >= start && other < end };
};

/** The rows with a heading before each day's; only rows in the order of kick-off have days. */
export const linesOf = (rows: readonly MatchView[], byDay: boolean): readonly Line[] => {
  const lineOf = (index: number): Line => ({ kind: "match", index });
  if (!byDay) return rows.map((_, index) => lineOf(index));
  const groups: { readonly day: Day; readonly lines: Line[] }[] = [];
  for (const [index, { kickoff }] of rows.entries()) {
    const last = groups.at(-1);
    if (last?.day.holds(kickoff) === true) last.lines.push(lineOf(index));
    else groups.push({ day: dayOf(kickoff), lines: [lineOf(index)] });
  }
  return groups.flatMap(({ day, lines }): readonly Line[] => [
    { kind: "day", day: day.day, matches: lines.length },
    ...lines,
  ]);
};

/** Whether rows lie as others do, whatever else is said of them. */
export const liesAs = (rows: readonly MatchView[], others: readonly MatchView[]): boolean =>
  rows.length === others.length &&
  rows.every((row, index) => row === others[index] || row.kickoff === others[index]?.kickoff);

export type Layout = {
  /** Where each line begins, in pixels from the first. */
  readonly tops: readonly number[];
  /** The line of each row. */
  readonly lineOf: readonly number[];
};

/** Where lines are of which the two kinds have a height each. */
export const layoutLines = (lines: readonly Line[], heights: Readonly<Record<Line["kind"], number>>): Layout => {
  const tops: number[] = [];
  const lineOf: number[] = [];
  let top = 0;
  for (const [place, line] of lines.entries()) {
    tops.push(top);
    if (line.kind === "match") lineOf[line.index] = place;
    top += heights[line.kind];
  }
  return { tops, lineOf };
};

/** As many lines wherever one is, so that none is drawn anew because another came or went. */
export const linesDrawn = (
  from: number,
  { count, size }: { readonly count: number; readonly size: number },
): number[] => {
  const drawn = Math.min(count, size);
  const first = Math.max(0, Math.min(from, count - drawn));
  return Array.from({ length: drawn }, (_, index) => first + index);
};

/** What is marked after one more press: the row itself is turned, or with Shift all from the one pressed before. */
export const marksAfter = (
  marked: ReadonlySet<string>,
  press: { readonly ids: readonly string[]; readonly id: string; readonly before: string | null },
): ReadonlySet<string> => {
  const { ids, id, before } = press;
  const [from, to] = [ids.indexOf(before ?? id), ids.indexOf(id)];
  if (before === null || from === -1) {
    const rest = [...marked].filter((other) => other !== id);
    return new Set(marked.has(id) ? rest : [...rest, id]);
  }
  return new Set([...marked, ...ids.slice(Math.min(from, to), Math.max(from, to) + 1)]);
};
