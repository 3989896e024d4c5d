import { grouped } from "../../../shared/grouped.ts";
import type { Identify } from "../../../shared/identity.ts";
import type { Official } from "../../../shared/match.ts";
import { compareNames } from "../../../shared/order.ts";
import { playedMinutes } from "../../../shared/playing-time.ts";
import { isActive, type MatchView } from "../../../shared/snapshot.ts";
import { dayAfter, stockholmDay, stockholmMinutes } from "../../../shared/text/format.ts";
import { kicksOffIn, type Range } from "../../parts/days.ts";
import { openPlacesIn } from "../../parts/match.ts";
import { labelsOf, whoIn } from "../../parts/people.ts";

export const sides = ["venue", "referee"] as const;
export type Side = (typeof sides)[number];

/** Where a match is drawn: in minutes after midnight in Stockholm, and in which of its row's lanes. */
export type Block = {
  readonly match: MatchView;
  readonly from: number;
  readonly until: number;
  readonly lane: number;
  /** Whose row it stands in, as the match has them; null in a row that is not a referee's. */
  readonly official: Official | null;
};

/** What a row is about. `nobody`: places that are to be filled; `nowhere`: no venue is told. */
export type Subject =
  | { readonly kind: "venue"; readonly name: string }
  /** `label`: the name, with the number where others have that name. */
  | { readonly kind: "referee"; readonly name: string; readonly label: string; readonly matchId: string }
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

type Place = { readonly key: string; readonly subject: Subject; readonly official: Official | null };
type Timed = Pick<Block, "match" | "from" | "until"> & { readonly day: string };

const ofVenue = ({ venue, venueId }: MatchView): readonly Place[] => [
  venue === null
    ? { key: "", subject: { kind: "nowhere" }, official: null }
    : { key: venueId ?? venue, subject: { kind: "venue", name: venue }, official: null },
];

const ofReferees = (match: MatchView, idOf: Identify, labels: ReadonlyMap<string, string>): readonly Place[] => {
  const places = match.officials.map((official): Place => {
    const { name } = official;
    const key = idOf(official);
    return { key, subject: { kind: "referee", name, label: labels.get(key) ?? name, matchId: match.id }, official };
  });
  const nobody: Place = { key: "", subject: { kind: "nobody" }, official: null };
  return places.length === 0 || openPlacesIn(match) > 0 ? [nobody, ...places] : places;
};

/** Everybody in these matches, once, as one tells them apart. */
const labelsIn = (matches: readonly MatchView[], idOf: Identify): ReadonlyMap<string, string> => {
  const people = new Map<string, Parameters<typeof labelsOf>[0][number]>();
  for (const { officials } of matches)
    for (const official of officials) {
      const id = idOf(official);
      if ((people.get(id)?.number ?? null) === null)
        people.set(id, { id, name: official.name, number: official.number });
    }
  return labelsOf([...people.values()]);
};

/** In which rows a match stands. Somebody may have two places in it, and stands there once. */
const placesBy = (side: Side, matches: readonly MatchView[]): ((match: MatchView) => readonly Place[]) => {
  if (side === "venue") return ofVenue;
  const idOf = whoIn(matches);
  const labels = labelsIn(matches, idOf);
  return (match) => [...new Map(ofReferees(match, idOf, labels).map((place) => [place.key, place])).values()];
};

/** null: it is nobody's, or nowhere. */
export const labelOf = (subject: Subject): string | null => {
  if (subject.kind === "referee") return subject.label;
  return subject.kind === "venue" ? subject.name : null;
};

/** By name; what stands for nobody and nowhere comes first. */
const byName = (a: Row, b: Row): number => compareNames(labelOf(a.subject) ?? "", labelOf(b.subject) ?? "");

/** Each in the first lane that is free by then. They come in the order of their beginning. */
const inLanes = (timed: readonly Omit<Block, "lane">[]): readonly Block[] => {
  const busyUntil: number[] = [];
  return timed.map(({ match, official, from, until }) => {
    const free = busyUntil.findIndex((end) => end <= from);
    const lane = free === -1 ? busyUntil.length : free;
    busyUntil[lane] = until;
    return { match, official, from, until, lane };
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
  const placesOf = placesBy(side, matches);
  const placed = timed.flatMap((one) => placesOf(one.match).map((place) => ({ ...one, ...place })));
  const rows = [...grouped(placed, ({ key }) => key)].flatMap(([key, its]): readonly Row[] => {
    const [first] = its;
    if (first === undefined) return [];
    const days = new Map([...grouped(its, ({ day }) => day)].map(([day, ofDay]) => [day, inLanes(ofDay)]));
    const lanes = 1 + Math.max(...[...days.values()].flat().map(({ lane }) => lane));
    return [{ key, subject: first.subject, lanes, days }];
  });
  return {
    days: daysIn(range).map((day) => hoursOf(day, byDay.get(day) ?? [])),
    rows: rows.toSorted(byName),
    matches: timed.length,
  };
};
