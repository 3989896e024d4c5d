import type { Instant } from "../../shared/instant.ts";
import { type Dialect, dialects, listChannel, type MatchField, matchFields, type Origin } from "../../shared/match.ts";
import { compareTexts } from "../../shared/order.ts";
import type { MatchFacts, SaidFacts } from "../facts/facts.ts";
import { fieldsOf, type Group, groups, type Writable } from "./fields.ts";
import { leavesOpen } from "./people.ts";
import { same } from "./same.ts";

/** What one publisher said of a match at one time, as far as it still counts. */
export type Statement = {
  readonly origin: Origin;
  /** See MatchFacts. */
  readonly wallClock: boolean;
  readonly said: SaidFacts;
};

const isNone = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

const isUnsaid = (value: unknown): boolean => value === undefined;
const isUnsaidOrNone = (value: unknown): boolean => value === undefined || isNone(value);

/** Only the most detailed dialect knows all there is: what another one calls unknown is what it does not know. */
export const saysNothing = (dialect: Dialect): ((value: unknown) => boolean) =>
  dialect === dialects[0] ? isUnsaid : isUnsaidOrNone;

/** The facts without these fields. */
const without = (facts: SaidFacts, fields: readonly MatchField[]): SaidFacts => {
  // Copied whole and then blanked: all facts are of one shape, which makes reading them fast.
  const left: Writable<SaidFacts> = { ...facts };
  for (const field of fields) left[field] = undefined;
  return left;
};

/** What of the facts says something. */
export const statementOf = ({ told, wallClock, dialect }: MatchFacts, origin: Origin): Statement => {
  const none = dialect === dialects[0] ? [] : matchFields.filter((field) => isNone(told[field]));
  return { origin, wallClock, said: none.length === 0 ? told : without(told, none) };
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

/** A statement beside one that was made before it in the same dialect. */
type Compared = {
  /** What it says again is the object that was known, so that others may compare identities. */
  readonly statement: Statement;
  /** The groups of which it does not say the same. */
  readonly differing: readonly Group[];
};

const compare = (heard: Statement, known: Statement): Compared => {
  const { origin, wallClock } = heard;
  const differing: Group[] = [];
  /** Fields that say the same in other objects. */
  const again: MatchField[] = [];
  for (const group of groups) {
    let isAlike = group.head !== "kickoff" || wallClock === known.wallClock;
    // Each field is looked up and compared once: it is what merging spends its time on.
    for (const field of group.fields) {
      const now = heard.said[field];
      const before = known.said[field];
      if (now === before) continue;
      if (same(now, before)) again.push(field);
      else isAlike = false;
    }
    if (!isAlike) differing.push(group);
  }
  if (differing.length === 0) return { statement: { origin, wallClock, said: known.said }, differing };
  const said: Writable<SaidFacts> = { ...heard.said };
  const keep = <F extends MatchField>(field: F): void => {
    said[field] = known.said[field];
  };
  for (const field of again) keep(field);
  return { statement: { origin, wallClock, said }, differing };
};

/** What a later statement leaves of an earlier one from which it differs in these groups; null: nothing. */
const leftOf = (earlier: Statement, { statement: later, differing }: Compared): Statement | null => {
  const open = differing.filter((group) => saysOf(group, earlier) && !covers(later, earlier, group));
  if (open.length === 0) return null;
  const covered = groups.filter((group) => !open.includes(group) && saysOf(group, earlier));
  return covered.length === 0 ? earlier : { ...earlier, said: without(earlier.said, fieldsOf(covered)) };
};

/** How facts came to us. */
export type Hearing = {
  readonly origin: Origin;
  /** When we first heard it. */
  readonly receivedAt: Instant;
  /** It was heard before, by us or by another node of the desk, and is read now. */
  readonly isReplay: boolean;
  /** A list that was asked for after all that is known of the match was heard. */
  readonly isAskedAfter?: boolean;
};

/** The statements that count, the oldest first, and the groups of which they say another thing than before. */
type Counting = { readonly statements: readonly Statement[]; readonly differing: readonly Group[] };

/** The statements that count when some facts are heard beside those that are kept. */
export const afterHearing = (kept: readonly Statement[], facts: MatchFacts, hearing: Hearing): Counting => {
  const known = hearing.isReplay ? kept : correctTimes(kept, hearing);
  const { statements, differing } = withStatement(known, statementOf(facts, hearing.origin));
  return { statements, differing: known === kept ? differing : groupsThatDiffer(kept, statements) };
};

/**
 * The statements that count when one more is heard. Of each dialect the newest word on each group counts, and what older
 * ones said beyond it. So what counts depends on what was said when, not on the order in which it is heard.
 * One thing is let go: what a word left open of a person, when he was told of before, left, and came back.
 */
const withStatement = (kept: readonly Statement[], heard: Statement): Counting => {
  if (matchFields.every((field) => heard.said[field] === undefined)) return { statements: kept, differing: [] };
  if (kept.length === 0) return { statements: [heard], differing: groups };
  const { at, dialect } = heard.origin;
  const last = kept.at(-1);
  if (
    last !== undefined &&
    last.origin.at <= at &&
    kept.findIndex(({ origin }) => origin.dialect === dialect) === kept.length - 1
  ) {
    const compared = compare(heard, last);
    if (leftOf(last, compared) === null)
      return { statements: [...kept.slice(0, -1), compared.statement], differing: compared.differing };
  }
  const before: Statement[] = [];
  const after: Statement[] = [];
  let rest: Statement | null = heard;
  for (const statement of kept) {
    const isEarlier = statement.origin.at <= at;
    if (statement.origin.dialect !== dialect) (isEarlier ? before : after).push(statement);
    else if (isEarlier) {
      const compared = compare(rest ?? heard, statement);
      rest = rest && compared.statement;
      const left = leftOf(statement, compared);
      if (left !== null) before.push(left);
    } else {
      after.push(statement);
      rest = rest && leftOf(rest, compare(statement, rest));
    }
  }
  const statements = rest === null ? [...before, ...after] : [...before, rest, ...after];
  return { statements, differing: groupsThatDiffer(kept, statements) };
};

/**
 * Gives statements whose time cannot be right the time of what is heard now. Our clock, or the publisher's, may have been
 * wrong when they were heard, and three things are certain: no statement was made after now; none was made after a list that
 * was asked for when it was known already; and of two lists, the one that was asked for later is the newer.
 */
const correctTimes = (
  kept: readonly Statement[],
  { origin, receivedAt, isAskedAfter = false }: Hearing,
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
const groupsThatDiffer = (one: readonly Statement[], other: readonly Statement[]): readonly Group[] =>
  groups.filter((group) => {
    const speaks = (statement: Statement): boolean => saysOf(group, statement);
    return !areAlike(one.filter(speaks), other.filter(speaks), (its, theirs) => saySameOf(group, its, theirs));
  });

type Alike = (one: Statement, other: Statement) => boolean;

const areAlike = (one: readonly Statement[], other: readonly Statement[], alike: Alike): boolean => {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  return one.every((its, index) => {
    const theirs = other[index];
    return theirs !== undefined && (its === theirs || alike(its, theirs));
  });
};

const saySameOf = ({ head, fields }: Group, one: Statement, other: Statement): boolean =>
  one.origin.dialect === other.origin.dialect &&
  (head !== "kickoff" || one.wallClock === other.wallClock) &&
  fields.every((field) => one.said[field] === other.said[field]);

/** Whether both say the same by the same publishers, whenever it was said. */
export const saySame = (one: readonly Statement[], other: readonly Statement[]): boolean =>
  areAlike(
    one,
    other,
    (its, theirs) =>
      its.said === theirs.said &&
      its.wallClock === theirs.wallClock &&
      its.origin.dialect === theirs.origin.dialect &&
      its.origin.channel === theirs.origin.channel,
  );
