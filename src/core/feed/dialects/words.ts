import type { Address, MatchStatus, Position } from "../../../shared/match.ts";
import type { WireDigits } from "./dialect.ts";

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

/**
 * What is said under a key: its text, null when it says that there is none (null or an empty text), undefined when it says
 * nothing: absent, or a word for nothing.
 */
export const said = (value: WireDigits): string | null | undefined => {
  if (value === undefined) return undefined;
  if (value === null || (typeof value === "string" && value.trim() === "")) return null;
  return typeof value === "number" ? String(value) : (toldText(value) ?? undefined);
};

/** FOGIS's ids. It writes 0 for one that it has not. */
export const saidId = (value: WireDigits): string | null | undefined => (value === 0 ? undefined : said(value));

/** The first that says more than nothing; null when all that is said is that there is none. */
export const firstSaid = (...values: readonly WireDigits[]): string | null | undefined => {
  const texts = values.map(said);
  return texts.find((text) => text !== undefined && text !== null) ?? texts.find((text) => text === null);
};

type SaidAddress = { readonly [K in keyof Address]: WireDigits };

/** undefined when nothing is said of any part of it, null when it is said to have no part. */
export const saidAddress = (parts: SaidAddress): Address | null | undefined => {
  const texts = {
    careOf: said(parts.careOf) ?? null,
    street: said(parts.street) ?? null,
    postalCode: said(parts.postalCode) ?? null,
    city: said(parts.city) ?? null,
    country: said(parts.country) ?? null,
  };
  // A country alone is no address.
  if (texts.street !== null || texts.postalCode !== null || texts.city !== null || texts.careOf !== null) return texts;
  return Object.values(parts).every((part) => said(part) === undefined) ? undefined : null;
};

/** The people of a list who have a name: without one it is an open place. undefined when the list was not told. */
export const toldPeople = <Entry, Person>(
  list: readonly (Entry | null)[] | null | undefined,
  read: (entry: Entry) => Person | null,
): readonly Person[] | undefined => list?.flatMap((entry) => (entry === null ? [] : (read(entry) ?? [])));

/** Not told: absent, FOGIS's 0/0 and .NET's smallest number for "unknown". */
export const toldPosition = (
  latitude: number | null | undefined,
  longitude: number | null | undefined,
): Position | undefined => {
  if (latitude == null || longitude == null) return undefined;
  if (latitude === 0 && longitude === 0) return undefined;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
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

export const statusOfWord = (word: string): MatchStatus | undefined =>
  statusWords.get((toldText(word) ?? "").toLowerCase());

type Flag = boolean | null | undefined;

/** FOGIS's four flags; undefined when none of them is told. The gravest counts. */
export const statusOfFlags = (flags: {
  readonly cancelled: Flag;
  readonly abandoned: Flag;
  readonly postponed: Flag;
  readonly completed: Flag;
}): MatchStatus | undefined => {
  const { cancelled, abandoned, postponed, completed } = flags;
  if (cancelled) return "cancelled";
  if (abandoned) return "abandoned";
  if (postponed) return "postponed";
  if (completed) return "completed";
  return cancelled == null && abandoned == null && postponed == null && completed == null ? undefined : "scheduled";
};
