import { ProblemError } from "../../shared/problem.ts";
import type { Journal } from "../journal.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Log } from "../ports.ts";
import type { Outcome } from "./batch.ts";

/** So many at once: some milliseconds. */
const sliceMatches = 500;

type TimesKeeperOptions = {
  readonly journal: Pick<Journal, "append">;
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly log: Log;
};

/**
 * Matches that were told of again with nothing new in it: only the times of that differ from what the journal has. They
 * are written later, a few at a time, since a list of ten thousand matches that repeats itself every minute would wear
 * out the disk. A killed process loses only how recently it was told what it knows.
 */
export const createTimesKeeper = ({ journal, records, log }: TimesKeeperOptions) => {
  const stale = new Set<string>();

  const keep = async (ids: readonly string[]): Promise<boolean> => {
    const matches = ids.flatMap((id) => records.get(id) ?? []);
    // Before the journal answers they may be told of once more.
    for (const id of ids) stale.delete(id);
    try {
      await journal.append({ matches });
      return true;
    } catch (error) {
      for (const id of ids) stale.add(id);
      if (!(error instanceof ProblemError)) throw error;
      log.debug("the journal refuses; times wait", { kind: error.problem.kind });
      return false;
    }
  };

  const keepSome = async (): Promise<boolean> => stale.size > 0 && keep([...stale].slice(0, sliceMatches));

  return {
    /** What was acted on. */
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
