import type { Difference } from "../../shared/change.ts";
import type { Instant } from "../../shared/instant.ts";
import { dialects, listChannel, type Match, type MatchField, type Origin } from "../../shared/match.ts";
import type { MatchFacts } from "../facts/facts.ts";
import { sameWallClock } from "../facts/time.ts";
import { differences, samePosition } from "./diff.ts";
import { keepContactDetails, keepOfficialDetails, sameNames, samePeople } from "./people.ts";
import type { MatchRecord } from "./record.ts";

/** How facts came to us. */
type Hearing = {
  readonly origin: Origin;
  readonly receivedAt: Instant;
  /** The publisher marked the message high_priority. */
  readonly urgent: boolean;
};

/** Instants sort as text. */
const later = (one: Instant, other: Instant): Instant => {
  if (one > other) return one;
  return other;
};

/** What is known of one field: its value and where it came from; no origin when nobody has told it yet. */
type Known<V> = { readonly value: V; readonly origin: Origin | undefined };

type Rules<V> = {
  /** Told to be unknown. */
  readonly isEmpty: (value: V) => boolean;
  readonly same: (known: V, told: V) => boolean;
  /** Both say the same, as far as the poorer wording can. */
  readonly agree: (known: V, told: V) => boolean;
  /** What is told, with what it does not say kept of what was known. */
  readonly enrich: (known: V, told: V) => V;
};

/**
 * Lists are asked for one after the other, so the later one is newer whatever its time: that is reckoned by the publisher's
 * clock, of which more may be known by now.
 */
const isLaterList = (now: Origin, before: Origin): boolean =>
  now.channel === listChannel && before.channel === listChannel;

/** Positive when the first dialect is poorer than the second. */
const poverty = (one: Origin, other: Origin): number => dialects.indexOf(one.dialect) - dialects.indexOf(other.dialect);

/**
 * The newest word on a field holds, with three exceptions for dialects of different wealth: where they agree the richer
 * wording stands whichever came last, a poorer dialect's "unknown" never erases a richer one's fact, and a richer one's
 * fact fills what a poorer one called unknown. Only the richest dialect, when it is the newest too, knows all there is:
 * what others tell is added to what was known.
 */
const settle = <V>(known: Known<V>, told: V, origin: Origin, rules: Rules<V>): Known<V> => {
  if (known.origin === undefined) return { value: told, origin };
  const poorer = poverty(origin, known.origin);
  const isNewer = origin.at >= known.origin.at || isLaterList(origin, known.origin);
  const isAll = isNewer && origin.dialect === dialects[0];
  const news = (): V => {
    if (rules.same(known.value, told)) return known.value;
    return isAll ? told : rules.enrich(known.value, told);
  };
  if (poorer !== 0) {
    if (rules.agree(known.value, told)) {
      const at = later(origin.at, known.origin.at);
      return poorer > 0
        ? { value: known.value, origin: { ...known.origin, at } }
        : { value: news(), origin: { ...origin, at } };
    }
    if (poorer > 0 && rules.isEmpty(told)) return known;
    if (poorer < 0 && rules.isEmpty(known.value)) return { value: told, origin };
  }
  return isNewer ? { value: news(), origin } : known;
};

const plain = <V>(same: (known: V, told: V) => boolean): Rules<V> => ({
  isEmpty: (value) => value === null,
  same,
  agree: same,
  enrich: (_known, told) => told,
});
const equal = (known: string | null, told: string | null): boolean => known === told;
const textRules = plain<string | null>(equal);
const kickoffRules = plain<Instant | null>(equal);
const statusRules = plain<Match["status"]>(equal);
const positionRules = plain<Match["position"]>(samePosition);

/** A poorer dialect may know no more of people than their names. */
const people = { isEmpty: (value: readonly unknown[]) => value.length === 0, same: samePeople, agree: sameNames };
const officialRules: Rules<Match["officials"]> = { ...people, enrich: keepOfficialDetails };
const contactRules: Rules<Match["contacts"]> = { ...people, enrich: keepContactDetails };

type Kickoff = Pick<MatchRecord, "wallClock"> & Known<Instant | null>;

/**
 * A kick-off given as wall-clock time is a guess in the hour that exists twice; an exact instant that looks the same on
 * the clock is the same kick-off, better told.
 */
const settleKickoff = (known: Kickoff, told: Instant | null, wallClock: boolean, origin: Origin): Kickoff => {
  const before = known.value;
  const differsInExactness =
    before !== null && told !== null && known.wallClock !== wallClock && sameWallClock(before, told);
  if (differsInExactness && known.origin !== undefined) {
    const at = later(origin.at, known.origin.at);
    return wallClock
      ? { value: before, wallClock: false, origin: { ...known.origin, at } }
      : { value: told, wallClock: false, origin: { ...origin, at } };
  }
  const settled = settle(known, told, origin, kickoffRules);
  if (settled === known) return known;
  return { ...settled, wallClock: settled.value === told ? wallClock : known.wallClock };
};

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const unknownMatch = (id: string): Match => ({
  id,
  number: null,
  competition: null,
  home: null,
  away: null,
  kickoff: null,
  venue: null,
  position: null,
  officials: [],
  contacts: [],
  status: "scheduled",
});

const textFields = ["venue", "home", "away", "competition", "number"] as const;

/** Brings what a message tells of a match to what we know of it, and says what that changed. */
export const applyFacts = (
  record: MatchRecord | undefined,
  facts: MatchFacts,
  { origin, receivedAt, urgent }: Hearing,
): { readonly record: MatchRecord; readonly differences: readonly Difference[] } => {
  const { told } = facts;
  const before = record?.match ?? unknownMatch(facts.id);
  const match: Writable<Match> = { ...before };
  const origins: Writable<MatchRecord["origins"]> = { ...record?.origins };
  let wallClock = record?.wallClock ?? false;

  const take = <F extends MatchField>(field: F, rules: Rules<Match[F]>): void => {
    const value = told[field];
    if (value === undefined) return;
    const settled = settle<Match[F]>({ value: before[field], origin: origins[field] }, value, origin, rules);
    if (!rules.same(before[field], settled.value)) match[field] = settled.value;
    if (settled.origin !== undefined) origins[field] = settled.origin;
  };
  for (const field of textFields) take(field, textRules);
  take("status", statusRules);
  take("position", positionRules);
  take("officials", officialRules);
  take("contacts", contactRules);
  if (told.kickoff !== undefined) {
    const known = { value: before.kickoff, origin: origins.kickoff, wallClock };
    const settled = settleKickoff(known, told.kickoff, facts.wallClock, origin);
    match.kickoff = settled.value;
    wallClock = settled.wallClock;
    if (settled.origin !== undefined) origins.kickoff = settled.origin;
  }

  if (record === undefined) {
    const sources = [{ dialect: origin.dialect, channel: origin.channel }];
    const times = { firstAt: receivedAt, updatedAt: receivedAt, changedAt: receivedAt, goneAt: null };
    return { record: { match, origins, wallClock, sources, ...times, urgent }, differences: [{ field: "added" }] };
  }
  // Only a list says that a match is gone, so a list that has it is later.
  const isBack = record.goneAt !== null && (origin.channel === listChannel || origin.at > record.goneAt);
  const changed = differences(before, match);
  const found: readonly Difference[] = isBack ? [{ field: "returned" }, ...changed] : changed;
  return {
    record: {
      match: changed.length === 0 ? before : match,
      origins,
      wallClock,
      sources: withSource(record.sources, origin),
      firstAt: record.firstAt,
      updatedAt: later(receivedAt, record.updatedAt),
      changedAt: found.length === 0 ? record.changedAt : later(receivedAt, record.changedAt),
      goneAt: isBack ? null : record.goneAt,
      urgent: found.length === 0 ? record.urgent : urgent,
    },
    differences: found,
  };
};

const withSource = (sources: MatchRecord["sources"], { dialect, channel }: Origin): MatchRecord["sources"] =>
  sources.some((source) => source.dialect === dialect && source.channel === channel)
    ? sources
    : [...sources, { dialect, channel }];
