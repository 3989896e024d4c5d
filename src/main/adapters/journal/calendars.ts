import type { WantedEvent } from "../../../core/calendar/port.ts";
import type { KeeperStore } from "../../../core/keeper/item.ts";
import { readMeta } from "./meta.ts";
import type { Mirror } from "./mirror.ts";
import type { WritingTask } from "./protocol.ts";
import { readRecords, type Store } from "./records.ts";

/** The calendars' port: read here, written on the journal's thread. */
export const createCalendars = ({
  store,
  write,
  mirror,
}: {
  readonly store: Store;
  readonly write: (task: WritingTask) => Promise<void>;
  readonly mirror: Pick<Mirror, "calendarLoaded" | "runLoaded">;
}): KeeperStore<WantedEvent> => ({
  load: (target) => {
    const loaded = {
      outbox: readRecords(store, {
        table: "outbox",
        sql: "SELECT target || ' ' || match_id AS name, record FROM outbox WHERE target = ?",
        values: [target],
      }),
      known: readRecords(store, {
        table: "known_events",
        sql: "SELECT target || ' ' || match_id AS name, record FROM known_events WHERE target = ?",
        values: [target],
      }),
      meta: readMeta(store.database, target),
    };
    mirror.calendarLoaded(target, loaded);
    return loaded;
  },
  write: (target, batch) => write({ kind: "calendar", target, batch }),
  lastRun: (target) => {
    const run = readRecords(store, {
      table: "runs",
      sql: "SELECT id AS name, record FROM runs WHERE target = ?1 AND run = (SELECT max(run) FROM runs WHERE target = ?1) ORDER BY id",
      values: [target],
    });
    mirror.runLoaded(target, run);
    return run;
  },
  dropRuns: (target, since) => write({ kind: "drop-runs", target, since }),
});
