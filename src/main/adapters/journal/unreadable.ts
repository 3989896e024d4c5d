import { z } from "zod";
import type { Log } from "../../../core/ports.ts";
import { type Instant, instantOf } from "../../../shared/instant.ts";
import { failed, type Problem } from "../../../shared/problem.ts";
import type { Database } from "./database.ts";
import { insertRows } from "./insert.ts";
import type { Unreadable } from "./records.ts";
import { columnOf, isRecordTable } from "./stored-kinds.ts";
import type { Troubles } from "./troubles.ts";

/**
 * Gathers the records that this version cannot read. They stay where they are, but their rows may be written anew, so they
 * are copied before anything else is written. A person is told.
 */
export const createUnreadable = (options: {
  readonly keep: (rows: readonly Unreadable[], at: Instant) => Promise<unknown>;
  readonly troubles: Pick<Troubles, "note">;
  readonly log: Log;
}) => {
  const { keep, troubles, log } = options;
  const known = new Set<string>();
  let left: readonly Unreadable[] = [];

  const keepThem = (): void => {
    if (left.length === 0) return;
    const rows = left;
    left = [];
    keep(rows, instantOf(Date.now())).catch((error: unknown) => {
      log.warn("unreadable records could not be copied yet", { reason: String(error) });
      left = [...rows, ...left];
    });
  };

  return {
    found: (rows: readonly Unreadable[]): void => {
      const fresh = rows.filter(({ table, name }) => !known.has(`${table} ${name}`));
      if (fresh.length === 0) return;
      for (const { table, name } of fresh) known.add(`${table} ${name}`);
      troubles.note("records", unreadableProblem(known.size));
      left = [...left, ...fresh];
      keepThem();
    },
    /** Something is about to be written. */
    beforeWriting: keepThem,
  };
};

const unreadableProblem = (count: number): Problem =>
  failed("journal-unreadable", `${count} records in the journal cannot be read by this version. They are kept.`)
    .problem;

export const keepUnreadable = (database: Database, rows: readonly Unreadable[], at: Instant): void =>
  insertRows(database, {
    into: "INSERT INTO unreadable (kind, name, record, kept_at)",
    conflict: "ON CONFLICT DO NOTHING",
    rows: rows.map(({ table, name, record }) => [table, name, record, at]),
  });

const kindRow = z.object({ kind: z.string() });
/** Whom a record that nobody can read speaks of, nobody knows, so it goes when it might be time. True when some have gone. */
export const dropOldUnreadable = (database: Database, before: string): boolean => {
  const kinds = database.rows("SELECT DISTINCT kind FROM unreadable WHERE kept_at < ?", [before], kindRow);
  for (const { kind } of kinds)
    if (isRecordTable(kind))
      database.run(
        `DELETE FROM ${kind} WHERE ${columnOf(kind)} IN (SELECT record FROM unreadable WHERE kind = ?1 AND kept_at < ?2)`,
        [kind, before],
      );
  return database.run("DELETE FROM unreadable WHERE kept_at < ?", [before]) > 0;
};

const keptRow = z.object({ kind: z.string(), name: z.string(), record: z.string() });

export const eraseInUnreadable = (database: Database, erased: (text: string) => string): void => {
  for (const { kind, name, record } of database.rows("SELECT kind, name, record FROM unreadable", [], keptRow)) {
    const written = erased(record);
    if (written === record) continue;
    database.run("UPDATE OR REPLACE unreadable SET record = ? WHERE kind = ? AND name = ? AND record = ?", [
      written,
      kind,
      name,
      record,
    ]);
  }
};
