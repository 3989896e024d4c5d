import type { Instant } from "../shared/instant.ts";
import type { Official } from "../shared/match.ts";
import { compareTexts } from "../shared/order.ts";
import type { MatchView } from "../shared/snapshot.ts";
import { stockholmDay } from "../shared/text/format.ts";

type Groups = ReadonlyMap<string, readonly MatchView[]>;

/** Where matches are found without looking through all of them. Every list is in the order of kick-off. */
export type Indexes = {
  readonly byId: ReadonlyMap<string, MatchView>;
  /** By Stockholm day; those without a kick-off have none. */
  readonly byDay: Groups;
  /** By who has a place in them, as far as a match tells (`keyOfOfficial`). */
  readonly byPerson: Groups;
  readonly byVenue: Groups;
  readonly byCompetition: Groups;
  /** The ids of those with changes that the person has not seen. */
  readonly unseen: ReadonlySet<string>;
};

export const noIndexes: Indexes = {
  byId: new Map(),
  byDay: new Map(),
  byPerson: new Map(),
  byVenue: new Map(),
  byCompetition: new Map(),
  unseen: new Set(),
};

/** Matches in the order of kick-off, those without one last. */
export const byKickoff = (a: Pick<MatchView, "kickoff" | "id">, b: Pick<MatchView, "kickoff" | "id">): number =>
  compareTexts(a.kickoff ?? "~", b.kickoff ?? "~") || compareTexts(a.id, b.id);

/** Tells officials apart as far as one match can tell: namesakes who have an id or a number are two. */
export const keyOfOfficial = ({ personId, number, name }: Official): string => personId ?? number ?? name;

/** One match as it was and as it is. */
type Change = { readonly was: MatchView | undefined; readonly is: MatchView | undefined };

type KeysOf = (match: MatchView) => readonly string[];

const groupings: Readonly<Record<"byDay" | "byPerson" | "byVenue" | "byCompetition", KeysOf>> = {
  byDay: ({ kickoff }) => (kickoff === null ? [] : [stockholmDay(kickoff)]),
  byPerson: ({ officials }) => [...new Set(officials.map(keyOfOfficial))],
  byVenue: ({ venue }) => (venue === null ? [] : [venue]),
  byCompetition: ({ competition }) => (competition === null ? [] : [competition]),
};

/** Most come in order: then they are put at the end. */
const insert = (list: MatchView[], match: MatchView): void => {
  const last = list.at(-1);
  if (last === undefined || byKickoff(last, match) < 0) list.push(match);
  else list.splice(placeIn(list, match), 0, match);
};

/** Where a match stands in a list in the order of kick-off, or would stand. */
const placeIn = (list: readonly MatchView[], match: Pick<MatchView, "kickoff" | "id">): number => {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = list[middle];
    if (there !== undefined && byKickoff(there, match) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

const regroup = (before: Groups, changes: readonly Change[], keysOf: KeysOf): Groups => {
  const touched = new Map<string, MatchView[]>();
  const listOf = (key: string): MatchView[] => {
    const list = touched.get(key) ?? [...(before.get(key) ?? [])];
    touched.set(key, list);
    return list;
  };
  for (const { was, is } of changes) {
    if (was !== undefined) {
      for (const key of keysOf(was)) {
        const list = listOf(key);
        const place = placeIn(list, was);
        if (list[place]?.id === was.id) list.splice(place, 1);
      }
    }
    if (is !== undefined) for (const key of keysOf(is)) insert(listOf(key), is);
  }
  if (touched.size === 0) return before;
  const after = new Map(before);
  for (const [key, list] of touched) {
    if (list.length === 0) after.delete(key);
    else after.set(key, list);
  }
  return after;
};

const isUnseen = ({ changeId }: MatchView, seenChangeId: number): boolean => changeId > seenChangeId;

export const unseenOf = (matches: Iterable<MatchView>, seenChangeId: number): ReadonlySet<string> =>
  new Set([...matches].flatMap((match) => (isUnseen(match, seenChangeId) ? [match.id] : [])));

/** The indexes once some matches are others, or gone; what is not touched stays the same value. */
export const reindex = (
  before: Indexes,
  { put, dropped }: { readonly put: readonly MatchView[]; readonly dropped: readonly string[] },
  seenChangeId: number,
): Indexes => {
  if (put.length === 0 && dropped.length === 0) return before;
  const byId = new Map(before.byId);
  const unseen = new Set(before.unseen);
  const changes: Change[] = [];
  for (const id of dropped) {
    changes.push({ was: byId.get(id), is: undefined });
    byId.delete(id);
    unseen.delete(id);
  }
  for (const match of put) {
    changes.push({ was: byId.get(match.id), is: match });
    byId.set(match.id, match);
    if (isUnseen(match, seenChangeId)) unseen.add(match.id);
    else unseen.delete(match.id);
  }
  return {
    byId,
    byDay: regroup(before.byDay, changes, groupings.byDay),
    byPerson: regroup(before.byPerson, changes, groupings.byPerson),
    byVenue: regroup(before.byVenue, changes, groupings.byVenue),
    byCompetition: regroup(before.byCompetition, changes, groupings.byCompetition),
    unseen,
  };
};

/** The matches that begin after a moment, of all in the order of kick-off. */
export const after = (matches: readonly MatchView[], moment: Instant): readonly MatchView[] =>
  matches.slice(placeIn(matches, { kickoff: moment, id: "~" }));
