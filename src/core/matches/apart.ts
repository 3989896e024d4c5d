import { dayMs, hourMs, minuteMs } from "../../shared/duration.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Match } from "../../shared/match.ts";
import { longestMinutes, playedMinutes } from "../../shared/playing-time.ts";

/** How far two matches are apart, in time and on the map. */

/** Without positions two venues are taken to be this far apart in time. */
const unknownTravelMs = 1 * hourMs;
const roadKmPerHour = 70;
/** From one end of the country to the other. */
const longestTravelMs = dayMs;
/** A match with a kick-off. */
export type Timed = Match & { readonly kickoff: Instant };

export const isTimed = (match: Match): match is Timed => match.kickoff !== null;

/** Matches further apart than this never clash. */
export const furthestMs = longestMinutes * minuteMs + longestTravelMs;

/**
 * Whether the earlier of them ends too late for an official to come to the later. Where matches are played one after the
 * other at one venue, their pauses are as short as need be.
 */
export const clashes = (one: Match, other: Match, apartMs: number): boolean => {
  const isFirst = (one.kickoff ?? "") <= (other.kickoff ?? "");
  const earlier = isFirst ? one : other;
  if (isSameVenue(one, other)) return apartMs < playedMinutes(earlier.playingTime, { pause: 0 }) * minuteMs;
  return apartMs < playedMinutes(earlier.playingTime) * minuteMs + travelMs(one, other);
};

const isSameVenue = (one: Match, other: Match): boolean =>
  one.venueId !== null && other.venueId !== null
    ? one.venueId === other.venueId
    : one.venue !== null && one.venue === other.venue;

const travelMs = (a: Match, b: Match): number => {
  const km = kmBetween(a, b);
  return km === null ? unknownTravelMs : Math.min((km / roadKmPerHour) * hourMs, longestTravelMs);
};

/** As the crow flies, to the hectometre; null where the position of one is not known. */
export const kmBetween = (a: Match, b: Match): number | null => {
  if (isSameVenue(a, b)) return 0;
  return a.position === null || b.position === null ? null : Math.round(distanceKm(a.position, b.position) * 10) / 10;
};

/** From the end of the earlier match to the kick-off of the later; negative where they overlap. */
export const minutesBetween = (one: Timed, other: Timed): number => {
  const [earlier, later] = one.kickoff <= other.kickoff ? [one, other] : [other, one];
  const apartMs = Date.parse(later.kickoff) - Date.parse(earlier.kickoff);
  return Math.round(apartMs / minuteMs) - playedMinutes(earlier.playingTime);
};

/** Great-circle distance (haversine) on a sphere of 6371 km. */
const distanceKm = (a: NonNullable<Match["position"]>, b: NonNullable<Match["position"]>): number => {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const half =
    Math.sin(rad(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * Math.sin(rad(b.longitude - a.longitude) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(half));
};
