import type { Change } from "../../shared/change.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { MatchFacts } from "./message.ts";

/** The two ways matches come in. */
export type Way = "redis" | "http";

type Pending = { readonly first: Way; readonly field: Change["difference"]["field"]; readonly value: string };

/** As many facts wait to be confirmed by the other way as fit a large season. */
const mostPending = 50_000;

/**
 * The migration's third phase: which of Redis and the HTTP list told each fact first, and what only one of them told.
 * A fact is told by both when the second way says the same value while it still holds.
 */
export const createComparison = () => {
  const pending = new Map<string, Pending[]>();
  const counts = { redis: { first: 0, only: 0 }, http: { first: 0, only: 0 }, both: 0 };
  let size = 0;

  const drop = (matchId: string, keep: (entry: Pending) => boolean): void => {
    const entries = pending.get(matchId);
    if (entries === undefined) return;
    const kept = entries.filter(keep);
    size -= entries.length - kept.length;
    if (kept.length === 0) pending.delete(matchId);
    else pending.set(matchId, kept);
  };

  return {
    /** What one way has just changed. */
    changed: (way: Way, changes: readonly Change[]): void => {
      for (const change of changes) {
        const { difference } = change;
        drop(change.matchId, (entry) => entry.field !== difference.field);
        counts[way].first += 1;
        counts[way].only += 1;
        if (size >= mostPending) continue;
        const value = "after" in difference ? JSON.stringify(difference.after) : difference.field;
        pending.set(change.matchId, [
          ...(pending.get(change.matchId) ?? []),
          { first: way, field: difference.field, value },
        ]);
        size += 1;
      }
    },
    /** What one way has just told, changed or not. */
    told: (way: Way, facts: MatchFacts, record: MatchRecord): void => {
      if (!pending.has(facts.id)) return;
      drop(facts.id, (entry) => {
        if (entry.first === way || !isToldAgain(entry, facts, record)) return true;
        counts[entry.first].only -= 1;
        counts.both += 1;
        return false;
      });
    },
    counts: () => ({ redis: { ...counts.redis }, http: { ...counts.http }, both: counts.both }),
  };
};
export type Comparison = ReturnType<typeof createComparison>;

const isToldAgain = ({ field, value }: Pending, facts: MatchFacts, { match }: MatchRecord): boolean => {
  if (field === "added" || field === "returned") return true;
  if (field === "gone") return false;
  return facts.told[field] !== undefined && JSON.stringify(match[field]) === value;
};
