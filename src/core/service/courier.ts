import type { Outcome } from "../feed/batch.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Clock } from "../ports.ts";

/** News is gathered this long before the calendars hear of it. */
const gatherMs = 100;
/** While messages come faster than they are journaled, what has changed of a match waits, but no longer than this. */
const longestWaitMs = 30_000;
/** So many at once, so that messages are read in between. */
const sliceMatches = 100;

type CourierOptions = {
  readonly clock: Clock;
  /** Whether messages are waiting to be journaled. */
  readonly isBusy: () => boolean;
  /** The matches that are current. */
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly deliver: (records: readonly MatchRecord[]) => void;
};

/**
 * Tells the calendars of changed matches, each once as it is now, when the feed has time: a match that changes ten times
 * in a second is one update. What a killed process had not told yet, the calendars find out at the next start.
 */
export const createCourier = ({ clock, isBusy, records, deliver }: CourierOptions) => {
  /** By match since when it waits, by `elapsed`; the longest first. */
  const waiting = new Map<string, number>();
  let cancel: (() => void) | null = null;

  /** The first so many, as far as they have waited since before then. Answers how many. */
  const take = (most: number, before: number): number => {
    const ids: string[] = [];
    for (const [id, since] of waiting) {
      if (ids.length >= most || since > before) break;
      ids.push(id);
    }
    for (const id of ids) waiting.delete(id);
    const changed = ids.flatMap((id) => records.get(id) ?? []);
    if (changed.length > 0) deliver(changed);
    return ids.length;
  };

  const tick = (): void => {
    cancel = null;
    const now = clock.elapsed();
    const taken = take(sliceMatches, isBusy() ? now - longestWaitMs : now);
    if (waiting.size > 0) cancel = clock.after(taken < sliceMatches ? gatherMs : 0, tick);
  };

  const flush = (): void => {
    cancel?.();
    cancel = null;
    take(waiting.size, clock.elapsed());
  };

  return {
    note: ({ way, kept }: Pick<Outcome, "way" | "kept">): void => {
      if (kept.length > 0) {
        const now = clock.elapsed();
        for (const { match } of kept) if (!waiting.has(match.id)) waiting.set(match.id, now);
        cancel ??= clock.after(gatherMs, tick);
      }
      // The calendars must get a whole list in one piece.
      if (way !== "redis") flush();
    },
    /** All at once. */
    flush,
  };
};
