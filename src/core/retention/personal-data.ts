import type { Change } from "../../shared/change.ts";
import { parseJson } from "../../shared/json/read.ts";
import { matchTitle, type Official } from "../../shared/match.ts";
import type { PersonalData } from "../../shared/people.ts";
import type { Writing } from "../feed/ingest.ts";
import type { Journal, JournalBatch } from "../journal.ts";
import { recordWith } from "../matches/contacts.ts";
import type { MatchRecord } from "../matches/record.ts";
import { pause } from "../pause.ts";
import type { Clock } from "../ports.ts";
import type { Eraser } from "./eraser.ts";
import { hasName, personEraser, waysOf } from "./person.ts";

/** So much is read at a time, with a pause after each for whatever else there is to do. */
const pageRows = 200;

type Options = {
  readonly journal: Pick<Journal, "archivedMatches" | "changesAfter" | "messages" | "payload">;
  /** Writes what is made when it is its turn among the messages; and when all that was heard before has had its turn. */
  readonly write: (make: () => Writing) => Promise<void>;
  readonly writeAfterHeard: (make: () => Writing) => Promise<void>;
  readonly clock: Pick<Clock, "after">;
  /** The current matches. */
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly decodeText: (payload: Uint8Array) => string;
  /** Who somebody is, in the directory of people. */
  readonly idOf: (official: Official) => string;
  /** What people wrote of matches: who was told, the notes that name somebody, and what is to be written without them. */
  readonly notes: {
    readonly naming: (isNamed: (text: string) => boolean) => PersonalData["notes"];
    readonly ticksOf: (personIds: ReadonlySet<string>) => PersonalData["told"];
    readonly erasing: (eraser: Eraser, matchIds: null) => NonNullable<JournalBatch["meta"]>;
  };
  /** The calendars that are followed by secret addresses: somebody's own, and what is to be written of names in them. */
  readonly feeds: {
    readonly ofPeople: (personIds: ReadonlySet<string>) => PersonalData["calendarFeeds"];
    readonly erasing: (eraser: Eraser) => NonNullable<JournalBatch["meta"]>;
  };
  /** The journal has erased a person; these are the current matches they were in. */
  readonly onErased: (records: readonly MatchRecord[], eraser: Eraser) => void;
};

/** What is kept of one person: all of it to see, or gone. */
export const createPersonalData = (options: Options) => {
  const { journal, write, writeAfterHeard, clock, records, idOf, notes, feeds, decodeText, onErased } = options;

  /** Page after page, with a pause between them. `after`, `upTo`: the last row before a page, and its own. */
  const pages = async function* <T, Key>(begin: Key, read: (after: Key) => readonly T[], keyOf: (row: T) => Key) {
    for (let after = begin; ; await pause(clock, 0)) {
      const page = read(after);
      const last = page.at(-1);
      if (last === undefined) return;
      const upTo = keyOf(last);
      yield { page, after, upTo };
      after = upTo;
    }
  };
  const archived = () =>
    pages(
      "",
      (after) => journal.archivedMatches({ after, limit: pageRows }),
      ({ match }) => match.id,
    );
  const changes = () =>
    pages(
      0,
      (after) => journal.changesAfter(after, pageRows),
      ({ id }) => id,
    );
  const messages = () =>
    pages(
      0,
      (after) => journal.messages({ after, limit: pageRows }),
      ({ id }) => id,
    );

  const isOf = (name: string): ((record: MatchRecord) => boolean) => {
    const isThem = hasName(name);
    return ({ match }) => [...match.officials, ...match.contacts].some(isThem);
  };
  const currentOf = (name: string): readonly MatchRecord[] => [...records.values()].filter(isOf(name));

  const kept = async (name: string) => {
    const isTheirs = isOf(name);
    const { isNoted } = spottingIn(name);
    const old: MatchRecord[] = [];
    for await (const { page } of archived()) old.push(...page.filter(isTheirs));
    const noted: Change[] = [];
    for await (const { page } of changes()) noted.push(...page.filter(isNoted));
    return { current: currentOf(name), archived: old, changes: noted };
  };

  const idsOf = (name: string, found: Awaited<ReturnType<typeof kept>>): ReadonlySet<string> => {
    const isThem = hasName(name);
    const before = found.changes.flatMap(({ difference }) =>
      difference.field === "officials" ? [...difference.before, ...difference.after] : [],
    );
    const officials = [...found.current, ...found.archived].flatMap(({ match }) => match.officials);
    return new Set([...before, ...officials].filter(isThem).map(idOf));
  };

  /** What was said of a match may still name somebody who is in it no more. */
  const eraseInMemory = (eraser: Eraser): void => {
    const changed = [...records.values()].flatMap((record) => {
      const without = recordWith(record, eraser.said);
      return without === record ? [] : [without];
    });
    onErased(changed, eraser);
  };

  return {
    gather: async (name: string): Promise<PersonalData> => {
      const found = await kept(name);
      const { current, archived: old, changes: noted } = found;
      const { entryOf, timelineOf, saidIn, isNamed } = spottingIn(name);
      const said: PersonalData["messages"][number][] = [];
      for await (const { page } of messages())
        for (const { id, receivedAt, channel } of page) {
          const payload = journal.payload(id)?.payload ?? null;
          const parts = payload === null ? [] : saidIn(decodeText(payload));
          if (parts.length > 0) said.push({ messageId: id, receivedAt, channel, said: parts });
        }
      const ids = idsOf(name, found);
      return {
        name,
        matches: [...current.map(entryOf(false)), ...old.map(entryOf(true))],
        timelines: noted.map(timelineOf),
        messages: said,
        notes: notes.naming(isNamed),
        told: notes.ticksOf(ids),
        calendarFeeds: feeds.ofPeople(ids),
      };
    },
    /** Answers in how many matches they were. */
    erase: async (name: string): Promise<number> => {
      // Messages that wait undecoded may name them, and say of no way to reach them that is known yet.
      await writeAfterHeard(() => ({ batch: {} }));
      const found = await kept(name);
      const { archived: old, changes: noted } = found;
      let ways: readonly string[] = [];
      let count = 0;
      await writeAfterHeard(() => {
        // A message may have told of them while the journal was searched.
        const current = currentOf(name);
        ways = [...waysOf(name, { matches: [...current, ...old].map(({ match }) => match), changes: noted })];
        count = current.length + old.length;
        const eraser = personEraser(name, ways, idsOf(name, { ...found, current }));
        return {
          batch: {
            erased: { kind: "person", name, ways },
            meta: { ...notes.erasing(eraser, null), ...feeds.erasing(eraser) },
          },
          known: () => eraseInMemory(eraser),
        };
      });
      for await (const { after, upTo } of messages())
        await write(() => ({ batch: { erased: { kind: "person-in-messages", name, ways, after, upTo } } }));
      return count;
    },
  };
};

/** Where a person stands in what is kept, and nobody else. */
const spottingIn = (name: string) => {
  const isThem = hasName(name);
  const { payload: without } = personEraser(name, []);

  const peopleIn = ({ difference }: Change) =>
    difference.field === "officials" || difference.field === "contacts"
      ? { before: difference.before.filter(isThem), after: difference.after.filter(isThem) }
      : { before: [], after: [] };
  const noteIn = ({ note }: Change): string | null => {
    const said = note?.description ?? null;
    return said !== null && without(said) !== said ? said : null;
  };

  const partsOf = (value: unknown): readonly unknown[] => {
    if (typeof value === "string") return without(value) === value ? [] : [value];
    if (Array.isArray(value)) return value.flatMap(partsOf);
    if (typeof value !== "object" || value === null) return [];
    const isTheirs = Object.values(value).some((inner) => typeof inner === "string" && isThem({ name: inner }));
    return isTheirs ? [value] : Object.values(value).flatMap(partsOf);
  };

  return {
    isNamed: (text: string): boolean => without(text) !== text,
    isNoted: (change: Change): boolean => {
      const { before, after } = peopleIn(change);
      return before.length + after.length > 0 || noteIn(change) !== null;
    },
    entryOf:
      (isArchived: boolean) =>
      ({ match }: MatchRecord): PersonalData["matches"][number] => ({
        matchId: match.id,
        title: matchTitle(match),
        kickoff: match.kickoff,
        archived: isArchived,
        officials: match.officials.filter(isThem),
        contacts: match.contacts.filter(isThem),
      }),
    timelineOf: (change: Change): PersonalData["timelines"][number] => ({
      changeId: change.id,
      matchId: change.matchId,
      at: change.at,
      ...peopleIn(change),
      note: noteIn(change),
    }),
    saidIn: (text: string): readonly unknown[] => {
      if (without(text) === text) return [];
      const json = parseJson(text);
      return json.ok && json.isWhole ? partsOf(json.value) : [text];
    },
  };
};
