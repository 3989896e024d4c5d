import { keptRuns } from "../../../core/keeper/item.ts";
import type { TargetName } from "../../../shared/calendar.ts";
import { runMatch } from "./archive.ts";
import type { Database } from "./database.ts";
import { insertRows } from "./insert.ts";
import { writeMeta } from "./meta.ts";
import type { CalendarBatch } from "./protocol.ts";
import { type Records, storedKinds } from "./stored-kinds.ts";

/** Writes to the books of one calendar. What is done goes first: a match may be done and wanted anew in the same batch. */
export const writeCalendar = (
  database: Database,
  target: TargetName,
  { outbox = [], outboxDone = [], known = [], forgotten = [], supplanted = [], run = [], meta }: CalendarBatch,
): void => {
  const forget = (table: "outbox" | "known_events", ids: readonly string[]): void => {
    if (ids.length === 0) return;
    database.run(`DELETE FROM ${table} WHERE target = ? AND match_id IN (SELECT value FROM json_each(?))`, [
      target,
      JSON.stringify(ids),
    ]);
  };
  const put = <T extends "outbox" | "known_events">(table: T, rows: readonly Records[T][]): void =>
    insertRows(database, {
      into: `INSERT INTO ${table} (target, match_id, record)`,
      conflict: "ON CONFLICT DO UPDATE SET record = excluded.record",
      rows: rows.map((row) => [target, row.id, storedKinds[table].write(row)]),
    });
  forget("outbox", outboxDone);
  forget("known_events", forgotten);
  put("outbox", outbox);
  put("known_events", known);
  writeMeta(database, target, meta);
  if (supplanted.length > 0) {
    database.run(`DELETE FROM runs WHERE target = ? AND ${runMatch} IN (SELECT value FROM json_each(?))`, [
      target,
      JSON.stringify(supplanted),
    ]);
  }
  if (run.length === 0) return;
  insertRows(database, {
    into: "INSERT INTO runs (target, run, record)",
    rows: run.map((entry) => [target, entry.run, storedKinds.runs.write(entry)]),
  });
  database.run(
    `DELETE FROM runs WHERE target = ?1 AND run NOT IN (
       SELECT DISTINCT run FROM runs WHERE target = ?1 ORDER BY run DESC LIMIT ${keptRuns})`,
    [target],
  );
};
