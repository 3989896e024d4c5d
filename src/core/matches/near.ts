import type { Match } from "../../shared/match.ts";
import type { MatchBook } from "./book.ts";

/**
 * Gathers matches about which something has changed, until somebody asks whose warnings may have changed with that. In a flood
 * a match changes many times before anybody does: what counts then is how it was at first and how it is.
 */
export const createNear = ({ records, near }: Pick<MatchBook, "records" | "near">) => {
  let before = new Map<string, Match>();
  return {
    /** As `MatchBook.put` answers them. */
    note: (moved: readonly Match[]): void => {
      for (const match of moved) if (!before.has(match.id)) before.set(match.id, match);
    },
    /** The matches near those that were gathered since it was asked the last time. */
    take: (): ReadonlySet<string> => {
      const now = [...before.keys()].flatMap((id) => records.get(id)?.match ?? []);
      const moved = [...before.values(), ...now];
      before = new Map();
      return near(moved);
    },
  };
};
