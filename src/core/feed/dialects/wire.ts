import type { MatchField } from "../../../shared/match.ts";
import type { Rejection } from "../../../shared/message.ts";
import type { MatchFacts, SaidFacts } from "../../facts/facts.ts";
import { kindOf, stepped } from "./rejection.ts";
import { saidText, toldFlag } from "./words.ts";

/**
 * Reading what stands on the wire, field by field. A publisher may write any JSON under any key. What can be understood
 * is used, whatever type it was written in; what cannot be is noted and counts as not told.
 */

/** An object on the wire, where in the match it stands, and where to note what cannot be read of it. */
export type Wire = {
  readonly fields: Fields;
  readonly parent: Wire | null;
  /** From the parent on; empty for the match itself. */
  readonly at: readonly PropertyKey[];
  readonly noted: Rejection[];
};
export type Fields = Readonly<Record<string, unknown>>;

/** What a match tells, in one of the dialects. What could not be read of it is noted on the wire. */
export type Reading = Pick<MatchFacts, "wallClock"> & {
  /** Every field, said or not: a dialect that has no words for one says `undefined`, so that none is forgotten. */
  readonly told: { readonly [F in MatchField]: SaidFacts[F] };
};

/** What a key says: a value, `null` for none, or `undefined` for nothing at all, as when it cannot be read. */
export type Said<T> = T | null | undefined;

/** Longer than any name there is; what is longer is a mistake. */
const maxText = 1000;
const maxEntries = 500;
const maxId = 100;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const matchOnWire = (fields: Fields): Wire => ({ fields, parent: null, at: [], noted: [] });

const pathOf = ({ parent, at }: Wire): string => at.reduce(stepped, parent === null ? "" : pathOf(parent));

/** Notes why something cannot be read. Answers what is then known of it: nothing. */
export const unread = (wire: Wire, reason: string, ...at: readonly PropertyKey[]): undefined => {
  wire.noted.push({ path: at.reduce(stepped, pathOf(wire)), reason });
};

const expected = (wire: Wire, what: string, ...at: readonly PropertyKey[]): undefined =>
  unread(wire, `expected ${what}, got ${kindOf(at.reduce<unknown>(valueAt, wire.fields))}`, ...at);

const valueAt = (value: unknown, key: PropertyKey): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;

/** A text. A number is one too: publishers write match numbers and telephone numbers as either. */
export const text = (wire: Wire, key: string): Said<string> => {
  const value = wire.fields[key];
  if (value === undefined || value === null) return value;
  if (typeof value === "string")
    return value.length > maxText ? unread(wire, `longer than ${maxText} characters`, key) : saidText(value);
  return typeof value === "number" && Number.isFinite(value) ? String(value) : expected(wire, "text", key);
};

/** The first of these keys that tells a text. */
export const firstText = (wire: Wire, ...keys: readonly string[]): Said<string> => {
  let said: Said<string>;
  for (const key of keys) {
    const found = text(wire, key);
    if (typeof found === "string") return found;
    if (found === null) said = null;
  }
  return said;
};

/** With a decimal point or, as in Swedish, a comma. */
const numberPattern = /^[+-]?\d{1,15}(?:[.,]\d{1,20})?$/;

export const number = (wire: Wire, key: string): Said<number> => {
  const value = wire.fields[key];
  if (value === undefined || value === null) return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const said = typeof value === "string" ? saidText(value) : undefined;
  if (said === null) return null;
  return said !== undefined && numberPattern.test(said)
    ? Number(said.replace(",", "."))
    : expected(wire, "a number", key);
};

export const flag = (wire: Wire, key: string): Said<boolean> => {
  const value = wire.fields[key];
  if (value === undefined || value === null) return value;
  const told = toldFlag(value);
  if (told !== undefined) return told;
  const said = typeof value === "string" ? saidText(value) : value;
  return said === undefined || said === null ? said : expected(wire, "true or false", key);
};

/** The publisher's id of something a match names. FOGIS writes 0 for an id that is missing. */
export const idOf = (wire: Wire, key: string): Said<string> => {
  const said = text(wire, key);
  if (said === "0") return undefined;
  return typeof said === "string" && said.length > maxId ? unread(wire, `longer than ${maxId} characters`, key) : said;
};

/** An object, from which one reads on. */
export const object = (wire: Wire, key: string): Said<Wire> => {
  const value = wire.fields[key];
  if (value === undefined || value === null || isBlank(value)) return value === undefined ? undefined : null;
  return isFields(value)
    ? { fields: value, parent: wire, at: [key], noted: wire.noted }
    : expected(wire, "an object", key);
};

const isBlank = (value: unknown): boolean => typeof value === "string" && value.length < maxText && value.trim() === "";

/** An entry of a list: an object from which one reads on, or the name alone. */
export type Entry = { readonly kind: "object"; readonly wire: Wire } | { readonly kind: "name"; readonly name: string };

/**
 * The entries of a list that can be read; undefined when no list is told. An entry that is `null` or blank says nothing, and
 * neither does a `null` in place of the list: only an empty list says that there is nobody.
 */
export const entries = (wire: Wire, key: string): readonly Entry[] | undefined => {
  const value = wire.fields[key];
  if (value === undefined || value === null || isBlank(value)) return undefined;
  if (!Array.isArray(value)) return expected(wire, "a list", key);
  if (value.length > maxEntries) return unread(wire, `more than ${maxEntries} entries`, key);
  return value.flatMap((entry: unknown, index): Entry[] => {
    if (isFields(entry))
      return [{ kind: "object", wire: { fields: entry, parent: wire, at: [key, index], noted: wire.noted } }];
    if (entry === null) return [];
    if (typeof entry !== "string") expected(wire, "an object", key, index);
    else if (entry.length > maxText) unread(wire, `longer than ${maxText} characters`, key, index);
    else {
      const name = saidText(entry);
      if (typeof name === "string") return [{ kind: "name", name }];
    }
    return [];
  });
};
