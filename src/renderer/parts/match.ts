import type { Placement } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import { mainRefereeOf, type Official, statusOfPlace } from "../../shared/match.ts";
import { type Searchable, searchable } from "../../shared/search.ts";
import { isActive, type MatchView } from "../../shared/snapshot.ts";
import type { Cell, Column } from "../../shared/table.ts";
import { type Format, stockholmDay } from "../../shared/text/format.ts";
import type { Texts } from "../../shared/text/type.ts";

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

/** What keeps a match from being one to care for, or puts it in doubt. */
export const standings = ["gone", "removed", "declined", "in-doubt"] as const;
export type Standing = (typeof standings)[number];

export const isStanding = (text: string): text is Standing => standings.some((standing) => standing === text);

/** null for a match like any other. */
export const standingOf = (match: Pick<MatchView, "goneAt" | "goneBy" | "declinedAt" | "inDoubt">): Standing | null => {
  if (match.goneAt !== null) return match.goneBy === "person" ? "removed" : "gone";
  if (match.declinedAt !== null) return "declined";
  return match.inDoubt === null ? null : "in-doubt";
};

export const isToBePlayed = (match: MatchView): boolean => isActive(match) && match.status === "scheduled";

/** How many places somebody is sought for; a match that is not to be played has none. */
export const openPlacesIn = (match: MatchView): number => {
  if (!isToBePlayed(match)) return 0;
  return Math.max(match.openPlaces.length, mainRefereeOf(match.officials) === null ? 1 : 0);
};

export const roleText = (role: string | null, texts: Texts): string =>
  role === null ? texts.matches.page.roleUnknown : texts.match.role(role);

export const officialText = ({ role, name }: Pick<Official, "role" | "name">, texts: Texts): string =>
  role === null ? name : `${texts.match.role(role)}: ${name}`;

/** Those of them that have a name, as what waits for somebody names them. */
export const openPlaceTexts = (match: MatchView, texts: Texts): readonly string[] =>
  isToBePlayed(match)
    ? match.openPlaces.map((role) => texts.todo.open(role, statusOfPlace(match.placeStatuses, role)))
    : [];

/** It is in the calendar as it should be, or rightly is not. */
export const isRightlyPlaced = (placement: Placement): boolean =>
  placement.state === "there" ||
  (placement.state === "skipped" && (placement.reason === "too-old" || placement.reason === "gone"));

/** When a match begins, as two columns of a table. */
export const kickoffColumns = (texts: Texts): readonly Column[] => [
  { label: texts.app.shown.day, kind: "day" },
  { label: texts.match.field.kickoff, kind: "time" },
];

export const kickoffCells = (kickoff: Instant | null, format: Format): readonly Cell[] =>
  kickoff === null ? [null, null] : [stockholmDay(kickoff), format.time(kickoff)];

/** A place on a map: by its position where that is known, else by its name. */
export const mapUrl = ({ venue, position }: Pick<MatchView, "venue" | "position">): string | null => {
  const search = (query: string): string =>
    `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(query)}`;
  if (position !== null) return search(`${position.latitude},${position.longitude}`);
  return venue === null ? null : search(venue);
};
