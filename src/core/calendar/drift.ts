import type { Instant } from "../../shared/instant.ts";
import type { Listing } from "../ports.ts";
import type { Matches } from "./rows.ts";

/** How a calendar differs from what should be in it: match ids. */
export type Drift = {
  readonly missing: readonly string[];
  readonly different: readonly string[];
  /** Events of ours for which there is no match, or one that should have none, or one that has another event already. */
  readonly surplus: readonly string[];
};

/** Compares a full list with the matches. What is older than `oldest` is nobody's business. */
export const driftOf = (options: {
  readonly listing: Listing;
  readonly matches: Matches;
  readonly oldest: Instant;
}): Drift => {
  const { listing, matches, oldest } = options;
  const events = listing.events.filter(({ start }) => start === null || start >= oldest);
  const found = new Set(listing.events.map(({ matchId }) => matchId));
  const missing = [...matches.ids()].filter((id) => {
    const desired = matches.desired(id);
    return desired?.kind === "event" && desired.event.start >= oldest && !found.has(id);
  });
  const seen = new Set<string>();
  const different = new Set<string>();
  const surplus: string[] = [];
  for (const { matchId, hash, actual } of events) {
    const desired = matches.desired(matchId);
    if (desired?.kind !== "event" || seen.has(matchId)) surplus.push(matchId);
    else if (hash !== desired.event.hash || actual !== hash) different.add(matchId);
    seen.add(matchId);
  }
  return { missing, different: [...different], surplus };
};
