import { z } from "zod";
import type { TargetName } from "../../../shared/calendar.ts";
import { hasOpenPlace, lacksReferee } from "../../../shared/calendar-feed.ts";
import { dayMs, hourMs } from "../../../shared/duration.ts";
import { type Instant, instantOf } from "../../../shared/instant.ts";
import { matchStatusSchema } from "../../../shared/match.ts";
import { compareNames } from "../../../shared/order.ts";
import { searchFor } from "../../../shared/search.ts";
import { isActive, type MatchView, type Warning } from "../../../shared/snapshot.ts";
import { dayAfter, stockholmDay, stockholmInstant } from "../../../shared/text/format.ts";
import { kicksOffIn, rangeOf, spanSchema } from "../../parts/days.ts";
import {
  isRightlyPlaced,
  isStanding,
  isToBePlayed,
  searchableMatch,
  standingOf,
  standings,
} from "../../parts/match.ts";
import { labelsOf, whoIn } from "../../parts/people.ts";

/** Days without an end, and those from today on. */
export const stretchSchema = z.enum(["coming", "soon", "past"]);
export const changedSchema = z.enum(["unseen", "hour", "day", "week"]);
export const statusChoiceSchema = z.enum([...matchStatusSchema.options, ...standings]);
const warningKinds = ["no-kickoff", "no-referee", "late-change", "double-booked"] as const satisfies Warning["kind"][];
export const warningChoiceSchema = z.enum(["any", ...warningKinds]);

export const filterSchema = z
  .object({
    competition: z.string().nullable(),
    venue: z.string().nullable(),
    /** Whoever has a place in the match: the id by which they are known, and their name. */
    referee: z.object({ id: z.string(), name: z.string() }).readonly().nullable(),
    openPlace: z.string().nullable(),
    warning: warningChoiceSchema.nullable(),
    status: statusChoiceSchema.nullable(),
    days: stretchSchema.or(spanSchema).nullable(),
    changed: changedSchema.nullable(),
    missingOfficial: z.boolean(),
    notInCalendar: z.boolean(),
  })
  .readonly();
export type Filter = z.infer<typeof filterSchema>;

export const noFilter: Filter = {
  competition: null,
  venue: null,
  referee: null,
  openPlace: null,
  warning: null,
  status: null,
  days: null,
  changed: null,
  missingOfficial: false,
  notInCalendar: false,
};

export const isFiltering = (filter: Filter): boolean =>
  Object.values(filter).some((value) => value !== null && value !== false);

/** What the filters need to know besides the match. */
export type Surroundings = {
  /** All there are: of them together one knows who somebody is. */
  readonly matches: readonly MatchView[];
  readonly now: Instant;
  /** Matches with changes the person has not seen. */
  readonly unseen: ReadonlySet<string>;
  /** The calendars in use. */
  readonly targets: readonly TargetName[];
};

export type Passes = (match: MatchView) => boolean;

/** Instants compare as text, which thousands of matches notice. */
const isAhead = ({ kickoff }: MatchView, now: Instant): boolean => kickoff === null || kickoff >= now;

/** A match that is still to be played and has nobody to referee it. */
export const lacksOfficial = (match: MatchView, now: Instant): boolean =>
  isActive(match) && isAhead(match, now) && lacksReferee(match);

/**
 * Some calendar in use should have the match and has not. One that a complete list no longer has, one that was declined and
 * one too old to be touched are rightly not there.
 */
export const isNotInCalendar = (match: MatchView, targets: readonly TargetName[]): boolean =>
  isActive(match) &&
  targets.some((target) => {
    const placement = match.placements[target];
    return placement === undefined || (placement.state !== "differs" && !isRightlyPlaced(placement));
  });

const byDays = (days: NonNullable<Filter["days"]>, now: Instant): Passes => {
  const today = stockholmDay(now);
  if (days === "soon") return kicksOffIn({ from: today, until: dayAfter(today, 7) });
  if (typeof days === "object") return kicksOffIn(rangeOf(days, today));
  const start = stockholmInstant(today, "00:00");
  return ({ kickoff }) => {
    const isPast = kickoff !== null && kickoff < start;
    return isPast === (days === "past");
  };
};

const spans = { hour: hourMs, day: dayMs, week: 7 * dayMs } as const;

const byChange = (changed: NonNullable<Filter["changed"]>, { now, unseen }: Surroundings): Passes => {
  if (changed === "unseen") return ({ id }) => unseen.has(id);
  const since = instantOf(Date.parse(now) - spans[changed]);
  return ({ changedAt }) => changedAt >= since;
};

const byStatus =
  (status: NonNullable<Filter["status"]>): Passes =>
  (match) => {
    const standing = standingOf(match);
    return isStanding(status) ? standing === status : match.goneAt === null && match.status === status;
  };

const byOpenPlace =
  (role: string): Passes =>
  (match) =>
    isActive(match) && hasOpenPlace(match, role);

const byReferee = (id: string, all: readonly MatchView[]): Passes => {
  const idOf = whoIn(all);
  return ({ officials }) => officials.some((official) => idOf(official) === id);
};

/** All filters together; those that are not set cost nothing. */
export const matcher = (filter: Filter, surroundings: Surroundings): Passes => {
  const { competition, venue, referee, openPlace, warning, status, days, changed } = filter;
  const tests: readonly Passes[] = [
    ...(competition === null ? [] : [(match: MatchView) => match.competition === competition]),
    ...(venue === null ? [] : [(match: MatchView) => match.venue === venue]),
    ...(referee === null ? [] : [byReferee(referee.id, surroundings.matches)]),
    ...(openPlace === null ? [] : [byOpenPlace(openPlace)]),
    ...(warning === null
      ? []
      : [({ warnings }: MatchView) => warnings.some(({ kind }) => warning === "any" || warning === kind)]),
    ...(status === null ? [] : [byStatus(status)]),
    ...(filter.missingOfficial ? [(match: MatchView) => lacksOfficial(match, surroundings.now)] : []),
    ...(filter.notInCalendar ? [(match: MatchView) => isNotInCalendar(match, surroundings.targets)] : []),
    ...(changed === null ? [] : [byChange(changed, surroundings)]),
    ...(days === null ? [] : [byDays(days, surroundings.now)]),
  ];
  return (match) => tests.every((passes) => passes(match));
};

/** Counts those that pass. Only those are looked at that are others than the last time. */
export const counterOf = (passes: Passes): ((matches: readonly MatchView[]) => number) => {
  let before: readonly MatchView[] = [];
  let count = 0;
  return (matches) => {
    if (matches.length === before.length) {
      for (const [index, match] of matches.entries()) {
        const was = before[index];
        if (was !== undefined && was !== match) count += Number(passes(match)) - Number(passes(was));
      }
    } else count = matches.filter(passes).length;
    before = matches;
    return count;
  };
};

type Sifted = {
  readonly rows: readonly MatchView[];
  /** How many the search finds that the filters keep out. */
  readonly outside: number;
};

/** What a search finds within the filters, and how much beyond them; without a search nothing is missed. */
export const sift = (matches: readonly MatchView[], typed: string, passes: Passes): Sifted => {
  const search = searchFor(typed);
  if (search.isEmpty) return { rows: matches.filter(passes), outside: 0 };
  const found = matches.filter((match) => search.finds(searchableMatch(match)));
  const rows = found.filter(passes);
  return { rows, outside: found.length - rows.length };
};

const namesOf = (names: Iterable<string | null>): readonly string[] =>
  [...new Set(names)].filter((name) => name !== null).sort(compareNames);

export const competitionsOf = (matches: readonly MatchView[]): readonly string[] =>
  namesOf(matches.map(({ competition }) => competition));

export const venuesOf = (matches: readonly MatchView[]): readonly string[] =>
  namesOf(matches.map(({ venue }) => venue));

/** The roles of which a place is open somewhere. */
export const openRolesOf = (matches: readonly MatchView[]): readonly string[] =>
  namesOf(matches.flatMap((match) => (isToBePlayed(match) ? match.openPlaces : [])));

export const refereesOf = (matches: readonly MatchView[]): readonly NonNullable<Filter["referee"]>[] => {
  const idOf = whoIn(matches);
  const people = new Map<string, { readonly id: string; readonly name: string; readonly number: string | null }>();
  for (const { officials } of matches) {
    for (const official of officials) {
      const id = idOf(official);
      people.set(id, { id, name: official.name, number: official.number ?? people.get(id)?.number ?? null });
    }
  }
  return [...labelsOf([...people.values()])]
    .map(([id, name]) => ({ id, name }))
    .sort((one, other) => compareNames(one.name, other.name));
};
