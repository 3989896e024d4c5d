import type { FeedSubject, LastingFilter } from "../../shared/calendar-feed.ts";
import { passesFilter } from "../../shared/calendar-feed.ts";
import { foldedName, type Identify, type Identity } from "../../shared/identity.ts";
import type { Match } from "../../shared/match.ts";
import { byKickoff } from "../matches/book.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Directory } from "../people/directory.ts";
import type { Clock } from "../ports.ts";

type Options = {
  readonly records: ReadonlyMap<string, MatchRecord>;
  /** Grows whenever a match changes. */
  readonly revision: () => number;
  readonly directory: () => Directory;
  readonly clock: Pick<Clock, "elapsed">;
};

type Thing = Extract<FeedSubject, { readonly kind: "team" | "venue" | "competition" }>;
type Named = Pick<Thing, "name" | "id">;

/** Who is who is reckoned for at most this share of the time: a calendar that is asked for now and then may be a moment late. */
const share = 0.01;

const thingsIn = (
  match: Match,
): Readonly<Record<Thing["kind"], readonly { name: string | null; id: string | null }[]>> => ({
  team: [
    { name: match.home, id: match.homeId },
    { name: match.away, id: match.awayId },
  ],
  venue: [{ name: match.venue, id: match.venueId }],
  competition: [{ name: match.competition, id: match.competitionId }],
});

/** What is called by a name, what has an id, and what is called by a name and has none. */
const keyOf = {
  name: (kind: Thing["kind"], name: string) => `${kind} = ${foldedName(name)}`,
  id: (kind: Thing["kind"], id: string) => `${kind} # ${id}`,
  nameAlone: (kind: Thing["kind"], name: string) => `${kind} ~ ${foldedName(name)}`,
};

const kinds = ["team", "venue", "competition"] as const;

const keysOf = (match: Match): readonly string[] => {
  const things = thingsIn(match);
  return kinds.flatMap((kind) =>
    things[kind].flatMap(({ name, id }) => [
      ...(name === null ? [] : [keyOf.name(kind, name)]),
      ...(id === null ? [] : [keyOf.id(kind, id)]),
      ...(name !== null && id === null ? [keyOf.nameAlone(kind, name)] : []),
    ]),
  );
};

/**
 * Which matches a subject has, found without looking through all of them. Teams, venues and competitions are kept up match by
 * match; who has which match is reckoned anew only when somebody's place, or who is who, has changed.
 */
export const createSelection = ({ records, revision, directory, clock }: Options) => {
  const groups = new Map<string, Set<string>>();
  const keysById = new Map<string, readonly string[]>();
  const stale = new Set(records.keys());

  const index = (): void => {
    for (const id of stale) {
      for (const key of keysById.get(id) ?? []) {
        const group = groups.get(key);
        group?.delete(id);
        if (group?.size === 0) groups.delete(key);
      }
      const record = records.get(id);
      if (record === undefined) {
        keysById.delete(id);
        continue;
      }
      const keys = keysOf(record.match);
      keysById.set(id, keys);
      for (const key of keys) groups.set(key, (groups.get(key) ?? new Set()).add(id));
    }
    stale.clear();
  };

  const ofThing = ({ kind, name, id }: Thing): readonly string[] => {
    index();
    if (id === null) return [...(groups.get(keyOf.name(kind, name)) ?? [])];
    const known = groups.get(keyOf.id(kind, id)) ?? [];
    // A publisher who tells no ids tells of the same team all the same.
    return [...new Set([...known, ...(groups.get(keyOf.nameAlone(kind, name)) ?? [])])];
  };

  let byPerson: ReadonlyMap<string, readonly string[]> = new Map();
  let identity: Identity | null = null;
  let seen = -1;
  let restUntil = Number.NEGATIVE_INFINITY;

  const reckon = (idOf: Identify): ReadonlyMap<string, readonly string[]> => {
    const found = new Map<string, string[]>();
    for (const { match } of records.values())
      for (const person of new Set(match.officials.map(idOf))) {
        const ids = found.get(person);
        if (ids === undefined) found.set(person, [match.id]);
        else ids.push(match.id);
      }
    return found;
  };

  const people = (): ReadonlyMap<string, readonly string[]> => {
    const begun = clock.elapsed();
    if (seen === revision() || begun < restUntil) return byPerson;
    seen = revision();
    const now = directory();
    if (now.idOf !== identity?.idOf) {
      identity = now;
      byPerson = reckon(now.idOf);
    }
    const ended = clock.elapsed();
    restUntil = ended + (ended - begun) / share;
    return byPerson;
  };

  /** Whom an id means now. One that has matches means them: it is not taken for anybody else. */
  const today = (id: string): string => {
    const found = people();
    return found.has(id) ? id : (identity?.today(id) ?? id);
  };
  const ofPerson = (id: string): readonly string[] => people().get(today(id)) ?? [];

  const nearest = ({ personId, venue, competition }: LastingFilter): Iterable<string> => {
    if (personId !== null) return ofPerson(personId);
    if (venue !== null) return ofThing({ kind: "venue", name: venue, id: null });
    if (competition !== null) return ofThing({ kind: "competition", name: competition, id: null });
    return records.keys();
  };
  type Filtered = { readonly revision: number; readonly people: unknown; readonly ids: readonly string[] };
  const filtered = new WeakMap<LastingFilter, Filtered>();
  const ofFilter = (filter: LastingFilter): readonly string[] => {
    const now = { revision: revision(), people: people() };
    const before = filtered.get(filter);
    if (before?.revision === now.revision && before.people === now.people) return before.ids;
    const ids = [...nearest(filter)].filter((id) => {
      const match = records.get(id)?.match;
      return match !== undefined && passesFilter(match, filter);
    });
    filtered.set(filter, { ...now, ids });
    return ids;
  };

  /** As the last of their matches has it. */
  const nameOf = (id: string): string | null => {
    const matches = ofPerson(id).flatMap((matchId) => records.get(matchId)?.match ?? []);
    const [last] = matches.toSorted((one, other) => byKickoff(other, one));
    const person = today(id);
    return last?.officials.find((official) => identity?.idOf(official) === person)?.name ?? null;
  };

  return {
    /** Something about these matches has changed, or they are current no more. */
    touch: (ids: Iterable<string>): void => {
      for (const id of ids) stale.add(id);
    },
    /** The ids of its matches, in no order; of one that has just gone, perhaps, too. */
    of: (subject: FeedSubject): readonly string[] => {
      switch (subject.kind) {
        case "person":
          return ofPerson(subject.id);
        case "filter":
          return ofFilter(subject.filter);
        default:
          return ofThing(subject);
      }
    },
    today,
    /** What a subject is called; null: a person of whom no match is known. */
    nameOf: (subject: FeedSubject): string | null => (subject.kind === "person" ? nameOf(subject.id) : subject.name),
    /** The same thing as matches tell of it: with its id, where all that is called so has one and the same; null: nobody tells of it. */
    thing: <T extends Thing>(asked: T): T | null => {
      index();
      const matches = ofThing(asked).flatMap((id) => records.get(id)?.match ?? []);
      const told = matches
        .flatMap((match): readonly { name: string | null; id: string | null }[] => thingsIn(match)[asked.kind])
        .filter(({ name, id }) => isSame({ name, id }, asked));
      const [first] = told;
      if (first?.name == null) return null;
      const ids = new Set(told.map(({ id }) => id));
      return { ...asked, name: first.name, id: asked.id ?? (ids.size === 1 ? first.id : null) };
    },
  };
};
export type Selection = ReturnType<typeof createSelection>;

const isSame = (told: { readonly name: string | null; readonly id: string | null }, asked: Named): boolean =>
  asked.id !== null && told.id !== null
    ? told.id === asked.id
    : told.name !== null && foldedName(told.name) === foldedName(asked.name);
