import type { TargetName } from "../../shared/calendar.ts";
import type { Problem } from "../../shared/problem.ts";
import { failureOf } from "./patience.ts";
import type { CalendarStore, KnownRow, OutboxRow, RunEntry } from "./store.ts";

export type LedgerBatch = Parameters<CalendarStore["write"]>[1];

const emptied = (meta: ReadonlyMap<string, string>): Readonly<Record<string, null>> =>
  Object.fromEntries([...meta.keys()].map((name) => [name, null]));

/**
 * One calendar's part of the store, held in memory and written through. When the store refuses (a full disk), what was to
 * be written is kept and written first of all as soon as it takes it again; until then nothing may be sent to the calendar.
 */
export const createLedger = (store: CalendarStore, target: TargetName) => {
  const loaded = store.load(target);
  const known = new Map<string, KnownRow>(loaded.known.map((row) => [row.matchId, row]));
  const outbox = new Map<string, OutboxRow>(loaded.outbox.map((row) => [row.matchId, row]));
  const meta = new Map<string, string>(Object.entries(loaded.meta));
  let lastRun: readonly RunEntry[] = store.lastRun(target);
  const unsaved: LedgerBatch[] = [];

  const apply = (batch: LedgerBatch): void => {
    for (const id of batch.outboxDone ?? []) outbox.delete(id);
    for (const id of batch.forgotten ?? []) known.delete(id);
    for (const row of batch.outbox ?? []) outbox.set(row.matchId, row);
    for (const row of batch.known ?? []) known.set(row.matchId, row);
    for (const [name, value] of Object.entries(batch.meta ?? {})) {
      if (value === null) meta.delete(name);
      else meta.set(name, value);
    }
    const [first] = batch.run ?? [];
    if (first !== undefined) lastRun = [...(lastRun[0]?.run === first.run ? lastRun : []), ...(batch.run ?? [])];
  };

  /** Writes what is still unwritten; the problem when the store refuses. */
  const save = (): Problem | null => {
    try {
      for (let batch = unsaved[0]; batch !== undefined; batch = unsaved[0]) {
        store.write(target, batch);
        unsaved.shift();
      }
      return null;
    } catch (error) {
      return failureOf(error).problem;
    }
  };

  const commit = (batch: LedgerBatch): Problem | null => {
    apply(batch);
    unsaved.push(batch);
    return save();
  };

  const dropRun = (run: number): void => {
    store.dropRun(target, run);
    lastRun = store.lastRun(target);
  };

  return {
    known: known as ReadonlyMap<string, KnownRow>,
    outbox: outbox as ReadonlyMap<string, OutboxRow>,
    meta: meta as ReadonlyMap<string, string>,
    lastRun: () => lastRun,
    /** The problem when the store refuses; what is in memory stands all the same. */
    commit,
    save,
    dropRun,
    /** What was written to another calendar says nothing of this one. */
    beginAnew: (): void => {
      commit({ outboxDone: [...outbox.keys()], forgotten: [...known.keys()], meta: emptied(meta) });
      for (let [last] = lastRun; last !== undefined; [last] = lastRun) dropRun(last.run);
    },
  };
};
export type Ledger = ReturnType<typeof createLedger>;
