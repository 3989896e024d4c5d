import type { TargetName } from "../../shared/calendar.ts";
import { type Failure, ofCollection } from "./failure.ts";
import type { Batch, KeeperStore, Known, OutboxRow, RunEntry, Wanted } from "./item.ts";

const emptied = (meta: ReadonlyMap<string, string>): Readonly<Record<string, null>> =>
  Object.fromEntries([...meta.keys()].map((name) => [name, null]));

/** By item, the first entry. */
const firstEntries = <W extends Wanted>(entries: readonly RunEntry<W>[]): Map<string, RunEntry<W>> =>
  new Map(entries.toReversed().map((entry) => [entry.id, entry]));

/** What is known of one target and is to be done there, for those who only read it. */
export type TargetFacts<W extends Wanted> = {
  readonly known: ReadonlyMap<string, Known<W>>;
  readonly outbox: ReadonlyMap<string, OutboxRow<W>>;
  readonly meta: ReadonlyMap<string, string>;
};

/**
 * One target's part of the store, held in memory and written behind it, in order. When the store refuses (a full disk),
 * what was to be written is kept, and written first of all at the next `save`; until then nothing may be sent to the
 * target.
 */
export const createTargetState = <W extends Wanted>(options: {
  readonly store: KeeperStore<W>;
  readonly target: TargetName;
  /** Everything is kept. */
  readonly onSaved: () => void;
  /** What is in memory stands all the same. */
  readonly onRefused: (failure: Failure) => void;
}) => {
  const { store, target, onSaved, onRefused } = options;
  const loaded = store.load(target);
  const known = new Map<string, Known<W>>(loaded.known.map((one) => [one.id, one]));
  const outbox = new Map<string, OutboxRow<W>>(loaded.outbox.map((row) => [row.id, row]));
  const meta = new Map<string, string>(Object.entries(loaded.meta));
  let lastRun = firstEntries(store.lastRun(target));
  const unsaved: (() => Promise<void>)[] = [];
  let saving: Promise<void> | null = null;

  const apply = (batch: Batch<W>): void => {
    for (const id of batch.outboxDone ?? []) outbox.delete(id);
    for (const id of batch.forgotten ?? []) known.delete(id);
    for (const row of batch.outbox ?? []) outbox.set(row.id, row);
    for (const one of batch.known ?? []) known.set(one.id, one);
    for (const [name, value] of Object.entries(batch.meta ?? {})) {
      if (value === null) meta.delete(name);
      else meta.set(name, value);
    }
    for (const id of batch.supplanted ?? []) lastRun.delete(id);
    for (const entry of batch.run ?? []) lastRun.set(entry.id, entry);
  };

  /** Only the first word of a run on an item says what was there before; a run that never ends would grow for ever. */
  const newEntries = (run: readonly RunEntry<W>[]): readonly RunEntry<W>[] => {
    const [newest] = run;
    const [earlier] = lastRun.values();
    if (newest !== undefined && newest.run !== earlier?.run) lastRun = new Map();
    return [...firstEntries(run).values()].filter(({ id }) => !lastRun.has(id));
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
      onRefused(ofCollection(error));
    }
  };

  /** Writes what is still unwritten. */
  const save = (): void => {
    if (unsaved.length > 0) saving ??= saveAll();
  };

  const commit = (given: Batch<W>): void => {
    const batch = given.run === undefined ? given : { ...given, run: newEntries(given.run) };
    apply(batch);
    unsaved.push(async () => store.write(target, batch));
    save();
  };

  const dropRuns = (since: number): void => {
    lastRun = new Map();
    unsaved.push(async () => {
      await store.dropRuns(target, since);
      // Unless another run has begun meanwhile, the one before can be taken back.
      if (lastRun.size === 0) lastRun = firstEntries(store.lastRun(target));
    });
    save();
  };

  return {
    known: known as ReadonlyMap<string, Known<W>>,
    outbox: outbox as ReadonlyMap<string, OutboxRow<W>>,
    meta: meta as ReadonlyMap<string, string>,
    /** What the last run changed: the first entry for each item. */
    lastRun: (): readonly RunEntry<W>[] => [...lastRun.values()],
    hasRun: (): boolean => lastRun.size > 0,
    isSaved: (): boolean => unsaved.length === 0,
    commit,
    save,
    dropRuns,
    /** What is left of the last run's entries of these items: the store has had something taken out of them. null: nothing. */
    reviseRun: (ids: readonly string[], left: (entry: RunEntry<W>) => RunEntry<W> | null): void => {
      for (const id of ids) {
        const entry = lastRun.get(id);
        const revised = entry === undefined ? null : left(entry);
        if (revised === null) lastRun.delete(id);
        else lastRun.set(id, revised);
      }
    },
    /** Resolves when all is kept, or the store has refused. */
    saved: (): Promise<void> => saving ?? Promise.resolve(),
    /** What was written to another collection says nothing of this one. */
    beginAnew: (): void => {
      commit({ outboxDone: [...outbox.keys()], forgotten: [...known.keys()], meta: emptied(meta) });
      dropRuns(0);
    },
  };
};
export type TargetState<W extends Wanted> = ReturnType<typeof createTargetState<W>>;
