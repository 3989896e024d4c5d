import type { Config } from "../../shared/config.ts";
import { dayMs } from "../../shared/duration.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import type { MatchFacts } from "../facts/facts.ts";
import type { Clock } from "../ports.ts";
import { factsWithoutContacts } from "./contacts.ts";
import type { MatchRecord } from "./record.ts";

/** Kick-offs before which nothing is kept of a match but what it was, and of its people but their names. */
export type RetentionLimits = { readonly matchesFrom: Instant; readonly contactsFrom: Instant };

/** An archived match says of nobody how to reach them, however long that would be kept. */
export const limitsAt = (
  now: number,
  days: { readonly matches: number; readonly personal: number },
): RetentionLimits => ({
  matchesFrom: instantOf(now - days.matches * dayMs),
  contactsFrom: instantOf(now - Math.min(days.matches, days.personal) * dayMs),
});

/** The limits at any moment, by the settings as they are then. */
export const limitsBy =
  (clock: Pick<Clock, "now">, config: () => Config): (() => RetentionLimits) =>
  () => {
    const { AVSPARK_KEEP_MATCHES_DAYS: matches, AVSPARK_PERSONAL_DATA_DAYS: personal } = config();
    return limitsAt(clock.now(), { matches, personal });
  };

/** When a match was played; of one without a kick-off, when anything was last told of it. */
export const playedAt = ({ match, updatedAt }: MatchRecord): Instant => match.kickoff ?? updatedAt;

/**
 * What of news may be kept: a list that goes on naming what was played long ago brings back neither an archived match nor
 * how to reach its people. null: nothing.
 */
export const keptOf = (
  facts: MatchFacts,
  before: MatchRecord | undefined,
  { matchesFrom, contactsFrom }: RetentionLimits,
): MatchFacts | null => {
  const kickoff = facts.told.kickoff ?? before?.match.kickoff ?? null;
  if (kickoff === null || kickoff >= contactsFrom) return facts;
  if (before === undefined && kickoff < matchesFrom) return null;
  return { ...facts, told: factsWithoutContacts(facts.told) };
};
