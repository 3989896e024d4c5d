import type { Writing } from "../feed/ingest.ts";
import type { JournalBatch } from "../journal.ts";
import { factsWithoutContacts, recordWith } from "../matches/contacts.ts";
import type { MatchRecord } from "../matches/record.ts";
import { limitsAt, playedAt } from "../matches/retention-limits.ts";
import type { Clock } from "../ports.ts";
import { contactsEraser, type Eraser } from "./eraser.ts";

/** Small facts in the journal. */
type Facts = NonNullable<JournalBatch["meta"]>;

/** So many matches at once: the journal is held up for some milliseconds. */
const sliceMatches = 100;

type RetirementOptions = {
  /** Writes what is made when it is its turn among the messages. */
  readonly write: (make: () => Writing) => Promise<void>;
  readonly clock: Pick<Clock, "now">;
  /** The current matches. */
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly days: () => { readonly matches: number; readonly personal: number };
  /** What else is kept of matches; what is to be written of it goes with the matches, all of it or nothing. */
  readonly notes: {
    readonly erasing: (eraser: Eraser, matchIds: readonly string[]) => Facts;
    readonly forgetting: (matchIds: readonly string[]) => Facts;
  };
  /** How to reach people is kept no more of these matches; the journal has them so. `records`: those that have changed. */
  readonly onErased: (matchIds: readonly string[], records: readonly MatchRecord[]) => void;
  /** They are current no more; the journal has archived them. */
  readonly onArchived: (matchIds: readonly string[]) => void;
};

/**
 * What becomes of matches that have been played: first how to reach their people is erased, then they are archived. Every
 * run of the service goes through all of them once, and again through those that are told of meanwhile: that needs no
 * memory of when it was done before, which a wrong clock could spoil.
 */
export const createRetirement = ({ write, clock, records, days, notes, onErased, onArchived }: RetirementOptions) => {
  const erased = new WeakSet<MatchRecord>();

  const due = (isDue: (record: MatchRecord) => boolean): readonly MatchRecord[] => {
    const found: MatchRecord[] = [];
    for (const record of records.values()) {
      if (isDue(record)) found.push(record);
      if (found.length === sliceMatches) break;
    }
    return found;
  };

  const erasing = (found: readonly MatchRecord[]): Writing => ({
    batch: {
      erased: { kind: "contacts", matchIds: idsOf(found) },
      meta: notes.erasing(contactsEraser, idsOf(found)),
    },
    known: () => {
      const without = found.map((record) => recordWith(record, factsWithoutContacts));
      const changed = without.filter((record, index) => record !== found[index]);
      onErased(idsOf(found), changed);
      for (const record of without) erased.add(record);
    },
  });

  const archiving = (found: readonly MatchRecord[]): Writing => ({
    batch: {
      erased: { kind: "contacts", matchIds: idsOf(found) },
      archived: found.map((record) => ({ id: record.match.id, playedAt: playedAt(record) })),
      meta: notes.forgetting(idsOf(found)),
    },
    known: () => onArchived(idsOf(found)),
  });

  /** What is to be done first; null: nothing. */
  const next = (): Writing | null => {
    const { matchesFrom, contactsFrom } = limitsAt(clock.now(), days());
    const old = due((record) => playedAt(record) < matchesFrom);
    if (old.length > 0) return archiving(old);
    const played = due((record) => playedAt(record) < contactsFrom && !erased.has(record));
    return played.length > 0 ? erasing(played) : null;
  };

  return {
    /** One slice of it; true when there was something to do. Rejects with what the journal refuses. */
    slice: async (): Promise<boolean> => {
      if (next() === null) return false;
      // Asked anew when it is its turn: the messages before it may tell of the same matches.
      await write(() => next() ?? { batch: {} });
      return true;
    },
  };
};

const idsOf = (records: readonly MatchRecord[]): readonly string[] => records.map(({ match }) => match.id);
