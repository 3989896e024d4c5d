import { type Searchable, searchable } from "../../shared/search.ts";
import type { MatchView } from "../../shared/snapshot.ts";

/** A match is a value, so what is searched in it is made once. */
const made = new WeakMap<MatchView, Searchable>();

/** What a match is found by, wherever in the window it is looked for: its names and numbers, and its people. */
export const searchableMatch = (match: MatchView): Searchable => {
  const known = made.get(match);
  if (known !== undefined) return known;
  const { id, number, home, away, venue, competition, officials, contacts } = match;
  const people = [...officials, ...contacts].map(({ name }) => name);
  const text = searchable(id, number, home, away, venue, competition, ...people);
  made.set(match, text);
  return text;
};
