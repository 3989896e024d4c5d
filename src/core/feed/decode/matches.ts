import type { Dialect } from "../../../shared/match.ts";
import type { DecodedMatches, MatchFacts, RefusedMatch } from "../../facts/facts.ts";
import { readEnhanced } from "../dialects/enhanced.ts";
import { readFogis } from "../dialects/fogis.ts";
import { kindOf, type Refusal, rejectionAt } from "../dialects/rejection.ts";
import { type Fields, isFields, matchOnWire, type Reading, type Wire } from "../dialects/wire.ts";
import { toldText } from "../dialects/words.ts";

/** By the key that names the teams. Where none does, the publisher's other words tell; an id may be all there is. */
const dialectOf = (match: Fields): Dialect => {
  if (match.lag1namn !== undefined || match.lag2namn !== undefined) return "fogis";
  if (match.hemmalag !== undefined || match.bortalag !== undefined) return "guide";
  if (match.teams === undefined) return match.date === undefined && match.referees === undefined ? "guide" : "enhanced";
  return typeof match.teams === "string" ? "legacy" : "enhanced";
};

const readers: Readonly<Record<Dialect, (match: Wire) => Reading>> = {
  fogis: readFogis,
  guide: readFogis,
  enhanced: readEnhanced,
  legacy: readEnhanced,
};

const idKeys = ["matchid", "match_id"] as const;
const maxIdLength = 100;
const idWanted = "a match must have an id (matchid or match_id)";

type Id = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly reason: string };

const refused = (reason: string): Id => ({ ok: false, reason });

const readId = (value: unknown): Id => {
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) return refused(`${idWanted}: expected a whole number, got ${kindOf(value)}`);
    // FOGIS writes 0 for an id that is missing.
    return value > 0 ? { ok: true, id: String(value) } : refused(`${idWanted}: expected a number above 0`);
  }
  if (value === undefined || value === null) return refused(idWanted);
  if (typeof value !== "string") return refused(`${idWanted}: expected a whole number or text, got ${kindOf(value)}`);
  const id = toldText(value);
  if (id === null) return refused(idWanted);
  return id.length <= maxIdLength ? { ok: true, id } : refused(`${idWanted} of at most ${maxIdLength} characters`);
};

type Identity = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly refusal: Refusal };

/** Either key serves in every dialect. What is wrong is told of the one that says more, else of the dialect's own. */
const identityOf = (match: Fields, dialect: Dialect): Identity => {
  for (const key of idKeys) {
    const read = readId(match[key]);
    if (read.ok) return read;
  }
  const own = dialect === "fogis" || dialect === "guide" ? "matchid" : "match_id";
  const key = idKeys.find((one) => !isAbsent(match[one])) ?? own;
  const read = readId(match[key]);
  return { ok: false, refusal: { at: [key], reason: read.ok ? idWanted : read.reason } };
};

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && toldText(value) === null);

/** The id of a match as it came; null when it has none that can be read. */
export const idOfWire = (match: unknown): string | null => {
  if (!isFields(match)) return null;
  const identity = identityOf(match, dialectOf(match));
  return identity.ok ? identity.id : null;
};

/**
 * A list of matches in any dialects. Each is judged on its own, and refused only when it has no id: nothing could ever be said
 * of it again. `path`: where the list stands in its message.
 */
export const decodeMatches = (
  list: readonly unknown[],
  path: string,
  pathOf = (index: number): string => `${path}[${index}]`,
): DecodedMatches => {
  const matches: MatchFacts[] = [];
  const rejections: RefusedMatch[] = [];
  for (const [index, match] of list.entries()) {
    const refuse = (refusal: Refusal, kind: RefusedMatch["kind"]): void => {
      rejections.push({ index, ...rejectionAt(pathOf(index), refusal), kind });
    };
    if (!isFields(match)) {
      refuse({ at: [], reason: `expected an object, got ${kindOf(match)}` }, "input-invalid");
      continue;
    }
    const dialect = dialectOf(match);
    const identity = identityOf(match, dialect);
    if (!identity.ok) {
      refuse(identity.refusal, "match-without-id");
      continue;
    }
    const wire = matchOnWire(match);
    matches.push({ id: identity.id, dialect, ...readers[dialect](wire), noted: wire.noted });
  }
  return { matches, rejections };
};

/** A match that stands by itself. */
export const decodeMatch = (match: unknown, path: string): DecodedMatches => decodeMatches([match], path, () => path);
