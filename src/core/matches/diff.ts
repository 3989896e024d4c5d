import type { Difference } from "../../shared/change.ts";
import { type Match, type MatchField, matchFields } from "../../shared/match.ts";
import { samePeople } from "./people.ts";

export const samePosition = (one: Match["position"], other: Match["position"]): boolean =>
  one === other || (one?.latitude === other?.latitude && one?.longitude === other?.longitude);

type Compare = (before: Match, after: Match) => Difference | null;

const text =
  (field: "venue" | "home" | "away" | "competition" | "number"): Compare =>
  (before, after) =>
    before[field] === after[field] ? null : { field, before: before[field], after: after[field] };

const compare: Readonly<Record<MatchField, Compare>> = {
  kickoff: (before, after) =>
    before.kickoff === after.kickoff ? null : { field: "kickoff", before: before.kickoff, after: after.kickoff },
  status: (before, after) =>
    before.status === after.status ? null : { field: "status", before: before.status, after: after.status },
  venue: text("venue"),
  officials: (before, after) =>
    samePeople(before.officials, after.officials)
      ? null
      : { field: "officials", before: before.officials, after: after.officials },
  home: text("home"),
  away: text("away"),
  competition: text("competition"),
  number: text("number"),
  position: (before, after) =>
    samePosition(before.position, after.position)
      ? null
      : { field: "position", before: before.position, after: after.position },
  contacts: (before, after) =>
    samePeople(before.contacts, after.contacts)
      ? null
      : { field: "contacts", before: before.contacts, after: after.contacts },
};

/** What differs between two states of a match, in the order a person cares for it. */
export const differences = (before: Match, after: Match): readonly Difference[] =>
  matchFields.flatMap((field) => compare[field](before, after) ?? []);
