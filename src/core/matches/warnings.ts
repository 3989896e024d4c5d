import { type Match, mainRefereeOf, minutesOf } from "../../shared/match.ts";
import { isActive, type Warning } from "../../shared/snapshot.ts";
import type { OfficialIndex } from "./officials.ts";
import type { MatchRecord } from "./record.ts";

const hourMs = 3_600_000;
const refereeDueMs = 7 * 24 * hourMs;
const minuteMs = 60_000;
/** A match of which nobody told how long it is played. */
const usualMs = 2 * hourMs;
/** The pause between halves where none is told. */
const usualPause = 15;
/** No match is played for longer than this. */
const longestMs = 4 * hourMs;
/** Without positions two venues are taken to be this far apart in time. */
const unknownTravelMs = 1 * hourMs;
const roadKmPerHour = 70;
/** From one end of the country to the other. */
const longestTravelMs = 24 * hourMs;
/** Matches further apart than this never clash. */
export const furthestMs = longestMs + longestTravelMs;

const isToBePlayed = (record: MatchRecord): boolean => isActive(record) && record.match.status === "scheduled";

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
    if (other === undefined || !isToBePlayed(other)) continue;
    if (clashes(match, other.match, apartMs)) return other;
  }
  return null;
};

/**
 * Whether the earlier of them ends too late for an official to come to the later. Where matches are played one after the
 * other at one venue, their pauses are as short as need be.
 */
const clashes = (one: Match, other: Match, apartMs: number): boolean => {
  const isFirst = (one.kickoff ?? "") <= (other.kickoff ?? "");
  const earlier = isFirst ? one : other;
  if (isSameVenue(one, other)) return apartMs < playedMs(earlier, 0);
  return apartMs < playedMs(earlier, usualPause) + travelMs(one, other);
};

/** From kick-off to the final whistle. */
const playedMs = ({ playingTime }: Match, pause: number): number => {
  const minutes = minutesOf(playingTime, pause);
  return minutes === null ? usualMs : Math.min(minutes * minuteMs, longestMs);
};

const isSameVenue = (one: Match, other: Match): boolean =>
  one.venueId !== null && other.venueId !== null
    ? one.venueId === other.venueId
    : one.venue !== null && one.venue === other.venue;

const travelMs = (a: Match, b: Match): number => {
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
