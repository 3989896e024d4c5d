import type { Instant } from "../../shared/instant.ts";
import { type Dialect, dialects, listChannel, type MatchField, matchFields, type Origin } from "../../shared/match.ts";
import { compareTexts } from "../../shared/order.ts";
import type { MatchFacts, SaidFacts } from "../facts/facts.ts";
import { type Group, groups } from "./fields.ts";
import { leavesOpen } from "./people.ts";
import { same } from "./same.ts";

/** What one publisher said of a match at one time, as far as it still counts. */
export type Statement = {
  readonly origin: Origin;
  /** See MatchFacts. */
  readonly wallClock: boolean;
  readonly said: SaidFacts;
};

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const isNone = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** Only the richest dialect knows all there is: what another one calls unknown is what it does not know. */
export const saysNothing = (dialect: Dialect): ((value: unknown) => boolean) =>
  dialect === dialects[0] ? (value) => value === undefined : (value) => value === undefined || isNone(value);

/** The fields of some facts that `has` chooses. */
const pick = (facts: SaidFacts, fields: readonly MatchField[], has: (value: unknown) => boolean): SaidFacts => {
  const picked: Writable<SaidFacts> = {};
  const copy = <F extends MatchField>(field: F): void => {
    const value = facts[field];
    if (has(value)) picked[field] = value;
  };
  for (const field of fields) copy(field);
  return picked;
};

/** What of the facts says something. */
export const statementOf = ({ told, wallClock, dialect }: MatchFacts, origin: Origin): Statement => {
  const isUnsaid = saysNothing(dialect);
  return { origin, wallClock, said: pick(told, matchFields, (value) => !isUnsaid(value)) };
};

const saysOf = ({ fields }: Group, { said }: Statement): boolean => {
  for (const field of fields) if (said[field] !== undefined) return true;
  return false;
};

/** Whether a later statement of the same dialect says all of a group that the earlier one said. */
const covers = (later: Statement, earlier: Statement, { head, fields }: Group): boolean => {
  for (const field of fields) if (earlier.said[field] !== undefined && later.said[field] === undefined) return false;
  switch (head) {
    case "kickoff":
      // A guess does not replace what is known exactly: it may be the same.
      return earlier.wallClock || !later.wallClock;
    case "officials":
    case "contacts": {
      const [now, before] = [later.said[head] ?? [], earlier.said[head] ?? []];
      return now === before || !leavesOpen(now, before, saysNothing(later.origin.dialect));
    }
    default:
      return true;
  }
};

/** What a later statement of the same dialect leaves of an earlier one; null: nothing. */
const leftOf = (earlier: Statement, later: Statement): Statement | null => {
  const left: MatchField[] = [];
  let isWhole = true;
  for (const group of groups) {
    if (!saysOf(group, earlier)) continue;
    if (covers(later, earlier, group)) isWhole = false;
    else left.push(...group.fields);
  }
  if (left.length === 0) return null;
  return isWhole ? earlier : { ...earlier, said: pick(earlier.said, left, (value) => value !== undefined) };
};

/** What is said again is the object that was known, so that others may compare identities. */
const withKnown = (said: SaidFacts, known: SaidFacts): SaidFacts => {
  const interned: Writable<SaidFacts> = {};
  let isSame = true;
  // Each field is compared once: people are long.
  const take = <F extends MatchField>(field: F): void => {
    const its: SaidFacts[F] = said[field];
    const before: SaidFacts[F] = known[field];
    const isKnown = same(its, before);
    if (!isKnown) isSame = false;
    if (its !== undefined) interned[field] = isKnown ? before : its;
  };
  for (const field of matchFields) take(field);
  return isSame ? known : interned;
};

/**
 * The statements that count when one more is heard, the oldest first. Of each dialect the newest word on each group counts,
 * and what older ones said beyond it. So what counts depends on what was said when, not on the order in which it is heard.
 * One thing is let go: what a word left open of a person, when he was told of before, left, and came back.
 */
export const withStatement = (kept: readonly Statement[], heard: Statement): readonly Statement[] => {
  if (Object.keys(heard.said).length === 0) return kept;
  const { at, dialect } = heard.origin;
  const before: Statement[] = [];
  const after: Statement[] = [];
  let rest: Statement | null = heard;
  for (const statement of kept) {
    const isEarlier = statement.origin.at <= at;
    if (statement.origin.dialect !== dialect) (isEarlier ? before : after).push(statement);
    else if (isEarlier) {
      rest = rest && { ...rest, said: withKnown(rest.said, statement.said) };
      const left = leftOf(statement, rest ?? heard);
      if (left !== null) before.push(left);
    } else {
      after.push(statement);
      rest = rest && leftOf(rest, statement);
    }
  }
  return rest === null ? [...before, ...after] : [...before, rest, ...after];
};

/**
 * Gives statements whose time cannot be right the time of what is heard now. Our clock, or the publisher's, may have been
 * wrong when they were heard, and three things are certain: no statement was made after now; none was made after a list that
 * was asked for when it was known already; and of two lists, the one that was asked for later is the newer.
 */
export const correctTimes = (
  kept: readonly Statement[],
  {
    origin,
    receivedAt,
    isAskedAfter,
  }: { readonly origin: Origin; readonly receivedAt: Instant; readonly isAskedAfter: boolean },
): readonly Statement[] => {
  const isPossible = ({ origin: { at, channel } }: Statement): boolean =>
    at <= (isAskedAfter || (channel === listChannel && origin.channel === listChannel) ? origin.at : receivedAt);
  if (kept.every(isPossible)) return kept;
  return byAge(
    kept.map(
      (statement): Statement =>
        isPossible(statement) ? statement : { ...statement, origin: { ...statement.origin, at: origin.at } },
    ),
  );
};

/** The oldest first; of the same age, in the order they have. */
export const byAge = (statements: readonly Statement[]): readonly Statement[] =>
  statements.toSorted((one, other) => compareTexts(one.origin.at, other.origin.at));

/** The groups of which two lists of statements do not say the same in the same order. */
export const groupsThatDiffer = (one: readonly Statement[], other: readonly Statement[]): readonly Group[] => {
  if (areAlike(one, other, isAlike)) return [];
  // Most often one statement took the place of another: then they can be compared one by one.
  const pairs = areAlike(one, other, isByTheSame);
  return groups.filter((group) => {
    const saysSame = (its: Statement, theirs: Statement): boolean => saySameOf(group, its, theirs);
    if (pairs) return !areAlike(one, other, saysSame);
    const speaks = (statement: Statement): boolean => saysOf(group, statement);
    return !areAlike(one.filter(speaks), other.filter(speaks), saysSame);
  });
};

type Alike = (one: Statement, other: Statement) => boolean;

const areAlike = (one: readonly Statement[], other: readonly Statement[], alike: Alike): boolean => {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) {
    const [its, theirs] = [one[index], other[index]];
    if (its === undefined || theirs === undefined || !alike(its, theirs)) return false;
  }
  return true;
};

const isByTheSame: Alike = (one, other) => one.origin.dialect === other.origin.dialect;

const isAlike: Alike = (one, other) =>
  one.said === other.said && one.wallClock === other.wallClock && isByTheSame(one, other);

const saySameOf = ({ head, fields }: Group, one: Statement, other: Statement): boolean => {
  if (!isByTheSame(one, other) || (head === "kickoff" && one.wallClock !== other.wallClock)) return false;
  for (const field of fields) if (one.said[field] !== other.said[field]) return false;
  return true;
};

/** Whether both say the same by the same publishers, whenever it was said. */
export const saySame = (one: readonly Statement[], other: readonly Statement[]): boolean =>
  areAlike(one, other, (its, theirs) => isAlike(its, theirs) && its.origin.channel === theirs.origin.channel);
