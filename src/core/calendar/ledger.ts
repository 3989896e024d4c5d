import type { TargetName } from "../../shared/calendar.ts";
import type { Problem } from "../../shared/problem.ts";
import { failureOf } from "./patience.ts";
import type { CalendarStore, KnownRow, OutboxRow, RunEntry } from "./store.ts";

export type LedgerBatch = Parameters<CalendarStore["write"]>[1];

const emptied = (meta: ReadonlyMap<string, string>): Readonly<Record<string, null>> =>
  Object.fromEntries([...meta.keys()].map((name) => [name, null]));

/** By match, the first entry. */
const beginnings = (entries: readonly RunEntry[]): Map<string, RunEntry> =>
  new Map(entries.toReversed().map((entry) => [entry.matchId, entry]));

/**
 * One calendar's part of the store, held in memory and written behind it, in order. When the store refuses (a full disk),
 * what was to be written is kept, and written first of all at the next `save`; until then nothing may be sent to the
 * calendar.
 */
export const createLedger = (options: {
  readonly store: CalendarStore;
  readonly target: TargetName;
  /** Everything is kept. */
  readonly onSaved: () => void;
  /** What is in memory stands all the same. */
  readonly onRefused: (problem: Problem) => void;
}) => {
  const { store, target, onSaved, onRefused } = options;
  const loaded = store.load(target);
  const known = new Map<string, KnownRow>(loaded.known.map((row) => [row.matchId, row]));
  const outbox = new Map<string, OutboxRow>(loaded.outbox.map((row) => [row.matchId, row]));
  const meta = new Map<string, string>(Object.entries(loaded.meta));
  let lastRun = beginnings(store.lastRun(target));
  const unsaved: (() => Promise<void>)[] = [];
  let saving: Promise<void> | null = null;

  const apply = (batch: LedgerBatch): void => {
    for (const id of batch.outboxDone ?? []) outbox.delete(id);
    for (const id of batch.forgotten ?? []) known.delete(id);
    for (const row of batch.outbox ?? []) outbox.set(row.matchId, row);
    for (const row of batch.known ?? []) known.set(row.matchId, row);
    for (const [name, value] of Object.entries(batch.meta ?? {})) {
      if (value === null) meta.delete(name);
      else meta.set(name, value);
    }
    for (const entry of batch.run ?? []) lastRun.set(entry.matchId, entry);
  };

  /** Only the first word of a run on a match says what was there before; a run that never ends would grow for ever. */
  const firstWords = (run: readonly RunEntry[]): readonly RunEntry[] => {
    const [newest] = run;
    const [known] = lastRun.values();
    if (newest !== undefined && newest.run !== known?.run) lastRun = new Map();
    return [...beginnings(run).values()].filter(({ matchId }) => !lastRun.has(matchId));
  };

  const saveAll = async (): Promise<void> => {
    try {
      for (let write = unsaved[0]; write !== undefined; write = unsaved[0]) {
        await write();
        unsaved.shift();
      }
      saving = null;
      onSaved();
    } catch (error) {
      saving = null;
      onRefused(failureOf(error).problem);
    }
  };

  /** Writes what is still unwritten. */
  const save = (): void => {
    if (unsaved.length > 0) saving ??= saveAll();
  };

  const commit = (given: LedgerBatch): void => {
    const batch = given.run === undefined ? given : { ...given, run: firstWords(given.run) };
    apply(batch);
    unsaved.push(async () => store.write(target, batch));
    save();
  };

  const dropRuns = (since: number): void => {
    lastRun = new Map();
    unsaved.push(async () => {
      await store.dropRuns(target, since);
      // Unless another run has begun meanwhile, the one before can be taken back.
      if (lastRun.size === 0) lastRun = beginnings(store.lastRun(target));
    });
    save();
  };

  return {
    known: known as ReadonlyMap<string, KnownRow>,
    outbox: outbox as ReadonlyMap<string, OutboxRow>,
    meta: meta as ReadonlyMap<string, string>,
    /** What the last run changed: the first entry for each match. */
    lastRun: (): readonly RunEntry[] => [...lastRun.values()],
    hasRun: (): boolean => lastRun.size > 0,
    isSaved: (): boolean => unsaved.length === 0,
    isSaving: (): boolean => saving !== null,
    commit,
    save,
    dropRuns,
    /** Resolves when all is kept, or the store has refused. */
    saved: (): Promise<void> => saving ?? Promise.resolve(),
    /** What was written to another calendar says nothing of this one. */
    beginAnew: (): void => {
      commit({ outboxDone: [...outbox.keys()], forgotten: [...known.keys()], meta: emptied(meta) });
      dropRuns(0);
    },
  };
};
export type Ledger = ReturnType<typeof createLedger>;
