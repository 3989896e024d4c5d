import { z } from "zod";
import { calendarNames } from "../../../shared/calendar.ts";
import { mainRefereeOf } from "../../../shared/match.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { type Column, columnSchema } from "./columns.ts";

export const sortSchema = z.object({ by: columnSchema, descending: z.boolean() }).readonly();
export type Sort = z.infer<typeof sortSchema>;

export const usualSort: Sort = { by: "kickoff", descending: false };

/** A press on a column's head sorts by it, a second one the other way; what one looks for comes first. */
export const sortAfter = (sort: Sort, pressed: Column): Sort =>
  sort.by === pressed
    ? { by: pressed, descending: !sort.descending }
    : { by: pressed, descending: pressed === "changed" };

const statusOrder = ["cancelled", "abandoned", "postponed", "scheduled", "completed"] as const;
const placementOrder = ["failed", "waiting", "differs", "none", "skipped", "there"] as const;

/** The worst of the calendars speaks for the match. */
const placementRank = ({ placements }: MatchView): number =>
  Math.min(...calendarNames.map((target) => placementOrder.indexOf(placements[target]?.state ?? "none")));

type Key = string | number | null;

const keyOf: Readonly<Record<Column, (match: MatchView) => Key>> = {
  kickoff: (match) => match.kickoff,
  match: (match) => [match.home, match.away].filter((team) => team !== null).join(" ") || null,
  competition: (match) => match.competition,
  venue: (match) => match.venue,
  referee: (match) => mainRefereeOf(match.officials)?.name ?? null,
  officials: (match) => match.officials.length,
  status: (match) => (match.goneAt === null ? statusOrder.indexOf(match.status) : -1) * 100 - match.warnings.length,
  calendar: placementRank,
  changed: (match) => match.changedAt,
  number: (match) => match.number,
};

const collator = new Intl.Collator("sv", { numeric: true });

/**
 * Texts are put in order once each and then compared by their place: thousands of matches share some hundred names, and
 * comparing words by a language's rules is slow.
 */
const ranksOf = (keys: readonly Key[]): ReadonlyMap<Key, number> => {
  const texts = new Set(keys.filter((key) => typeof key === "string"));
  const sorted = [...texts].sort(collator.compare);
  return new Map(sorted.map((text, rank) => [text, rank]));
};

/** Instants sort as text, without any language's rules. */
const isInstant: ReadonlySet<Column> = new Set(["kickoff", "changed"]);

/**
 * The matches by a column; they come in the order of kick-off, which holds among equals. Those that have nothing there
 * come last, whichever way.
 */
export const sortMatches = (matches: readonly MatchView[], { by, descending }: Sort): readonly MatchView[] => {
  if (by === "kickoff" && !descending) return matches;
  const read = keyOf[by];
  const keys = matches.map(read);
  const ranks = isInstant.has(by) ? null : ranksOf(keys);
  const entries = matches.map((match, index) => {
    const key = keys[index] ?? null;
    return { match, key: ranks?.get(key) ?? key };
  });
  const sign = descending ? -1 : 1;
  return entries
    .sort((a, b) => {
      if (a.key === b.key) return 0;
      if (a.key === null) return 1;
      if (b.key === null) return -1;
      return a.key < b.key ? -sign : sign;
    })
    .map(({ match }) => match);
};
