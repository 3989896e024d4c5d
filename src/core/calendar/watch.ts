import type { SyncResult } from "../../shared/calendar.ts";
import type { WriteOutcome } from "./write.ts";

type Watch = {
  readonly pending: Set<string>;
  readonly results: Map<string, SyncResult>;
  /** What was written since the watch began. */
  readonly written: Map<string, WriteOutcome>;
  readonly onSettled: (() => void) | undefined;
  readonly resolve: (results: readonly SyncResult[]) => void;
};

/** Those who wait until some matches are settled in a calendar. They only look on: the rows and calls are shared. */
export const createWatches = (
  /** What has become of a match; null while that is open. `written`: what was written since the watch began. */
  settled: (matchId: string, written: WriteOutcome | undefined) => SyncResult | null,
) => {
  const watches = new Set<Watch>();

  const look = (watch: Watch, ids: Iterable<string>): void => {
    for (const id of ids) {
      if (!watch.pending.has(id)) continue;
      const result = settled(id, watch.written.get(id));
      if (result === null) continue;
      watch.pending.delete(id);
      watch.results.set(id, result);
      watch.onSettled?.();
    }
    if (watch.pending.size > 0) return;
    watches.delete(watch);
    watch.resolve([...watch.results.values()]);
  };

  return {
    watch: (ids: Iterable<string>, onSettled?: () => void): Promise<readonly SyncResult[]> =>
      new Promise((resolve) => {
        const watch: Watch = { pending: new Set(ids), results: new Map(), written: new Map(), onSettled, resolve };
        watches.add(watch);
        look(watch, [...watch.pending]);
      }),
    wrote: (matchId: string, outcome: WriteOutcome): void => {
      for (const watch of watches) watch.written.set(matchId, outcome);
    },
    /** Something may have settled: for these matches, or for all. */
    check: (ids?: readonly string[]): void => {
      for (const watch of [...watches]) look(watch, ids ?? [...watch.pending]);
    },
  };
};
