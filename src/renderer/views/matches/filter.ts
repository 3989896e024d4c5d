import { z } from "zod";
import type { TargetName } from "../../../shared/calendar.ts";
import { dayMs, hourMs } from "../../../shared/duration.ts";
import { type Instant, instantOf } from "../../../shared/instant.ts";
import { mainRefereeOf, matchStatusSchema } from "../../../shared/match.ts";
import { searchFor } from "../../../shared/search.ts";
import { isActive, type MatchView } from "../../../shared/snapshot.ts";
import { dayAfter, stockholmDay, stockholmInstant } from "../../../shared/text/format.ts";
import { kicksOffIn, rangeOf, spanSchema } from "../../parts/days.ts";
import { searchableMatch } from "../../parts/matchSearch.ts";
import { isStanding, standingOf, standings } from "../../parts/standing.ts";

/** Days without an end, and those from today on. */
export const stretchSchema = z.enum(["coming", "soon", "past"]);
export const changedSchema = z.enum(["unseen", "hour", "day", "week"]);
export const statusChoiceSchema = z.enum([...matchStatusSchema.options, ...standings]);

export const filterSchema = z
  .object({
    search: z.string().max(200),
    competition: z.string().nullable(),
    status: statusChoiceSchema.nullable(),
    days: stretchSchema.or(spanSchema).nullable(),
    changed: changedSchema.nullable(),
    missingOfficial: z.boolean(),
    notInCalendar: z.boolean(),
  })
  .readonly();
export type Filter = z.infer<typeof filterSchema>;

export const noFilter: Filter = {
  search: "",
  competition: null,
  status: null,
  days: null,
  changed: null,
  missingOfficial: false,
  notInCalendar: false,
};

export const isFiltering = (filter: Filter): boolean =>
  filter.search.trim() !== "" ||
  filter.competition !== null ||
  filter.status !== null ||
  filter.days !== null ||
  filter.changed !== null ||
  filter.missingOfficial ||
  filter.notInCalendar;

/** What the filters need to know besides the match. */
export type Surroundings = {
  readonly now: Instant;
  /** Matches with changes the person has not seen. */
  readonly unseen: ReadonlySet<string>;
  /** The calendars in use. */
  readonly targets: readonly TargetName[];
};

type Passes = (match: MatchView) => boolean;

/** Instants compare as text, which thousands of matches notice. */
const isAhead = ({ kickoff }: MatchView, now: Instant): boolean => kickoff === null || kickoff >= now;

/** A match that is still to be played and has nobody to referee it. */
export const lacksOfficial = (match: MatchView, now: Instant): boolean =>
  isActive(match) && match.status === "scheduled" && isAhead(match, now) && mainRefereeOf(match.officials) === null;

/**
 * Some calendar in use should have the match and has not. One that a complete list no longer has, one that was declined and
 * one too old to be touched are rightly not there.
 */
export const isNotInCalendar = (match: MatchView, targets: readonly TargetName[]): boolean =>
  isActive(match) &&
  targets.some((target) => {
    const placement = match.placements[target];
    if (placement === undefined) return true;
    if (placement.state === "skipped") return placement.reason !== "too-old" && placement.reason !== "gone";
    return placement.state === "waiting" || placement.state === "failed";
  });

const bySearch = (typed: string): Passes => {
  const search = searchFor(typed);
  return (match) => search.finds(searchableMatch(match));
};

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

/** All filters together; those that are not set cost nothing. */
export const matcher = (filter: Filter, surroundings: Surroundings): Passes => {
  const tests: readonly Passes[] = [
    ...(filter.competition === null ? [] : [({ competition }: MatchView) => competition === filter.competition]),
    ...(filter.status === null ? [] : [byStatus(filter.status)]),
    ...(filter.missingOfficial ? [(match: MatchView) => lacksOfficial(match, surroundings.now)] : []),
    ...(filter.notInCalendar ? [(match: MatchView) => isNotInCalendar(match, surroundings.targets)] : []),
    ...(filter.changed === null ? [] : [byChange(filter.changed, surroundings)]),
    ...(filter.days === null ? [] : [byDays(filter.days, surroundings.now)]),
    ...(filter.search.trim() === "" ? [] : [bySearch(filter.search)]),
  ];
  return (match) => tests.every((passes) => passes(match));
};
