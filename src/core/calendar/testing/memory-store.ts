import type { TargetName } from "../../../shared/calendar.ts";
import {
  type KeeperStore,
  type Known,
  keptRuns,
  type OutboxRow,
  type RunEntry,
  type Wanted,
} from "../../keeper/item.ts";
import type { WantedEvent } from "../port.ts";

type Shelf<W extends Wanted> = {
  readonly outbox: Map<string, OutboxRow<W>>;
  readonly known: Map<string, Known<W>>;
  readonly meta: Map<string, string>;
  runs: RunEntry<W>[];
};

/** The store's contract in memory. What is put in is what comes out, also for an engine that begins anew. */
export const createMemoryStore = <W extends Wanted = WantedEvent>(): KeeperStore<W> => {
  const targets = new Map<TargetName, Shelf<W>>();
  const of = (target: TargetName): Shelf<W> => {
    const found: Shelf<W> = targets.get(target) ?? { outbox: new Map(), known: new Map(), meta: new Map(), runs: [] };
    targets.set(target, found);
    return found;
  };
  return {
    load: (target) => {
      const { outbox, known, meta } = of(target);
      return { outbox: [...outbox.values()], known: [...known.values()], meta: Object.fromEntries(meta) };
    },
    write: async (target, batch) => {
      const { outbox = [], outboxDone = [], known = [], forgotten = [], supplanted = [], run = [], meta = {} } = batch;
      const mine = of(target);
      for (const id of outboxDone) mine.outbox.delete(id);
      for (const id of forgotten) mine.known.delete(id);
      for (const row of outbox) mine.outbox.set(row.id, row);
      for (const row of known) mine.known.set(row.id, row);
      mine.runs = [...mine.runs.filter(({ id }) => !supplanted.includes(id)), ...run];
      const kept = [...new Set(mine.runs.map((entry) => entry.run))].sort((a, b) => b - a).slice(0, keptRuns);
      mine.runs = mine.runs.filter((entry) => kept.includes(entry.run));
      for (const [name, value] of Object.entries(meta)) {
        if (value === null) mine.meta.delete(name);
        else mine.meta.set(name, value);
      }
    },
    lastRun: (target) => {
      const { runs } = of(target);
      const last = Math.max(...runs.map(({ run }) => run));
      return runs.filter(({ run }) => run === last);
    },
    dropRuns: async (target, since) => {
      const mine = of(target);
      mine.runs = mine.runs.filter(({ run }) => run < since);
    },
  };
};
