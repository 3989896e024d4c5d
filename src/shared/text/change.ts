import { reappointed } from "../appointments.ts";
import type { Difference } from "../change.ts";
import type { Instant } from "../instant.ts";
import type { Official } from "../match.ts";
import type { PlayingTime } from "../playing-time.ts";
import { type Format, stockholmDay } from "./format.ts";
import type { Texts } from "./type.ts";

/** A change in words: what it is about, and both values or a note where values would say little. */
export type ChangeText =
  | { readonly kind: "values"; readonly label: string; readonly before: string; readonly after: string }
  | { readonly kind: "note"; readonly label: string; readonly note: string | null };

type Words = { readonly texts: Texts; readonly format: Format };
type Kickoff = Extract<Difference, { field: "kickoff" }>;

const kickoffTexts = ({ before, after }: Kickoff, { texts, format }: Words) => {
  const say = (at: Instant | null): string => (at === null ? texts.match.noKickoff : format.kickoff(at));
  const sameDay = before !== null && after !== null && stockholmDay(before) === stockholmDay(after);
  return { before: say(before), after: sameDay ? format.time(after) : say(after) };
};

const namesOf = (officials: readonly Official[]): string => officials.map(({ name }) => name).join(", ");

const officialsNote = (before: readonly Official[], after: readonly Official[], { texts }: Words): string => {
  const { assigned, dropped, moved } = reappointed(before, after);
  const words = texts.match.change;
  const parts = [
    ...(assigned.length > 0 ? [words.assigned(namesOf(assigned))] : []),
    ...(dropped.length > 0 ? [words.dropped(namesOf(dropped))] : []),
    ...(moved.length > 0
      ? [
          words.roles(
            moved
              .map(({ name, role }) => `${name} (${role === null ? texts.app.none : texts.match.role(role)})`)
              .join(", "),
          ),
        ]
      : []),
  ];
  return parts.length > 0 ? parts.join("; ") : words.contactsChanged;
};

const listed = (texts: readonly string[], words: Words): string =>
  texts.length === 0 ? words.texts.app.none : texts.join(", ");

export const playingTimeText = (time: PlayingTime | null, { texts }: Words): string =>
  time === null ? texts.app.none : texts.match.playingTime(time);

export const changeText = (difference: Difference, words: Words): ChangeText => {
  const { texts } = words;
  switch (difference.field) {
    case "added":
    case "gone":
    case "returned":
    case "removed":
    case "kept":
    case "declined":
    case "reclaimed":
      return { kind: "note", label: texts.match.change[difference.field], note: null };
    case "kickoff":
      return { kind: "values", label: texts.match.field.kickoff, ...kickoffTexts(difference, words) };
    case "status":
      return {
        kind: "values",
        label: texts.match.field.status,
        before: texts.match.status[difference.before],
        after: texts.match.status[difference.after],
      };
    case "officials":
      return {
        kind: "note",
        label: texts.match.field.officials,
        note: officialsNote(difference.before, difference.after, words),
      };
    case "contacts":
      return { kind: "note", label: texts.match.field.contacts, note: texts.match.change.contactsChanged };
    case "openPlaces":
      return {
        kind: "values",
        label: texts.match.field.openPlaces,
        before: listed(difference.before.map(texts.match.role), words),
        after: listed(difference.after.map(texts.match.role), words),
      };
    case "placeStatuses":
      return { kind: "note", label: texts.match.field.placeStatuses, note: null };
    case "playingTime":
      return {
        kind: "values",
        label: texts.match.field.playingTime,
        before: playingTimeText(difference.before, words),
        after: playingTimeText(difference.after, words),
      };
    case "position":
      return { kind: "note", label: texts.match.field.position, note: null };
    case "venueId":
    case "homeId":
    case "awayId":
    case "competitionId":
    case "venue":
    case "home":
    case "away":
    case "competition":
    case "number":
      return {
        kind: "values",
        label: texts.match.field[difference.field],
        before: difference.before ?? texts.app.none,
        after: difference.after ?? texts.app.none,
      };
  }
};
