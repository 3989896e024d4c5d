import type { Journal } from "../journal.ts";
import { factsWithoutContacts, recordWith } from "../matches/contacts.ts";
import type { MatchRecord } from "../matches/record.ts";
import { limitsAt, playedAt } from "../matches/retention.ts";
import type { Clock } from "../ports.ts";

/** So many matches at once: the journal is held up for some milliseconds. */
const sliceMatches = 100;

type RetirementOptions = {
  readonly journal: Pick<Journal, "append">;
  readonly clock: Pick<Clock, "now">;
  /** The current matches. */
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly days: () => { readonly matches: number; readonly personal: number };
  /** How to reach their people is kept no more; the journal has them so. */
  readonly onErased: (records: readonly MatchRecord[]) => void;
  /** They are current no more; the journal has archived them. */
  readonly onArchived: (matchIds: readonly string[]) => void;
};

/**
 * What becomes of matches that have been played: first how to reach their people is erased, then they are archived. Every
 * run of the service goes through all of them once, and again through those that are told of meanwhile: that needs no
 * memory of when it was done before, which a wrong clock could spoil.
 */
export const createRetirement = ({ journal, clock, records, days, onErased, onArchived }: RetirementOptions) => {
  const erased = new WeakSet<MatchRecord>();

  const due = (isDue: (record: MatchRecord) => boolean): readonly MatchRecord[] => {
    const found: MatchRecord[] = [];
    for (const record of records.values()) {
      if (isDue(record)) found.push(record);
      if (found.length === sliceMatches) break;
    }
    return found;
  };

  const eraseSome = async (found: readonly MatchRecord[]): Promise<void> => {
    const matchIds = found.map(({ match }) => match.id);
    await journal.append({ erased: { kind: "contacts", matchIds } });
    // What has been heard meanwhile counts, and has no contacts either.
    const now = matchIds.flatMap((id) => records.get(id) ?? []);
    const without = now.map((record) => recordWith(record, factsWithoutContacts));
    for (const record of without) erased.add(record);
    const changed = without.filter((record, index) => record !== now[index]);
    if (changed.length > 0) onErased(changed);
  };

  const archiveSome = async (found: readonly MatchRecord[]): Promise<void> => {
    const matchIds = found.map(({ match }) => match.id);
    await journal.append({
      erased: { kind: "contacts", matchIds },
      archived: found.map((record) => ({ id: record.match.id, playedAt: playedAt(record) })),
    });
    onArchived(matchIds);
  };

  return {
    /** One slice of it; true when there is more to do. Rejects with what the journal refuses. */
    slice: async (): Promise<boolean> => {
      const { matchesFrom, contactsFrom } = limitsAt(clock.now(), days());
      const old = due((record) => playedAt(record) < matchesFrom);
      if (old.length > 0) {
        await archiveSome(old);
        return true;
      }
      const played = due((record) => playedAt(record) < contactsFrom && !erased.has(record));
      if (played.length === 0) return false;
      await eraseSome(played);
      return true;
    },
  };
};
