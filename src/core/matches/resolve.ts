import type { Instant } from "../../shared/instant.ts";
import { dialects, type Facts, type Match, type MatchField, type Origin, unknownFacts } from "../../shared/match.ts";
import type { PeopleField, PlainField, SaidPlain } from "../facts/facts.ts";
import { sameWallClock } from "../facts/wall-clock.ts";
import { type Group, groups, type Head, type Writable } from "./fields.ts";
import { bringContacts, bringOfficials } from "./people.ts";
import { same } from "./same.ts";
import { type Statement, saysNothing } from "./statements.ts";

/** What a statement does to a group's first field: nothing, or it repeats what was known, or it tells another thing. */
type Word = "none" | "same" | "other";

/** A match on its way to what the statements make of it. */
type Draft = {
  readonly facts: Writable<Facts>;
  /** The kick-off was told as an instant, not as a time on the wall clock. */
  isExact: boolean;
  /** The rank of the mostDetailed dialect that told of them. */
  readonly mostDetailed: Record<PeopleField, number>;
};

/**
 * What all that was said of a match amounts to: a pure function of the statements, the oldest first. A newer word on a
 * group replaces the group, and what it does not say of the same thing stays: a venue named again keeps its position,
 * another venue does not get it.
 */
export const matchOf = (id: string, statements: readonly Statement[]): Match => {
  const match = { id, ...unknownFacts };
  tellAll(match, statements, groups);
  return match;
};

/** The match when only of these groups something else is said than before. */
export const resolvedAgain = (before: Match, statements: readonly Statement[], some: readonly Group[]): Match => {
  const match = { ...before };
  for (const { fields } of some) for (const field of fields) forget(match, field);
  tellAll(match, statements, some);
  return match;
};

const tellAll = (facts: Writable<Facts>, statements: readonly Statement[], some: readonly Group[]): void => {
  const draft: Draft = {
    facts,
    isExact: false,
    mostDetailed: { officials: dialects.length, contacts: dialects.length },
  };
  for (const group of some)
    for (const statement of statements)
      tellDetails(facts, group, statement.said, tellHead(draft, group.head, statement));
};

const forget = <F extends MatchField>(facts: Writable<Facts>, field: F): void => {
  facts[field] = unknownFacts[field];
};

const tell = <F extends PlainField>(facts: Writable<Facts>, field: F, value: Facts[F]): void => {
  facts[field] = value;
};

const tellHead = (draft: Draft, head: Head, { said, wallClock, origin }: Statement): Word => {
  const { facts } = draft;
  switch (head) {
    case "officials": {
      if (said.officials === undefined) return "none";
      const { people, areSame } = bringOfficials(facts.officials, said.officials, howToldBy(draft, origin, head));
      facts.officials = people;
      return areSame ? "same" : "other";
    }
    case "contacts": {
      if (said.contacts === undefined) return "none";
      const { people, areSame } = bringContacts(facts.contacts, said.contacts, howToldBy(draft, origin, head));
      facts.contacts = people;
      return areSame ? "same" : "other";
    }
    case "kickoff": {
      if (said.kickoff === undefined) return "none";
      // A time on the wall clock is a guess in the hour that exists twice. An exact instant that looks the same on the
      // clock is the same kick-off, better told.
      if (wallClock && draft.isExact && looksSame(facts.kickoff, said.kickoff)) return "same";
      facts.kickoff = said.kickoff;
      draft.isExact = !wallClock;
      return "other";
    }
    default: {
      const value = said[head];
      if (value === undefined) return "none";
      const before = facts[head];
      tell(facts, head, value);
      return before === unknownFacts[head] || same(before, value) ? "same" : "other";
    }
  }
};

const howToldBy = ({ mostDetailed }: Draft, { dialect }: Origin, field: PeopleField) => {
  const rank = dialects.indexOf(dialect);
  const isLessDetailed = rank > mostDetailed[field];
  mostDetailed[field] = Math.min(mostDetailed[field], rank);
  return { isLessDetailed, saysNothing: saysNothing(dialect) };
};

const tellDetails = (facts: Writable<Facts>, { details }: Group, said: SaidPlain, word: Word): void => {
  const tellDetail = <F extends PlainField>(detail: F): void => {
    const value: Facts[F] | undefined = said[detail];
    if (value !== undefined) tell(facts, detail, value);
    else if (word === "other") tell(facts, detail, unknownFacts[detail]);
  };
  for (const detail of details) tellDetail(detail);
};

const looksSame = (one: Instant | null, other: Instant | null): boolean =>
  one !== null && other !== null && sameWallClock(one, other);
