import type { Change, Difference } from "../../shared/change.ts";
import type { MatchFacts } from "../facts/facts.ts";
import { sameWallClock } from "../facts/wall-clock.ts";
import { sameNames } from "../matches/people.ts";
import { same } from "../matches/same.ts";
import type { Outcome } from "./batch.ts";

/** The two ways that are compared. */
type Way = "redis" | "http";

type Pending = { readonly first: Way; readonly difference: Difference };

/** As many facts wait to be confirmed by the other way as fit a large season. */
const mostPending = 50_000;

/**
 * The migration's third phase: which of Redis and the HTTP list told each fact first, and what only one of them told.
 * A fact is told by both when the second way says the same value while it still holds.
 */
export const createComparison = (most = mostPending) => {
  // By match, the one whose facts have waited longest first.
  const pending = new Map<string, readonly Pending[]>();
  const counts = { redis: { first: 0, only: 0 }, http: { first: 0, only: 0 }, both: 0 };
  let size = 0;

  const put = (matchId: string, entries: readonly Pending[]): void => {
    size += entries.length - (pending.get(matchId)?.length ?? 0);
    if (entries.length === 0) pending.delete(matchId);
    else pending.set(matchId, entries);
  };

  const forgetOldest = (): void => {
    for (const matchId of pending.keys()) {
      if (size <= most) return;
      put(matchId, []);
    }
  };

  /** What one way has just changed. */
  const changed = (way: Way, changes: readonly Change[]): void => {
    for (const { matchId, difference } of changes) {
      const others = (pending.get(matchId) ?? []).filter((entry) => entry.difference.field !== difference.field);
      put(matchId, [...others, { first: way, difference }]);
      counts[way].first += 1;
      counts[way].only += 1;
    }
    forgetOldest();
  };

  /** What one way has just told, changed or not. */
  const told = (way: Way, facts: MatchFacts): void => {
    const entries = pending.get(facts.id);
    if (entries === undefined) return;
    const left = entries.filter(({ first, difference }) => first === way || !tellsAgain(facts, difference));
    if (left.length === entries.length) return;
    for (const { first } of entries.filter((entry) => !left.includes(entry))) {
      counts[first].only -= 1;
      counts.both += 1;
    }
    put(facts.id, left);
  };

  return {
    changed,
    told,
    note: (outcome: Pick<Outcome, "way" | "told" | "changes">): void => {
      const { way } = outcome;
      if (way !== "redis" && way !== "http") return;
      for (const facts of outcome.told) told(way, facts);
      changed(way, outcome.changes);
    },
    counts: () => ({ redis: { ...counts.redis }, http: { ...counts.http }, both: counts.both }),
  };
};
export type Comparison = ReturnType<typeof createComparison>;

/** Whether the facts say what the difference brought, as far as their dialect can. */
const tellsAgain = ({ told }: MatchFacts, difference: Difference): boolean => {
  switch (difference.field) {
    case "added":
    case "returned":
      return true;
    case "gone":
    case "removed":
    case "kept":
    case "declined":
    case "reclaimed":
      return false;
    case "officials":
      return told.officials !== undefined && sameNames(told.officials, difference.after);
    case "contacts":
      return told.contacts !== undefined && sameNames(told.contacts, difference.after);
    case "kickoff": {
      const { kickoff } = told;
      if (kickoff === undefined || kickoff === null || difference.after === null) return kickoff === difference.after;
      return sameWallClock(kickoff, difference.after);
    }
    default:
      return told[difference.field] !== undefined && same(told[difference.field], difference.after);
  }
};
