import { z } from "zod";
import { entryPrefix } from "../../../core/desk/entries.ts";
import type { Loaded } from "../../../core/journal.ts";
import { windowLimits } from "../../../shared/snapshot.ts";
import { messages } from "./messages.ts";
import { readMeta } from "./meta.ts";
import { quarantineSize } from "./quarantine.ts";
import { readRecords, readRows, type Store } from "./records.ts";
import { spillSize } from "./spill.ts";

/** The small facts of the feed. Those that are records are looked at, so that one that cannot be read is told of. */
const readFacts = (store: Store): Loaded["meta"] => {
  const facts = readMeta(store.database, "feed");
  const entries = Object.entries(facts).filter(([name]) => name.startsWith(entryPrefix));
  readRows(
    store,
    "meta",
    entries.map(([name, record]) => ({ name, record })),
  );
  return facts;
};

const newestChangeSchema = z.object({ matchId: z.string(), id: z.int() });

export const load = (store: Store): Loaded => {
  const { database } = store;
  const lastId = (table: string): number => database.number("SELECT seq FROM sqlite_sequence WHERE name = ?", [table]);
  return {
    matches: readRecords(store, {
      table: "matches",
      sql: "SELECT id AS name, record FROM matches",
    }),
    changes: readRecords(store, {
      table: "changes",
      sql: "SELECT id AS name, record FROM changes ORDER BY id DESC LIMIT ?",
      values: [windowLimits.changes],
    }),
    newestChanges: database.rows(
      "SELECT match_id AS matchId, max(id) AS id FROM changes GROUP BY match_id",
      [],
      newestChangeSchema,
    ),
    messages: messages(store, { limit: windowLimits.messages }),
    // What still asks for something must not be pushed out by newer ones that do not.
    alerts: readRecords(store, {
      table: "alerts",
      sql: "SELECT id AS name, record FROM alerts ORDER BY state IN ('active', 'snoozed') DESC, last_at DESC LIMIT ?",
      values: [windowLimits.alerts],
    }).toSorted((a, b) => b.id - a.id),
    gaps: readRecords(store, {
      table: "gaps",
      sql: "SELECT id AS name, record FROM gaps ORDER BY state <> 'closed' DESC, id DESC LIMIT ?",
      values: [windowLimits.gaps],
    }).toSorted((a, b) => b.id - a.id),
    lastCycle:
      readRecords(store, {
        table: "cycles",
        sql: "SELECT id AS name, record FROM cycles ORDER BY id DESC LIMIT 1",
      })[0] ?? null,
    lastIds: {
      message: lastId("messages"),
      change: lastId("changes"),
      alert: lastId("alerts"),
      gap: lastId("gaps"),
    },
    quarantine: quarantineSize(database),
    spilled: spillSize(database),
    meta: readFacts(store),
  };
};
