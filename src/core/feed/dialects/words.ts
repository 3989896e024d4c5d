import type { Match, MatchStatus } from "../../../shared/match.ts";
import type { Told, WireDigits } from "./dialect.ts";

/** Printable ASCII and Latin letters up to U+02FF stay as they are in every normal form. */
const needsCare = /[^ -~\xa0-\u02ff]/;
const controls = /\p{Cc}+/gu;
const loneSurrogates = /\p{Surrogate}/gu;

/** What publishers write when they know nothing. `None` is Python's, from a template filled with a missing name. */
const nothing: ReadonlySet<string> = new Set(["", "N/A", "n/a", "None"]);

/**
 * A text as it was told, in one spelling: Unicode NFC, trimmed, well-formed, without control characters. null when it was
 * not told: absent, blank or a word for nothing.
 */
export const toldText = (value: string | null | undefined): string | null => {
  if (value === null || value === undefined) return null;
  const text = (needsCare.test(value) ? tidy(value) : value).trim();
  return nothing.has(text) ? null : text;
};

const tidy = (value: string): string =>
  value.replace(controls, " ").replace(loneSurrogates, "\u{fffd}").normalize("NFC");

export const firstTold = (...values: readonly WireDigits[]): string | null => {
  for (const value of values) {
    const text = typeof value === "number" ? String(value) : toldText(value);
    if (text !== null) return text;
  }
  return null;
};

export const tellText = (
  told: Told,
  field: "number" | "competition" | "home" | "away" | "venue",
  text: string | null,
): void => {
  if (text !== null) told[field] = text;
};

/** The people of a list who have a name: without one it is an open place. null when the list itself was not told. */
export const toldPeople = <Entry, Person>(
  list: readonly (Entry | null)[] | null | undefined,
  read: (entry: Entry) => Person | null,
): readonly Person[] | null => {
  if (list === null || list === undefined) return null;
  const people: Person[] = [];
  for (const entry of list) {
    const person = entry === null ? null : read(entry);
    if (person !== null) people.push(person);
  }
  return people;
};

/** Not told: absent, FOGIS's 0/0 and .NET's smallest number for "unknown". */
export const toldPosition = (
  latitude: number | null | undefined,
  longitude: number | null | undefined,
): Match["position"] => {
  if (latitude == null || longitude == null) return null;
  if (latitude === 0 && longitude === 0) return null;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  return { latitude, longitude };
};

/** `scheduled` is not among them: the publishers say it of cancelled matches too. */
const statusWords: ReadonlyMap<string, MatchStatus> = new Map([
  ["cancelled", "cancelled"],
  ["canceled", "cancelled"],
  ["inställd", "cancelled"],
  ["installd", "cancelled"],
  ["postponed", "postponed"],
  ["uppskjuten", "postponed"],
  ["abandoned", "abandoned"],
  ["avbruten", "abandoned"],
  ["completed", "completed"],
  ["finished", "completed"],
  ["avslutad", "completed"],
  ["spelad", "completed"],
]);

export const statusOfWord = (word: string): MatchStatus | null =>
  statusWords.get((toldText(word) ?? "").toLowerCase()) ?? null;

type Flag = boolean | null | undefined;

/** FOGIS's four flags; null when none of them is told. The gravest counts. */
export const statusOfFlags = (flags: {
  readonly cancelled: Flag;
  readonly abandoned: Flag;
  readonly postponed: Flag;
  readonly completed: Flag;
}): MatchStatus | null => {
  const { cancelled, abandoned, postponed, completed } = flags;
  if (cancelled) return "cancelled";
  if (abandoned) return "abandoned";
  if (postponed) return "postponed";
  if (completed) return "completed";
  return cancelled == null && abandoned == null && postponed == null && completed == null ? null : "scheduled";
};
