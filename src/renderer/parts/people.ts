import { grouped } from "../../shared/grouped.ts";
import { createIdentities, foldedName, type Identify } from "../../shared/identity.ts";
import { compareNames } from "../../shared/order.ts";
import type { Person } from "../../shared/people.ts";
import { type Search, searchable } from "../../shared/search.ts";
import type { MatchView } from "../../shared/snapshot.ts";
import { type Indexes, keyOfOfficial } from "../indexes.ts";

const sign = "at:";

/**
 * Where somebody's page is, for who knows them by a match only: who they are is decided in one place, by the service, and
 * asked when the page is opened.
 */
export const personAt = (matchId: string, name: string): string => `${sign}${matchId}:${name}`;

/** Whom an address speaks of: by the id of the person, or by a match and a name. */
export const findPerson = (people: readonly Person[], id: string): Person | null => {
  if (!id.startsWith(sign)) return people.find((person) => person.id === id) ?? null;
  const colon = id.indexOf(":", sign.length);
  const matchId = id.slice(sign.length, colon);
  const name = id.slice(colon + 1);
  const there = people.filter(({ matches }) => matches.some((match) => match.matchId === matchId));
  const named = there.find((person) => person.name === name);
  if (named !== undefined) return named;
  // The match may be one that counts no more, such as one that is gone from the list: then the name decides, if one has it.
  const [only, ...others] = there.length > 0 ? there : people.filter((person) => person.name === name);
  return others.length === 0 ? (only ?? null) : null;
};

/** These ids are for this window alone: what stands for a name in them need not be hidden. */
const identityIn = createIdentities((text) => text);

/**
 * Who an official of one of these matches is, by the rule of the service: somebody who is known by an id in one match and by a
 * name in another is one person.
 */
export const whoIn = (matches: readonly MatchView[]): Identify =>
  identityIn(matches.filter(({ goneAt }) => goneAt === null)).idOf;

export type Named = {
  readonly id: string;
  readonly name: string;
  readonly number: string | null;
  readonly matchId: string;
};

/** Names as one chooses among them: namesakes have their numbers. */
export const labelsOf = (
  people: readonly { readonly id: string; readonly name: string; readonly number: string | null }[],
): ReadonlyMap<string, string> => {
  const named = grouped(people, ({ name }) => foldedName(name));
  return new Map(
    people.map(({ id, name, number }) => {
      const isOnly = (named.get(foldedName(name)) ?? []).length < 2;
      return [id, isOnly || number === null ? name : `${name} (${number})`];
    }),
  );
};

/** Whose name is found, the nearest to what was typed first, each once, with a match by which their page can be opened. */
export const findNames = (
  { byPerson }: Pick<Indexes, "byPerson">,
  matches: readonly MatchView[],
  search: Search,
  atMost: number,
): readonly Named[] => {
  if (search.isEmpty) return [];
  const idOf = whoIn(matches);
  const found = new Map<string, Named & { readonly distance: number }>();
  for (const [key, [match]] of byPerson) {
    const official = match?.officials.find((one) => keyOfOfficial(one) === key);
    if (match === undefined || official === undefined) continue;
    const { name, number } = official;
    const id = idOf(official);
    if (!found.has(id) && search.finds(searchable(name, number)))
      found.set(id, { id, name, number, matchId: match.id, distance: search.distance(searchable(name)) });
  }
  return [...found.values()].sort((a, b) => a.distance - b.distance || compareNames(a.name, b.name)).slice(0, atMost);
};
