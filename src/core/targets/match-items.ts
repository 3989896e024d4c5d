import { matchTitle } from "../../shared/match.ts";
import type { Wanted } from "../keeper/item.ts";
import type { Desired, Items } from "../keeper/target.ts";
import type { MatchRecord } from "../matches/record.ts";

export type MatchItems<W extends Wanted> = Items<W> & {
  readonly take: (records: readonly MatchRecord[]) => void;
  /** These matches are current no more. */
  readonly forget: (ids: readonly string[]) => void;
};

/** The matches as one kind of target should have them. Targets of one kind share them. */
export const createMatchItems = <W extends Wanted>(
  desiredOf: (record: MatchRecord) => Desired<W>,
  /** How people know an item of a match that nobody has told of. */
  titleThere: (written: W) => string,
): MatchItems<W> => {
  const records = new Map<string, MatchRecord>();
  const desired = new Map<string, Desired<W>>();
  return {
    take: (changed) => {
      for (const record of changed) {
        records.set(record.match.id, record);
        desired.set(record.match.id, desiredOf(record));
      }
    },
    forget: (ids) => {
      for (const id of ids) {
        records.delete(id);
        desired.delete(id);
      }
    },
    ids: () => records.keys(),
    desired: (id) => desired.get(id),
    urgent: (id) => records.get(id)?.urgent ?? false,
    about: (id, written) => {
      const match = records.get(id)?.match;
      return match === undefined
        ? {
            title: written === null ? matchTitle({ id, number: null, home: null, away: null }) : titleThere(written),
            competition: null,
          }
        : { title: matchTitle(match), competition: match.competition };
    },
  };
};
