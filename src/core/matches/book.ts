import type { Placement, TargetName } from "../../shared/calendar.ts";
import type { Change } from "../../shared/change.ts";
import type { MatchView, Warning } from "../../shared/snapshot.ts";
import type { MatchRecord } from "./record.ts";
import { createOfficialIndex, warningsOf } from "./warnings.ts";

type BookOptions = {
  readonly records: readonly MatchRecord[];
  /** Newest first. */
  readonly changes: readonly Change[];
  readonly now: () => number;
  readonly placements: (matchId: string) => Readonly<Partial<Record<TargetName, Placement>>>;
};

/** The current matches, as the journal has them, and how each is shown. */
export const createMatchBook = ({ records: loaded, changes, now, placements }: BookOptions) => {
  const records = new Map(loaded.map((record) => [record.match.id, record]));
  const index = createOfficialIndex();
  const lateChanges = new Map<string, number>();
  const noteLate = (change: Change): void => {
    if (change.urgent && change.difference.field === "kickoff") lateChanges.set(change.matchId, change.id);
  };
  for (const record of loaded) index.put(record.match);
  for (const change of changes.toReversed()) noteLate(change);

  const warnings = (record: MatchRecord): readonly Warning[] =>
    warningsOf(record, {
      now: now(),
      index,
      find: (id) => records.get(id),
      lateChangeId: lateChanges.get(record.match.id) ?? null,
    });

  const viewOf = (record: MatchRecord): MatchView => ({
    ...record.match,
    updatedAt: record.updatedAt,
    changedAt: record.changedAt,
    sources: record.sources,
    goneAt: record.goneAt,
    placements: placements(record.match.id),
    warnings: warnings(record),
  });

  return {
    /** Read by the feed; changed only through `put`. */
    records: records as ReadonlyMap<string, MatchRecord>,
    put: (changed: readonly MatchRecord[], because: readonly Change[]): void => {
      for (const record of changed) {
        records.set(record.match.id, record);
        index.put(record.match);
      }
      for (const change of because) noteLate(change);
    },
    view: (id: string): MatchView | null => {
      const record = records.get(id);
      return record === undefined ? null : viewOf(record);
    },
    /** By kick-off; those without one last. */
    views: (): readonly MatchView[] => [...records.values()].sort(byKickoff).map(viewOf),
    /** Officials of these matches may clash elsewhere: the matches whose warnings may have changed with them. */
    neighbours: (ids: Iterable<string>): readonly string[] =>
      [...ids].flatMap((id) => {
        const match = records.get(id)?.match;
        return match === undefined ? [] : match.officials.flatMap((official) => index.others(match, official.name));
      }),
  };
};
export type MatchBook = ReturnType<typeof createMatchBook>;

const byKickoff = (a: MatchRecord, b: MatchRecord): number => {
  const left = a.match.kickoff ?? "9";
  const right = b.match.kickoff ?? "9";
  return left < right ? -1 : left > right ? 1 : a.match.id < b.match.id ? -1 : 1;
};
