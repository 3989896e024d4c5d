import type { Instant } from "../../shared/instant.ts";
import type { Match } from "../../shared/match.ts";

/** A match as it is now. `goneAt`: set when a complete list no longer had it. */
export type CurrentMatch = Match & { readonly goneAt: Instant | null };

/** Takes matches; may be asynchronous. To throw, to reject or to answer `false` means that it did not take them. */
export type OnMatches = (matches: readonly CurrentMatch[]) => unknown;
