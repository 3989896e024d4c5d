import type { Instant } from "../../shared/instant.ts";
import type { Dialect, Doubt, Match, Noted } from "../../shared/match.ts";
import { raise } from "../../shared/problem.ts";
import { type Statement, saySame } from "./statements.ts";

/** A current match with what was said of it. */
export type MatchRecord = {
  /** What the statements amount to. */
  readonly match: Match;
  /** What was said and still counts, the oldest first. */
  readonly statements: readonly Statement[];
  /** Who has told us of it, in the order they first did. */
  readonly sources: readonly { readonly dialect: Dialect; readonly channel: string }[];
  readonly firstAt: Instant;
  /** When anything last told of it, whether that was news or not. */
  readonly updatedAt: Instant;
  /** When something about it last changed. */
  readonly changedAt: Instant;
  /** Set when a complete list no longer had it, or a person removed it. */
  readonly goneAt: Instant | null;
  readonly goneBy: "list" | "person" | null;
  /** A list lacks it and is not believed in that. */
  readonly inDoubt: Doubt | null;
  /** A person decided that it stays, whatever lists lack it. */
  readonly keptAt: Instant | null;
  /** A person said that it is not theirs. */
  readonly declinedAt: Instant | null;
  /** What could not be read of the newest word in each dialect. */
  readonly noted: readonly (Noted & { readonly dialect: Dialect })[];
  /** The publisher marked its last change high_priority. */
  readonly urgent: boolean;
};

/** The later of two moments of what is stored: what is reckoned from one does not go back with the clock. */
export const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);

/** The match of this id. Throws ProblemError, `not-found`, when there is none. */
export const recordIn = (records: ReadonlyMap<string, MatchRecord>, matchId: string): MatchRecord =>
  records.get(matchId) ?? raise("not-found", "There is no match with this id.", "matchId");

/**
 * Whether nothing but the times of the telling differ. Merging leaves what it does not change as it is, so most of this
 * compares identities.
 */
export const differsInTimes = (before: MatchRecord | undefined, after: MatchRecord): boolean =>
  before !== undefined &&
  before.match === after.match &&
  before.sources === after.sources &&
  before.goneAt === after.goneAt &&
  before.inDoubt === after.inDoubt &&
  before.keptAt === after.keptAt &&
  before.declinedAt === after.declinedAt &&
  before.noted === after.noted &&
  before.urgent === after.urgent &&
  saySame(before.statements, after.statements);

/** Of a match that was heard of just now. */
export const newRecord = (match: Match, at: Instant): MatchRecord => ({
  match,
  statements: [],
  sources: [],
  firstAt: at,
  updatedAt: at,
  changedAt: at,
  goneAt: null,
  goneBy: null,
  inDoubt: null,
  keptAt: null,
  declinedAt: null,
  noted: [],
  urgent: false,
});
