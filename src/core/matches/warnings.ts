import { dayMs } from "../../shared/duration.ts";
import { areDistinct } from "../../shared/identity.ts";
import { type Match, mainRefereeOf, type Official } from "../../shared/match.ts";
import { isActive, type Warning } from "../../shared/snapshot.ts";
import { clashes, furthestMs, isTimed, minutesBetween, type Timed } from "./apart.ts";
import { keyOf, type OfficialIndex } from "./officials.ts";
import type { MatchRecord } from "./record.ts";

const refereeDueMs = 7 * dayMs;

export const isToBePlayed = (record: MatchRecord): boolean => isActive(record) && record.match.status === "scheduled";

/**
 * What a person should know about a match before it is played; nothing once it is over, called off or gone, and nothing of
 * one that a person declined.
 */
export const warningsOf = (
  record: MatchRecord,
  context: {
    readonly now: number;
    readonly index: OfficialIndex;
    readonly find: (id: string) => MatchRecord | undefined;
    /** The change that moved its kick-off late, if one did. */
    readonly lateChangeId: number | null;
  },
): readonly Warning[] => {
  const { match } = record;
  if (!isToBePlayed(record)) return [];
  if (!isTimed(match)) return [{ kind: "no-kickoff" }];
  const kickoff = Date.parse(match.kickoff);
  const ahead = kickoff - context.now;
  if (ahead < 0) return [];
  const warnings: Warning[] = [];
  if (context.lateChangeId !== null) warnings.push({ kind: "late-change", changeId: context.lateChangeId });
  if (ahead < refereeDueMs && mainRefereeOf(match.officials) === null) warnings.push({ kind: "no-referee" });
  for (const official of match.officials) {
    const other = findClash(match, official, context);
    if (other === null) continue;
    const { id: otherMatchId, home, away, number, kickoff: at, venue } = other;
    warnings.push({
      kind: "double-booked",
      official: official.name,
      otherMatchId,
      other: { home, away, number, kickoff: at, venue },
      minutesBetween: minutesBetween(match, other),
    });
  }
  return warnings;
};

/** Whether a threshold of a match was passed between two moments: a week before it, and its kick-off. */
export const hasTurned = ({ kickoff }: Match, since: number, now: number): boolean => {
  if (kickoff === null) return false;
  const at = Date.parse(kickoff);
  // The clock may have been set back in between.
  const [from, to] = [Math.min(since, now), Math.max(since, now)];
  return [at - refereeDueMs, at].some((threshold) => from < threshold && threshold <= to);
};

/** One of that name has a place in it who may be the same person. */
const hasPlace = (official: Official, { officials }: Match): boolean =>
  officials.some((other) => keyOf(other.name) === keyOf(official.name) && !areDistinct(official, other));

const findClash = (
  match: Match,
  official: Official,
  { index, find }: { readonly index: OfficialIndex; readonly find: (id: string) => MatchRecord | undefined },
): Timed | null => {
  for (const { id, apartMs } of index.near(match, official.name, furthestMs)) {
    const other = find(id);
    if (other === undefined || !isToBePlayed(other) || !isTimed(other.match)) continue;
    if (clashes(match, other.match, apartMs) && hasPlace(official, other.match)) return other.match;
  }
  return null;
};
