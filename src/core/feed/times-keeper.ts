import { errorTrail } from "../error-name.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Log } from "../ports.ts";
import type { Outcome } from "./batch.ts";
import type { Writing } from "./ingest.ts";

/** So many at once: some milliseconds. */
const sliceMatches = 500;

type TimesKeeperOptions = {
  readonly write: (make: () => Writing) => Promise<void>;
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly log: Log;
};

/**
 * Matches that were told of again with nothing new in it: only the times of that differ from what the journal has. They
 * are written later, a few at a time, since a list of ten thousand matches that repeats itself every minute would wear
 * out the disk. A killed process loses only how recently it was told what it knows.
 */
export const createTimesKeeper = ({ write, records, log }: TimesKeeperOptions) => {
  const stale = new Set<string>();

  const keepSome = async (): Promise<boolean> => {
    const ids = [...stale].slice(0, sliceMatches);
    if (ids.length === 0) return false;
    // Before the journal answers they may be told of once more.
    for (const id of ids) stale.delete(id);
    try {
      await write(() => ({ batch: { matches: ids.flatMap((id) => records.get(id) ?? []) } }));
      return true;
    } catch (error) {
      log.debug("times could not be written and wait", { error: errorTrail(error) });
      for (const id of ids) stale.add(id);
      return false;
    }
  };

  return {
    /** What is known from now on. */
    note: ({ matches, kept }: Pick<Outcome, "matches" | "kept">): void => {
      for (const { match } of matches) stale.add(match.id);
      for (const { match } of kept) stale.delete(match.id);
    },
    keepSome,
    keepAll: async (): Promise<void> => {
      while (await keepSome());
    },
  };
};
