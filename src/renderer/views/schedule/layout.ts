import { grouped } from "../../../shared/grouped.ts";
import { compareNames } from "../../../shared/order.ts";
import { playedMinutes } from "../../../shared/playing-time.ts";
import { isActive, type MatchView } from "../../../shared/snapshot.ts";
import { dayAfter, stockholmDay, stockholmMinutes } from "../../../shared/text/format.ts";
import { keyOfOfficial } from "../../indexes.ts";
import { kicksOffIn, type Range } from "../../parts/days.ts";
import { openPlacesIn } from "../../parts/match.ts";

export const sides = ["venue", "referee"] as const;
export type Side = (typeof sides)[number];

/** Where a match is drawn: in minutes after midnight in Stockholm, and in which of its row's lanes. */
export type Block = {
  readonly match: MatchView;
  readonly from: number;
  readonly until: number;
  readonly lane: number;
};

/** What a row is about. `nobody`: places that are to be filled; `nowhere`: no venue is told. */
export type Subject =
  | { readonly kind: "venue"; readonly name: string }
  | { readonly kind: "referee"; readonly name: string; readonly matchId: string }
  | { readonly kind: "nobody" | "nowhere" };

export type Row = {
  readonly key: string;
  readonly subject: Subject;
  /** How many matches there are at one time, at most. */
  readonly lanes: number;
  readonly days: ReadonlyMap<string, readonly Block[]>;
};

/** A day with the hours that its matches take; none where it has no match. */
export type Day = { readonly day: string; readonly from: number; readonly until: number };

export type Schedule = { readonly days: readonly Day[]; readonly rows: readonly Row[]; readonly matches: number };

/** So short a match is still to be seen. */
const shortest = 30;

type Place = { readonly key: string; readonly subject: Subject };
type Timed = Omit<Block, "lane"> & { readonly day: string };

const placesOf: Readonly<Record<Side, (match: MatchView) => readonly Place[]>> = {
  venue: ({ venue, venueId }) => [
    venue === null
      ? { key: "", subject: { kind: "nowhere" } }
      : { key: venueId ?? venue, subject: { kind: "venue", name: venue } },
  ],
  referee: (match) => {
    const places = match.officials.map(
      (official): Place => ({
        key: keyOfOfficial(official),
        subject: { kind: "referee", name: official.name, matchId: match.id },
      }),
    );
    const nobody: Place = { key: "", subject: { kind: "nobody" } };
    return places.length === 0 || openPlacesIn(match) > 0 ? [nobody, ...places] : places;
  },
};

const nameOf = (subject: Subject): string => ("name" in subject ? subject.name : "");

/** By name; what stands for nobody and nowhere comes first. */
const byName = (a: Row, b: Row): number => compareNames(nameOf(a.subject), nameOf(b.subject));

/** Each in the first lane that is free by then. They come in the order of their beginning. */
const inLanes = (timed: readonly Timed[]): readonly Block[] => {
  const busyUntil: number[] = [];
  return timed.map(({ match, from, until }) => {
    const free = busyUntil.findIndex((end) => end <= from);
    const lane = free === -1 ? busyUntil.length : free;
    busyUntil[lane] = until;
    return { match, from, until, lane };
  });
};

const timedOf = (match: MatchView): readonly Timed[] => {
  const { kickoff, playingTime } = match;
  if (kickoff === null) return [];
  const from = stockholmMinutes(kickoff);
  return [{ match, day: stockholmDay(kickoff), from, until: from + Math.max(shortest, playedMinutes(playingTime)) }];
};

const hoursOf = (day: string, timed: readonly Timed[]): Day =>
  timed.length === 0
    ? { day, from: 0, until: 0 }
    : {
        day,
        from: Math.floor(Math.min(...timed.map(({ from }) => from)) / 60),
        until: Math.ceil(Math.max(...timed.map(({ until }) => until)) / 60),
      };

const daysIn = ({ from, until }: Range): readonly string[] => {
  const days: string[] = [];
  for (let day = from; day < until; day = dayAfter(day, 1)) days.push(day);
  return days;
};

/** The matches (in the order of kick-off) of some days: a row for each venue, or for each referee. */
export const scheduleOf = (matches: readonly MatchView[], range: Range, side: Side): Schedule => {
  const isThen = kicksOffIn(range);
  const timed = matches.filter((match) => isActive(match) && isThen(match)).flatMap(timedOf);
  const byDay = grouped(timed, ({ day }) => day);
  const placed = timed.flatMap((one) =>
    // Somebody may have two places in a match, and stands there once.
    [...new Map(placesOf[side](one.match).map((place) => [place.key, place])).values()].map((place) => ({
      ...one,
      place,
    })),
  );
  const rows = [...grouped(placed, ({ place }) => place.key)].flatMap(([key, its]): readonly Row[] => {
    const [first] = its;
    if (first === undefined) return [];
    const days = new Map([...grouped(its, ({ day }) => day)].map(([day, ofDay]) => [day, inLanes(ofDay)]));
    const lanes = 1 + Math.max(...[...days.values()].flat().map(({ lane }) => lane));
    return [{ key, subject: first.place.subject, lanes, days }];
  });
  return {
    days: daysIn(range).map((day) => hoursOf(day, byDay.get(day) ?? [])),
    rows: rows.toSorted(byName),
    matches: timed.length,
  };
};
