import type { Instant } from "../../shared/instant.ts";
import type { Match } from "../../shared/match.ts";

/** A match as it is now. */
export type CurrentMatch = Match & {
  /** Set when a complete list no longer had it, or a person removed it. */
  readonly goneAt: Instant | null;
  /** Set when a person said that it is not theirs. */
  readonly declinedAt: Instant | null;
};

/** Takes matches; may be asynchronous. To throw, to reject or to answer `false` means that it did not take them. */
export type OnMatches = (matches: readonly CurrentMatch[]) => unknown;
