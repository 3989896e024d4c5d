import type { Dialect } from "../../../shared/match.ts";
import type { DecodedMatches, MatchFacts, RefusedMatch } from "../../facts/facts.ts";
import type { Reading } from "../dialects/dialect.ts";
import { readEnhanced } from "../dialects/enhanced.ts";
import { readFogis } from "../dialects/fogis.ts";
import { readGuide } from "../dialects/guide.ts";
import { readLegacy } from "../dialects/legacy.ts";
import { toldText } from "../dialects/words.ts";
import { kindOf, type Refusal, rejectionAt } from "./rejection.ts";

type Wire = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Wire =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** By the key that names the teams. A match that names none is the guide's: an id may be all there is. */
const dialectOf = (match: Wire): Dialect => {
  if (match.lag1namn !== undefined || match.lag2namn !== undefined) return "fogis";
  if (match.hemmalag !== undefined || match.bortalag !== undefined) return "guide";
  if (match.teams === undefined) return "guide";
  return typeof match.teams === "string" ? "legacy" : "enhanced";
};

const readers: Readonly<Record<Dialect, (match: Wire) => Reading>> = {
  fogis: readFogis,
  enhanced: readEnhanced,
  legacy: readLegacy,
  guide: readGuide,
};

const idKeys = ["matchid", "match_id"] as const;
const maxIdLength = 100;
const idWanted = "a match must have an id (matchid or match_id)";

type Id = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly refusal: Refusal };

const readId = (match: Wire, dialect: Dialect): Id => {
  const told = idKeys.find((key) => !isAbsent(match[key]));
  const key = told ?? (dialect === "fogis" || dialect === "guide" ? "matchid" : "match_id");
  const value = match[key];
  const refuse = (reason: string): Id => ({ ok: false, refusal: { at: [key], reason } });
  if (told === undefined) return refuse(idWanted);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) return refuse(`${idWanted}: expected a whole number, got ${kindOf(value)}`);
    // FOGIS writes 0 for an id that is missing.
    return value > 0 ? { ok: true, id: String(value) } : refuse(`${idWanted}: expected a number above 0`);
  }
  if (typeof value !== "string") return refuse(`${idWanted}: expected a whole number or text, got ${kindOf(value)}`);
  const id = toldText(value);
  if (id === null) return refuse(idWanted);
  return id.length <= maxIdLength ? { ok: true, id } : refuse(`${idWanted} of at most ${maxIdLength} characters`);
};

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && toldText(value) === null);

/** The id of a match as it came; null when it has none that can be read. */
export const idOfWire = (match: unknown): string | null => {
  if (!isObject(match)) return null;
  const identity = readId(match, dialectOf(match));
  return identity.ok ? identity.id : null;
};

/** A list of matches in any dialects, each judged on its own. `path`: where the list stands in its message. */
export const decodeMatches = (list: readonly unknown[], path: string): DecodedMatches => {
  const matches: MatchFacts[] = [];
  const rejections: RefusedMatch[] = [];
  list.forEach((match, index) => {
    const refuse = ({ at, reason }: Refusal, kind: RefusedMatch["kind"], matchId: string | null): void => {
      rejections.push({ index, ...rejectionAt(path, { at: [index, ...at], reason }), kind, matchId });
    };
    if (!isObject(match)) {
      refuse({ at: [], reason: `expected an object, got ${kindOf(match)}` }, "input-invalid", null);
      return;
    }
    const dialect = dialectOf(match);
    const identity = readId(match, dialect);
    if (!identity.ok) {
      refuse(identity.refusal, "match-without-id", null);
      return;
    }
    const { id } = identity;
    const reading = readers[dialect](match);
    if (reading.ok) matches.push({ id, dialect, noted: [], ...reading.facts });
    else refuse(reading.refusal, "input-invalid", id);
  });
  return { matches, rejections };
};
