import type { KeeperStore } from "../../../core/keeper/item.ts";
import { readMeta } from "./meta.ts";
import type { Mirror } from "./mirror.ts";
import type { WritingTask } from "./protocol.ts";
import { readRecords, type Store } from "./records.ts";
import type { StoredItem } from "./stored-kinds.ts";

type Parts = {
  readonly store: Store;
  readonly write: (task: WritingTask) => Promise<void>;
  readonly mirror: Pick<Mirror, "calendarLoaded" | "runLoaded">;
};

/** The keeper's port for targets whose items are of one kind: read here, written on the journal's thread. */
export const createKeeperStore = <W extends StoredItem>(
  { store, write, mirror }: Parts,
  isOfKind: (item: StoredItem) => item is W,
): KeeperStore<W> => {
  const own = (item: StoredItem | null): W | null => (item !== null && isOfKind(item) ? item : null);
  return {
    load: (target) => {
      const outbox = readRecords(store, {
        table: "outbox",
        sql: "SELECT target || ' ' || match_id AS name, record FROM outbox WHERE target = ?",
        values: [target],
      });
      const known = readRecords(store, {
        table: "known_events",
        sql: "SELECT target || ' ' || match_id AS name, record FROM known_events WHERE target = ?",
        values: [target],
      });
      const loaded = {
        outbox: outbox.map((row) => ({ ...row, wanted: own(row.wanted) })),
        known: known.map((row) => ({ ...row, written: own(row.written) })),
        meta: readMeta(store.database, target),
      };
      mirror.calendarLoaded(target, loaded);
      return loaded;
    },
    write: (target, batch) => write({ kind: "calendar", target, batch }),
    lastRun: (target) => {
      const entries = readRecords(store, {
        table: "runs",
        sql: "SELECT id AS name, record FROM runs WHERE target = ?1 AND run = (SELECT max(run) FROM runs WHERE target = ?1) ORDER BY id",
        values: [target],
      });
      const run = entries.map((entry) => ({ ...entry, before: own(entry.before), after: own(entry.after) }));
      mirror.runLoaded(target, run);
      return run;
    },
    dropRuns: (target, since) => write({ kind: "drop-runs", target, since }),
  };
};

/** The items of calendars, and those of address books. */
export const isEvent = (item: StoredItem): item is Extract<StoredItem, { readonly summary: string }> =>
  "summary" in item;
export const isContact = (item: StoredItem): item is Exclude<StoredItem, { readonly summary: string }> =>
  !isEvent(item);
