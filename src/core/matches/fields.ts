import type { FieldChange } from "../../shared/change.ts";
import { type Facts, type MatchField, matchFields } from "../../shared/match.ts";
import { isOnlyLearnt } from "./people.ts";
import { same } from "./same.ts";

/** For what is being made: nobody else has it yet. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The group to which each field belongs, by the name of the group's first field. A group is what moves together: a pin on
 * the map belongs to the venue it was told with, an id to the name.
 */
const groupOf = {
  kickoff: "kickoff",
  status: "status",
  venue: "venue",
  venueId: "venue",
  position: "venue",
  officials: "officials",
  openPlaces: "officials",
  placeStatuses: "officials",
  home: "home",
  homeId: "home",
  away: "away",
  awayId: "away",
  competition: "competition",
  competitionId: "competition",
  number: "number",
  contacts: "contacts",
  playingTime: "playingTime",
} as const satisfies Record<MatchField, MatchField>;
export type Head = (typeof groupOf)[MatchField];
type Detail = Exclude<MatchField, Head>;

export type Group = {
  readonly head: Head;
  readonly details: readonly Detail[];
  /** All of them. */
  readonly fields: readonly MatchField[];
};

const isHead = (field: MatchField): field is Head => groupOf[field] === field;
const isDetail = (field: MatchField): field is Detail => !isHead(field);

export const groups: readonly Group[] = matchFields.filter(isHead).map((head) => {
  const details = matchFields.filter(isDetail).filter((field) => groupOf[field] === head);
  return { head, details, fields: [head, ...details] };
});

const differenceIn = <F extends MatchField>(field: F, before: Facts, after: Facts): FieldChange<F> | null =>
  same(before[field], after[field]) ? null : { field, before: before[field], after: after[field] };

/** The fields of these groups, in the order a person cares for them. */
export const fieldsOf = (some: readonly Group[]): readonly MatchField[] => {
  const fields = some.flatMap((group) => group.fields);
  return fields.length === 1 ? fields : matchFields.filter((field) => fields.includes(field));
};

/** All that differs between two states of a match in these fields, in their order. */
export const differences = (
  before: Facts,
  after: Facts,
  fields: readonly MatchField[] = matchFields,
): readonly FieldChange<MatchField>[] => fields.flatMap((field) => differenceIn(field, before, after) ?? []);

const isNone = (value: unknown): boolean => value === null;

/**
 * Whether a difference only says that more is known than before, or that it goes with the thing it belongs to: the id of a
 * venue that was known by its name, the pin of a venue at which the match is played no longer.
 */
const isLearnt = ({ field, before, after }: FieldChange<MatchField>, isNew: (head: Head) => boolean): boolean => {
  switch (field) {
    case "officials":
      return isOnlyLearnt(before, after);
    case "contacts":
      return isOnlyLearnt(before, after);
    case "placeStatuses":
      // It is news when the place is open, and when it is somebody's.
      return true;
    case "position":
    case "venueId":
    case "homeId":
    case "awayId":
    case "competitionId":
    case "playingTime":
      return isNone(before) || isNone(after) || isNew(groupOf[field]);
    default:
      return false;
  }
};

/** Of all that differs between two states of a match, what is worth telling. */
export const worthTelling = (all: readonly FieldChange<MatchField>[]): readonly FieldChange<MatchField>[] => {
  const isNew = (head: Head): boolean => head !== "playingTime" && all.some(({ field }) => field === head);
  return all.filter((difference) => !isLearnt(difference, isNew));
};
