import type { Change } from "../../shared/change.ts";
import { parseJson } from "../../shared/json/read.ts";
import type { PersonalData } from "../../shared/people.ts";
import { titleOf } from "../calendar/event.ts";
import type { Journal } from "../journal.ts";
import { recordWith } from "../matches/contacts.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Clock } from "../ports.ts";
import type { Eraser } from "./eraser.ts";
import { hasName, personEraser, waysOf } from "./person.ts";

/** So much is read at a time, with a pause after each for whatever else there is to do. */
const pageRows = 200;

type Options = {
  readonly journal: Pick<Journal, "append" | "archivedMatches" | "changesAfter" | "messages" | "payload">;
  readonly clock: Pick<Clock, "after">;
  /** The current matches. */
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly decodeText: (payload: Uint8Array) => string;
  /** The journal has erased a person; these are the current matches they were in. */
  readonly onErased: (records: readonly MatchRecord[], eraser: Eraser) => void;
};

/** What is kept of one person: all of it to see, or gone. */
export const createPersonalData = ({ journal, clock, records, decodeText, onErased }: Options) => {
  const breathe = (): Promise<void> => new Promise((resolve) => void clock.after(0, resolve));

  const archived = async function* (): AsyncGenerator<MatchRecord> {
    for (let after = ""; ; await breathe()) {
      const page = journal.archivedMatches({ after, limit: pageRows });
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.match.id;
    }
  };

  const changes = async function* (): AsyncGenerator<Change> {
    for (let after = 0; ; await breathe()) {
      const page = journal.changesAfter(after, pageRows);
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.id;
    }
  };

  const messages = async function* () {
    for (let after = 0; ; await breathe()) {
      const page = journal.messages({ after, limit: pageRows });
      const upTo = page.at(-1)?.id;
      if (upTo === undefined) return;
      yield { page, after, upTo };
      after = upTo;
    }
  };

  const kept = async (name: string) => {
    const isThem = hasName(name);
    const isTheirs = ({ match }: MatchRecord): boolean => [...match.officials, ...match.contacts].some(isThem);
    const { isNoted } = spottingIn(name);
    const old: MatchRecord[] = [];
    for await (const record of archived()) if (isTheirs(record)) old.push(record);
    const noted: Change[] = [];
    for await (const change of changes()) if (isNoted(change)) noted.push(change);
    return { current: [...records.values()].filter(isTheirs), archived: old, changes: noted };
  };

  return {
    gather: async (name: string): Promise<PersonalData> => {
      const { current, archived: old, changes: noted } = await kept(name);
      const { entryOf, timelineOf, saidIn } = spottingIn(name);
      const said: PersonalData["messages"][number][] = [];
      for await (const { page } of messages())
        for (const { id, receivedAt, channel } of page) {
          const payload = journal.payload(id)?.payload ?? null;
          const parts = payload === null ? [] : saidIn(decodeText(payload));
          if (parts.length > 0) said.push({ messageId: id, receivedAt, channel, said: parts });
        }
      return {
        name,
        matches: [...current.map(entryOf(false)), ...old.map(entryOf(true))],
        timelines: noted.map(timelineOf),
        messages: said,
      };
    },
    /** Answers in how many matches they were. */
    erase: async (name: string): Promise<number> => {
      const { current, archived: old, changes: noted } = await kept(name);
      const ways = [...waysOf(name, { matches: [...current, ...old].map(({ match }) => match), changes: noted })];
      await journal.append({ erased: { kind: "person", name, ways } });
      const eraser = personEraser(name, ways);
      onErased(
        current.flatMap(({ match }) => records.get(match.id) ?? []).map((record) => recordWith(record, eraser.said)),
        eraser,
      );
      for await (const { after, upTo } of messages())
        await journal.append({ erased: { kind: "person-in-messages", name, ways, after, upTo } });
      return current.length + old.length;
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
    isNoted: (change: Change): boolean => {
      const { before, after } = peopleIn(change);
      return before.length + after.length > 0 || noteIn(change) !== null;
    },
    entryOf:
      (isArchived: boolean) =>
      ({ match }: MatchRecord): PersonalData["matches"][number] => ({
        matchId: match.id,
        title: titleOf(match),
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
      return json.ok ? partsOf(json.value) : [text];
    },
  };
};
