import type { Instant } from "../../shared/instant.ts";
import { type Dialect, type Match, type MatchField, matchFields, type Origin } from "../../shared/match.ts";

/** A current match with where each of its facts came from. */
export type MatchRecord = {
  readonly match: Match;
  readonly origins: Readonly<Partial<Record<MatchField, Origin>>>;
  /** The kick-off was given as wall-clock time (see MatchFacts). */
  readonly wallClock: boolean;
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
  before.wallClock === after.wallClock &&
  before.goneAt === after.goneAt &&
  before.urgent === after.urgent &&
  matchFields.every((field) => {
    const one = before.origins[field];
    const other = after.origins[field];
    return one === other || (one?.dialect === other?.dialect && one?.channel === other?.channel);
  });
