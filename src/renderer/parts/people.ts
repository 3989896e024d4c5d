import type { Official } from "../../shared/match.ts";
import type { Person } from "../../shared/people.ts";
import { searchable, searchFor } from "../../shared/search.ts";
import type { MatchView } from "../../shared/snapshot.ts";

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
  return there.find((person) => person.name === name) ?? (there.length === 1 ? (there[0] ?? null) : null);
};

/** Tells officials apart as far as one match can tell: namesakes who have an id or a number are two. */
export const keyOfOfficial = ({ personId, number, name }: Official): string => personId ?? number ?? name;

export type Named = { readonly key: string; readonly name: string; readonly matchId: string };

/** Officials whose name is found, each once, with a match by which their page can be opened. */
export const findNames = (matches: readonly MatchView[], typed: string, atMost: number): readonly Named[] => {
  const search = searchFor(typed);
  const found = new Map<string, Named>();
  if (search.isEmpty) return [];
  for (const { id, officials } of matches) {
    for (const official of officials) {
      const { name, number } = official;
      const key = keyOfOfficial(official);
      if (!found.has(key) && search.finds(searchable(name, number))) found.set(key, { key, name, matchId: id });
    }
    if (found.size >= atMost) break;
  }
  return [...found.values()].slice(0, atMost);
};
