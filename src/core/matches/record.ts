import type { Instant } from "../../shared/instant.ts";
import type { Dialect, Match } from "../../shared/match.ts";
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
  /** Set when a complete list no longer had it. */
  readonly goneAt: Instant | null;
  /** The publisher marked its last change high_priority. */
  readonly urgent: boolean;
};

/**
 * Whether nothing but the times of the telling differ. Merging leaves what it does not change as it is, so most of this
 * compares identities.
 */
export const differsInTimes = (before: MatchRecord | undefined, after: MatchRecord): boolean =>
  before !== undefined &&
  before.match === after.match &&
  before.sources === after.sources &&
  before.goneAt === after.goneAt &&
  before.urgent === after.urgent &&
  saySame(before.statements, after.statements);
