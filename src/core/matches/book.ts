import type { Placement, TargetName } from "../../shared/calendar.ts";
import type { Change } from "../../shared/change.ts";
import type { Match } from "../../shared/match.ts";
import { compareTexts } from "../../shared/order.ts";
import { minutesOf } from "../../shared/playing-time.ts";
import type { MatchView, Warning } from "../../shared/snapshot.ts";
import { furthestMs } from "./apart.ts";
import { createOfficialIndex, type OfficialIndex } from "./officials.ts";
import { isEnteredByHand } from "./presence.ts";
import type { MatchRecord } from "./record.ts";
import { isLateMove } from "./urgent.ts";
import { hasTurned, warningsOf } from "./warnings.ts";

type BookOptions = {
  readonly records: readonly MatchRecord[];
  /** Newest first. */
  readonly changes: readonly Change[];
  /** The newest change of each match that has any, those of long ago too. */
  readonly newestChanges?: readonly { readonly matchId: string; readonly id: number }[];
  readonly now: () => number;
  readonly placements: (matchId: string) => Readonly<Partial<Record<TargetName, Placement>>>;
  /** What people wrote down of a match. */
  readonly written?: (matchId: string) => Pick<MatchView, "told" | "notes">;
};

/** The current matches, as the journal has them, and how each is shown. */
export const createMatchBook = (options: BookOptions) => {
  const { changes, now, placements, written } = options;
  const records = new Map(options.records.map((record) => [record.match.id, record]));
  const officials = createOfficialIndex();
  const unindexed = new Set(records.keys());
  const lateChanges = new Map<string, number>();
  const newest = new Map(options.newestChanges?.map(({ matchId, id }) => [matchId, id]));
  let ordered: readonly MatchRecord[] | null = null;
  let revision = 0;
  const noteLate = ({ id, matchId, difference, at }: Change): void => {
    if (isLateMove(difference, at)) lateChanges.set(matchId, id);
    else if (difference.field === "kickoff") lateChanges.delete(matchId);
  };
  for (const change of changes.toReversed()) noteLate(change);

  /** In a flood a match changes many times before anybody looks. */
  const index = (): OfficialIndex => {
    for (const id of unindexed) {
      const record = records.get(id);
      if (record !== undefined) officials.put(record.match);
    }
    unindexed.clear();
    return officials;
  };

  const warnings = (record: MatchRecord): readonly Warning[] =>
    warningsOf(record, {
      now: now(),
      index: index(),
      find: (id) => records.get(id),
      lateChangeId: lateChanges.get(record.match.id) ?? null,
    });

  const viewOf = (record: MatchRecord): MatchView => ({
    ...record.match,
    updatedAt: record.updatedAt,
    changedAt: record.changedAt,
    changeId: newest.get(record.match.id) ?? 0,
    sources: record.sources,
    goneAt: record.goneAt,
    goneBy: record.goneBy,
    inDoubt: record.inDoubt,
    declinedAt: record.declinedAt,
    enteredByHand: isEnteredByHand(record),
    length: minutesOf(record.match.playingTime, 0),
    noted: record.noted.map(({ path, reason }) => ({ path, reason })),
    placements: placements(record.match.id),
    warnings: warnings(record),
    told: written?.(record.match.id).told ?? [],
    notes: written?.(record.match.id).notes ?? [],
  });

  const inOrder = (): readonly MatchRecord[] => {
    ordered ??= [...records.values()].sort((a, b) => byKickoff(a.match, b.match));
    return ordered;
  };

  return {
    /** Read by the feed; changed only through `put`. */
    records: records as ReadonlyMap<string, MatchRecord>,
    /** Grows whenever a match changes. */
    revision: (): number => revision,
    /** Answers what has changed of matches, as it was and as it is: for `near`. */
    put: (changed: readonly MatchRecord[], because: readonly Change[]): readonly Match[] => {
      const moved: Match[] = [];
      ordered = null;
      revision += 1;
      for (const record of changed) {
        const before = records.get(record.match.id);
        records.set(record.match.id, record);
        if (before !== undefined && isPlayedAlike(before, record)) continue;
        // Whom it shared an official with before, and whom it does now.
        if (before !== undefined) moved.push(before.match);
        moved.push(record.match);
        unindexed.add(record.match.id);
      }
      for (const change of because) {
        noteLate(change);
        newest.set(change.matchId, change.id);
      }
      return moved;
    },
    /** These are current no more. Answers those whose warnings may have changed with that. */
    remove: (ids: readonly string[]): ReadonlySet<string> => {
      const left = ids.flatMap((id) => records.get(id)?.match ?? []);
      const near = index().neighbours(left, furthestMs);
      revision += 1;
      for (const id of ids) {
        records.delete(id);
        unindexed.delete(id);
        lateChanges.delete(id);
        newest.delete(id);
        officials.remove(id);
      }
      ordered = null;
      return near;
    },
    /** The matches whose warnings may have changed with these: those that their officials have near them. */
    near: (moved: readonly Match[]): ReadonlySet<string> => index().neighbours(moved, furthestMs),
    /** Matches whose warnings have changed since that moment only because time has passed. */
    turnedSince: (since: number): readonly string[] =>
      [...records.values()].filter(({ match }) => hasTurned(match, since, now())).map(({ match }) => match.id),
    view: (id: string): MatchView | null => {
      const record = records.get(id);
      return record === undefined ? null : viewOf(record);
    },
    viewOf,
    warningsOf: warnings,
    /** By kick-off; those without one last. */
    inOrder,
    views: (): readonly MatchView[] => inOrder().map(viewOf),
  };
};
export type MatchBook = ReturnType<typeof createMatchBook>;

/** Nothing differs that matters to where its officials are. */
const isPlayedAlike = (before: MatchRecord, after: MatchRecord): boolean =>
  before.match === after.match && before.goneAt === after.goneAt && before.declinedAt === after.declinedAt;

type Placed = Pick<Match, "kickoff" | "id">;

/** Those without a kick-off last. */
export const byKickoff = (a: Placed, b: Placed): number =>
  compareTexts(a.kickoff ?? "9", b.kickoff ?? "9") || compareTexts(a.id, b.id);
