import { type Instant, instantOf } from "../../shared/instant.ts";
import { compareTexts } from "../../shared/order.ts";
import type { Problem } from "../../shared/problem.ts";
import { backoff } from "../backoff.ts";
import type { Clock } from "../ports.ts";
import type { Failure } from "./failure.ts";
import type { OutboxRow, Wanted } from "./item.ts";

/** How often what is wanted has failed in a row, and what comes next. It means nothing to another run. */
export type Retry = {
  readonly failures: number;
  /** Not before, by the clock's `elapsed`. */
  readonly due: number;
  /** The item itself was refused: it is tried again now and then, and nobody waits for that. */
  readonly refused: boolean;
  readonly problem: Problem;
  readonly at: Instant;
};

/** How long an item waits after its first failure, and at most: after a failed call, and after it was refused itself. */
const afterCall = { baseMs: 500, capMs: 5 * 60_000 };
const afterRefusal = { baseMs: 60_000, capMs: 60 * 60_000 };

type Entry<W extends Wanted> = { readonly row: OutboxRow<W>; readonly rank: number; readonly start: string };

/** Urgent ones first, then what is yet to come, each by its start, then as they came. */
const compare = <W extends Wanted>(a: Entry<W>, b: Entry<W>): number => {
  if (a.rank !== b.rank) return a.rank - b.rank;
  const [one, other] = a.start === b.start ? [a.row.queuedAt, b.row.queuedAt] : [a.start, b.start];
  return compareTexts(one, other);
};

/** Which rows of the outbox are next. Sorted once after each change, not at each taking. */
export const createQueue = <W extends Wanted>(options: {
  readonly clock: Clock;
  readonly outbox: ReadonlyMap<string, OutboxRow<W>>;
  readonly startOf: (row: OutboxRow<W>) => Instant | null;
}) => {
  const { clock, outbox, startOf } = options;
  const retries = new Map<string, Retry>();
  /** In order; null when it must be built anew. */
  let line: readonly OutboxRow<W>[] | null = null;
  let taken = 0;
  let nextDue: number | null = null;
  let isExpecting = false;

  const build = (elapsed: number): readonly OutboxRow<W>[] => {
    const now = instantOf(clock.now());
    const entries: Entry<W>[] = [];
    nextDue = null;
    isExpecting = false;
    for (const row of outbox.values()) {
      if (row.state === "held") continue;
      const retry = retries.get(row.id);
      if (retry !== undefined && retry.due > elapsed) {
        nextDue = Math.min(nextDue ?? retry.due, retry.due);
        isExpecting ||= !retry.refused;
        continue;
      }
      const start = startOf(row) ?? "";
      const rank = start >= now ? 1 : 2;
      entries.push({ row, start, rank: row.urgent ? 0 : rank });
    }
    taken = 0;
    return entries.sort(compare).map(({ row }) => row);
  };

  return {
    /** The outbox has changed. */
    changed: (): void => {
      line = null;
    },
    /** The next rows whose items are free, at most `count`. */
    take: (count: number, busy: ReadonlyMap<string, unknown>): readonly OutboxRow<W>[] => {
      const elapsed = clock.elapsed();
      if (line === null || (nextDue !== null && nextDue <= elapsed)) line = build(elapsed);
      const rows: OutboxRow<W>[] = [];
      while (rows.length < count && taken < line.length) {
        const row = line[taken];
        taken += 1;
        // A busy item is looked at again when its call has ended.
        if (row !== undefined && outbox.get(row.id) === row && !busy.has(row.id)) rows.push(row);
      }
      return rows;
    },
    /** When the next row that must wait may go, by the clock's `elapsed`; null when none waits. As of the last `take`. */
    nextDue: (): number | null => nextDue,
    /** Something waits that may well be done at its next try. As of the last `take`. */
    isExpecting: (): boolean => isExpecting,
    /** How what is wanted now has failed. */
    retryOf: (id: string): Retry | undefined => retries.get(id),
    /** This was tried and failed. A refusal says nothing of what has come to be wanted meanwhile. */
    failed: ({ id, wanted }: OutboxRow<W>, { problem, retryAfterMs, concern }: Failure): void => {
      const row = outbox.get(id);
      if (row === undefined || concern === "collection") return;
      if (concern === "item" && row.wanted?.hash !== wanted?.hash) return;
      const failures = (retries.get(id)?.failures ?? 0) + 1;
      const refused = concern === "item";
      const waits = refused ? afterRefusal : afterCall;
      const wait = backoff({ ...waits, failures, random: clock.random(), least: 0.5 });
      const due = clock.elapsed() + Math.max(retryAfterMs ?? 0, wait);
      retries.set(id, { failures, due, refused, problem, at: instantOf(clock.now()) });
      line = null;
    },
    /** What failed before says nothing any longer: these are tried at once. */
    revive: (ids: Iterable<string>): void => {
      for (const id of ids) if (retries.delete(id)) line = null;
    },
  };
};
