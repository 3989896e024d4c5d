import { type Instant, instantOf } from "../../shared/instant.ts";
import type { OutboxRow } from "./store.ts";

type Entry = { readonly row: OutboxRow; readonly rank: number; readonly start: string };

/** Urgent ones first, then what is yet to be played, each by kick-off. */
const compare = (a: Entry, b: Entry): number => {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  return a.row.queuedAt < b.row.queuedAt ? -1 : a.row.queuedAt > b.row.queuedAt ? 1 : 0;
};

/** Which rows are next. Sorted once after each change of the outbox, not at each taking. */
export const createQueue = (options: {
  readonly outbox: ReadonlyMap<string, OutboxRow>;
  readonly startOf: (row: OutboxRow) => Instant | null;
}) => {
  const { outbox, startOf } = options;
  /** In order; null when it must be built anew. */
  let line: readonly OutboxRow[] | null = null;
  let taken = 0;
  let nextDue: number | null = null;

  const build = (now: number): readonly OutboxRow[] => {
    const nowText = instantOf(now);
    const entries: Entry[] = [];
    nextDue = null;
    for (const row of outbox.values()) {
      if (row.state !== "ready") continue;
      const due = row.notBefore === null ? 0 : Date.parse(row.notBefore);
      if (due > now) {
        nextDue = Math.min(nextDue ?? due, due);
        continue;
      }
      const start = startOf(row) ?? "";
      entries.push({ row, start, rank: row.urgent ? 0 : start >= nowText ? 1 : 2 });
    }
    taken = 0;
    return entries.sort(compare).map(({ row }) => row);
  };

  return {
    /** The outbox has changed. */
    changed: (): void => {
      line = null;
    },
    /** The next rows whose matches are free, at most `count`. */
    take: (request: {
      readonly count: number;
      readonly busy: ReadonlyMap<string, unknown>;
      readonly now: number;
    }): readonly OutboxRow[] => {
      const { count, busy, now } = request;
      if (line === null || (nextDue !== null && nextDue <= now)) line = build(now);
      const rows: OutboxRow[] = [];
      while (rows.length < count && taken < line.length) {
        const row = line[taken];
        taken += 1;
        // A busy match is looked at again when its call has ended.
        if (row !== undefined && outbox.get(row.matchId) === row && !busy.has(row.matchId)) rows.push(row);
      }
      return rows;
    },
    /** When the next row that must wait may go; null when none waits. As of the last `take`. */
    nextDue: (): number | null => nextDue,
  };
};
