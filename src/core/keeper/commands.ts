import type { SyncResult } from "../../shared/calendar.ts";
import { instantOf } from "../../shared/instant.ts";
import { raise } from "../../shared/problem.ts";
import { mark, type OutboxRow, type Wanted } from "./item.ts";
import type { Keeper } from "./keeper.ts";
import { askOf, isUrgent, undoRows } from "./outbox.ts";
import { isOlder } from "./plan.ts";

/** What a person, or a script in their place, may ask of one target. */

export const isWrite = ({ outcome }: SyncResult): boolean =>
  outcome === "inserted" || outcome === "updated" || outcome === "cancelled" || outcome === "removed";

/** Brings some items up to date, also those that failed or were taken back, and waits until each is settled. */
export const syncTarget = <W extends Wanted>(
  keeper: Keeper<W>,
  ids: readonly string[],
  onSettled?: () => void,
): Promise<readonly SyncResult[]> => {
  const marks = ids.map(mark.undone).filter((name) => keeper.state.meta.has(name));
  if (marks.length > 0) keeper.save({ meta: Object.fromEntries(marks.map((name) => [name, null])) });
  // What cannot be read is written again, changed or not.
  if (keeper.target.list === null) keeper.distrust(ids);
  keeper.revive(ids);
  keeper.plan(ids);
  keeper.refresh();
  return keeper.wait(ids, onSettled);
};

/**
 * Takes back the last run, and tells what became of each item of it; what the target does not take now is taken back when it
 * does. Its items are left alone until they really change, or a sync is asked for.
 */
export const undoTarget = async <W extends Wanted>(keeper: Keeper<W>, now: number): Promise<readonly SyncResult[]> => {
  const { state, target, items } = keeper;
  // Whoever asks again for what waits does not mean the run before it.
  const waiting = undoRows(state).length;
  if (waiting > 0) return raise("busy", `The last undo is not done yet. Still to be taken back: ${waiting}.`);
  const entries = state.lastRun();
  const run = entries[0]?.run;
  if (run === undefined) return raise("not-found", "There is no run to take back.");
  const oldest = keeper.oldest();
  const back = entries.filter(({ id }) => !isOlder(state.known.get(id)?.start ?? null, oldest));
  const rows = back.map(
    ({ id, before }): OutboxRow<W> => ({
      target: target.name,
      id,
      // A person wants it, whatever was heard since.
      wanted: before === null ? null : { ...before, rev: state.known.get(id)?.rev },
      urgent: isUrgent({ start: before?.start ?? null, flagged: false, now }),
      queuedAt: instantOf(now),
      state: "ready",
    }),
  );
  const ids = back.map(({ id }) => id);
  keeper.save({
    outbox: rows,
    meta: Object.fromEntries(ids.map((id) => [mark.undone(id), askOf(items.desired(id))])),
  });
  state.dropRuns(run);
  keeper.revive(ids);
  keeper.refresh();
  return keeper.wait(ids);
};
