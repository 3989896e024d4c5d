import { type Match, mainRefereeOf } from "../../shared/match.ts";
import type { Warning } from "../../shared/snapshot.ts";
import type { OfficialIndex } from "./officials.ts";
import type { MatchRecord } from "./record.ts";

const hourMs = 3_600_000;
const refereeDueMs = 7 * 24 * hourMs;
/** A match with what goes before and after it, for the officials. */
const matchMs = 2 * hourMs;
/** Without positions two venues are taken to be this far apart in time. */
const unknownTravelMs = 1 * hourMs;
const roadKmPerHour = 70;
/** From one end of the country to the other. */
const longestTravelMs = 24 * hourMs;
/** Matches further apart than this never clash. */
export const furthestMs = matchMs + longestTravelMs;

/** What a person should know about a match before it is played; nothing once it is over, called off or gone. */
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
  if (record.goneAt !== null || match.status !== "scheduled") return [];
  if (match.kickoff === null) return [{ kind: "no-kickoff" }];
  const kickoff = Date.parse(match.kickoff);
  const ahead = kickoff - context.now;
  if (ahead < 0) return [];
  const warnings: Warning[] = [];
  if (context.lateChangeId !== null) warnings.push({ kind: "late-change", changeId: context.lateChangeId });
  if (ahead < refereeDueMs && mainRefereeOf(match.officials) === null) warnings.push({ kind: "no-referee" });
  for (const official of match.officials) {
    const clash = findClash(record, official.name, context);
    if (clash !== null) warnings.push({ kind: "double-booked", official: official.name, otherMatchId: clash.match.id });
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

const findClash = (
  { match }: MatchRecord,
  official: string,
  { index, find }: { readonly index: OfficialIndex; readonly find: (id: string) => MatchRecord | undefined },
): MatchRecord | null => {
  for (const { id, apartMs } of index.near(match, official, furthestMs)) {
    const other = find(id);
    if (other === undefined || other.goneAt !== null || other.match.status !== "scheduled") continue;
    if (apartMs < matchMs + travelMs(match, other.match)) return other;
  }
  return null;
};

const travelMs = (a: Match, b: Match): number => {
  if (a.venue !== null && a.venue === b.venue) return 0;
  if (a.position === null || b.position === null) return unknownTravelMs;
  return Math.min((distanceKm(a.position, b.position) / roadKmPerHour) * hourMs, longestTravelMs);
};

/** Great-circle distance (haversine) on a sphere of 6371 km. */
const distanceKm = (a: NonNullable<Match["position"]>, b: NonNullable<Match["position"]>): number => {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const half =
    Math.sin(rad(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * Math.sin(rad(b.longitude - a.longitude) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(half));
};
