import type { Instant } from "../../shared/instant.ts";
import { type Dialect, dialects, listChannel, type MatchField, matchFields, type Origin } from "../../shared/match.ts";
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
  const isSilent = saysNothing(dialect);
  return { origin, wallClock, said: pick(told, matchFields, (value) => !isSilent(value)) };
};

const fieldsOf = ({ head, details }: Group): readonly MatchField[] => [head, ...details];

/** Whether a later statement of the same dialect says all of a group that the earlier one said. */
const covers = (later: Statement, earlier: Statement, group: Group): boolean => {
  if (fieldsOf(group).some((field) => earlier.said[field] !== undefined && later.said[field] === undefined))
    return false;
  switch (group.head) {
    case "kickoff":
      // A guess does not replace what is known exactly: it may be the same.
      return earlier.wallClock || !later.wallClock;
    case "officials":
    case "contacts":
      return !leavesOpen(
        later.said[group.head] ?? [],
        earlier.said[group.head] ?? [],
        saysNothing(later.origin.dialect),
      );
    default:
      return true;
  }
};

/** What a later statement of the same dialect leaves of an earlier one; null: nothing. */
const leftOf = (earlier: Statement, later: Statement): Statement | null => {
  const isSaid = (group: Group): boolean => fieldsOf(group).some((field) => earlier.said[field] !== undefined);
  const said = groups.filter(isSaid);
  const left = said.filter((group) => !covers(later, earlier, group));
  if (left.length === said.length) return said.length === 0 ? null : earlier;
  if (left.length === 0) return null;
  return { ...earlier, said: pick(earlier.said, left.flatMap(fieldsOf), (value) => value !== undefined) };
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
      if (statement.wallClock === heard.wallClock && same(statement.said, heard.said)) {
        // It is said again: kept as it was, so that a comparison of identities finds nothing new.
        rest = rest && { ...rest, said: statement.said };
        continue;
      }
      const left = leftOf(statement, heard);
      if (left !== null) before.push(left);
    } else {
      after.push(statement);
      rest = rest && leftOf(rest, statement);
    }
  }
  return rest === null ? [...before, ...after] : [...before, rest, ...after];
};

/**
 * What was heard earlier cannot have been said later than now, whatever our clock said then: it was said before what is
 * heard now, for all that anybody can tell. Nor was it said later than a list that was asked for after it. And a list is
 * never newer than the one that is asked for after it, whatever came between: its time is reckoned by the publisher's clock,
 * of which more may be known by now.
 */
export const putRight = (
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
  statements.toSorted((one, other) => compare(one.origin.at, other.origin.at));

const compare = (one: Instant, other: Instant): number => {
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

/** Whether both say the same in the same order, whenever it was said. */
export const saySame = (one: readonly Statement[], other: readonly Statement[]): boolean =>
  one === other ||
  (one.length === other.length &&
    one.every((statement, index) => {
      const its = other[index];
      return (
        its !== undefined &&
        its.said === statement.said &&
        its.wallClock === statement.wallClock &&
        its.origin.dialect === statement.origin.dialect &&
        its.origin.channel === statement.origin.channel
      );
    }));
