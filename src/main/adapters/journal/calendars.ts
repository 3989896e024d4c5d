import type { Batch, KeeperStore } from "../../../core/keeper/item.ts";
import type { WantedEvent } from "../../../core/ports.ts";
import type { TargetName } from "../../../shared/calendar.ts";
import { insertRows } from "./insert.ts";
import { readMeta, writeMeta } from "./meta.ts";
import { knownRowSchema, outboxRowSchema, readRecords, runEntrySchema, type Store } from "./records.ts";

/** So many runs of a calendar can be looked at afterwards. */
const keptRuns = 5;

type Changes = Batch<WantedEvent>;

export const createCalendars = (store: Store): KeeperStore<WantedEvent> => {
  const { database } = store;

  const forget = (table: "outbox" | "known_events", target: TargetName, matchIds: readonly string[]): void => {
    if (matchIds.length === 0) return;
    database.run(`DELETE FROM ${table} WHERE target = ? AND match_id IN (SELECT value FROM json_each(?))`, [
      target,
      JSON.stringify(matchIds),
    ]);
  };

  const put = (
    table: "outbox" | "known_events",
    target: TargetName,
    rows: Changes["outbox"] | Changes["known"],
  ): void =>
    insertRows(database, {
      into: `INSERT INTO ${table} (target, match_id, record)`,
      conflict: "ON CONFLICT DO UPDATE SET record = excluded.record",
      rows: (rows ?? []).map((row) => [target, row.id, JSON.stringify(row)]),
    });

  const addToRun = (target: TargetName, entries: NonNullable<Changes["run"]>): void => {
    if (entries.length === 0) return;
    insertRows(database, {
      into: "INSERT INTO runs (target, run, record)",
      rows: entries.map((entry) => [target, entry.run, JSON.stringify(entry)]),
    });
    database.run(
      `DELETE FROM runs WHERE target = ?1 AND run NOT IN (
         SELECT DISTINCT run FROM runs WHERE target = ?1 ORDER BY run DESC LIMIT ${keptRuns})`,
      [target],
    );
  };

  return {
    load: (target) => ({
      outbox: readRecords(store, {
        sql: "SELECT record FROM outbox WHERE target = ?",
        values: [target],
        schema: outboxRowSchema,
      }),
      known: readRecords(store, {
        sql: "SELECT record FROM known_events WHERE target = ?",
        values: [target],
        schema: knownRowSchema,
      }),
      meta: readMeta(database, target),
    }),
    // What is done goes first: a match may be done and wanted anew in the same batch.
    write: async (target, { outbox, outboxDone = [], known, forgotten = [], run = [], meta }) =>
      database.transaction(() => {
        forget("outbox", target, outboxDone);
        forget("known_events", target, forgotten);
        put("outbox", target, outbox);
        put("known_events", target, known);
        addToRun(target, run);
        writeMeta(database, target, meta);
      }),
    lastRun: (target) =>
      readRecords(store, {
        sql: "SELECT record FROM runs WHERE target = ?1 AND run = (SELECT max(run) FROM runs WHERE target = ?1) ORDER BY id",
        values: [target],
        schema: runEntrySchema,
      }),
    dropRuns: async (target, since) =>
      void database.run("DELETE FROM runs WHERE target = ? AND run >= ?", [target, since]),
  };
};
