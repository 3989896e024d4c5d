import type { Instant } from "../../shared/instant.ts";
import { dialects, type Facts, type MatchField, type Origin, unknownFacts } from "../../shared/match.ts";
import type { PeopleField, PlainField, SaidPlain } from "../facts/facts.ts";
import { sameWallClock } from "../facts/time.ts";
import { type Group, groups, type Head } from "./fields.ts";
import { bringContacts, bringOfficials } from "./people.ts";
import { same } from "./same.ts";
import { type Statement, saysNothing } from "./statements.ts";

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What a statement does to a group's first field: nothing, or it repeats what was known, or it tells another thing. */
type Word = "none" | "same" | "other";

/**
 * What all that was said of a match amounts to: a pure function of the statements, the oldest first. A newer word on a
 * group replaces the group, and what it does not say of the same thing stays: a venue named again keeps its position,
 * another venue does not get it. Where only some groups are reckoned, the others are as they were.
 */
export const resolve = <M extends Facts>(
  statements: readonly Statement[],
  before: M,
  some: readonly Group[] = groups,
): M => {
  const resolved: M = { ...before };
  const facts: Writable<Facts> = resolved;
  let isExact = false;
  /** The richest dialect that told of them. */
  const richest: Record<PeopleField, number> = { officials: dialects.length, contacts: dialects.length };

  const tell = <F extends PlainField>(field: F, value: Facts[F]): void => {
    facts[field] = value;
  };

  const howToldBy = ({ dialect }: Origin, field: PeopleField) => {
    const rank = dialects.indexOf(dialect);
    const isPoorer = rank > richest[field];
    richest[field] = Math.min(richest[field], rank);
    return { isPoorer, saysNothing: saysNothing(dialect) };
  };

  const tellHead = (head: Head, { said, wallClock, origin }: Statement): Word => {
    switch (head) {
      case "officials": {
        if (said.officials === undefined) return "none";
        const { people, areSame } = bringOfficials(facts.officials, said.officials, howToldBy(origin, head));
        facts.officials = people;
        return areSame ? "same" : "other";
      }
      case "contacts": {
        if (said.contacts === undefined) return "none";
        const { people, areSame } = bringContacts(facts.contacts, said.contacts, howToldBy(origin, head));
        facts.contacts = people;
        return areSame ? "same" : "other";
      }
      case "kickoff": {
        if (said.kickoff === undefined) return "none";
        // A time on the wall clock is a guess in the hour that exists twice. An exact instant that looks the same on the
        // clock is the same kick-off, better told.
        if (wallClock && isExact && looksSame(facts.kickoff, said.kickoff)) return "same";
        facts.kickoff = said.kickoff;
        isExact = !wallClock;
        return "other";
      }
      default: {
        const value = said[head];
        if (value === undefined) return "none";
        const before = facts[head];
        tell(head, value);
        return before === unknownFacts[head] || same(before, value) ? "same" : "other";
      }
    }
  };

  const tellDetails = ({ details }: Group, said: SaidPlain, word: Word): void => {
    const tellDetail = <F extends PlainField>(detail: F): void => {
      const value: Facts[F] | undefined = said[detail];
      if (value !== undefined) tell(detail, value);
      else if (word === "other") tell(detail, unknownFacts[detail]);
    };
    for (const detail of details) tellDetail(detail);
  };

  const forget = <F extends MatchField>(field: F): void => {
    facts[field] = unknownFacts[field];
  };

  for (const group of some) {
    for (const field of group.fields) forget(field);
    for (const statement of statements) tellDetails(group, statement.said, tellHead(group.head, statement));
  }
  return resolved;
};

const looksSame = (one: Instant | null, other: Instant | null): boolean =>
  one !== null && other !== null && sameWallClock(one, other);
