import type { Journal } from "../../../core/journal.ts";
import type { Database, SqlValue } from "./database.ts";
import { day, hour, minute, toInstant, toSeconds } from "./seconds.ts";

type Limits = Parameters<Journal["cleanSlice"]>[0];

/** One slice removes at most so many rows of a kind: a few milliseconds. */
const sliceRows = 500;
/** Empty pages given back to the system in one slice. */
const slicePages = 64;
/** So many are kept, since the next messages will want them: a journal at its limit neither shrinks nor grows. */
const sparePages = 256;
const historyDays = 180;
const minuteDays = 8;
/** The longest chart. */
const hourDays = 31;

/**
 * Retention in slices. Ids grow with time, so whatever is too old is among the oldest rows and no slice reads further.
 * Never touched: current matches, the calendars' tables, the spill, open gaps, alerts that are active or snoozed.
 */
export const createCleaning = (database: Database): Pick<Journal, "cleanSlice" | "size"> => {
  const pragma = (name: string): number => database.number(`PRAGMA ${name}`);
  const dataBytes = (): number => (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");

  const cleanSlice = (limits: Limits): boolean => {
    if (database.transaction(() => steps(database, limits, dataBytes).some((step) => step()))) return true;
    if (pragma("freelist_count") > sparePages) {
      database.exec(`PRAGMA incremental_vacuum(${slicePages})`);
      return true;
    }
    database.exec("PRAGMA wal_checkpoint(PASSIVE)");
    return false;
  };

  const size = (): ReturnType<Journal["size"]> => ({
    bytes: pragma("page_count") * pragma("page_size"),
    messages: database.number("SELECT count(*) FROM messages"),
    oldestAt: database.texts("SELECT received_at FROM messages ORDER BY id LIMIT 1")[0] ?? null,
  });

  return { cleanSlice, size };
};

type Step = () => boolean;

const steps = (database: Database, { now, days, megabytes }: Limits, dataBytes: () => number): readonly Step[] => {
  const age = (limit: number): string => toInstant(toSeconds(now) - limit * day);
  const cutoff = age(days);
  const isTooLarge = (): boolean => dataBytes() > megabytes * 1_000_000 - sparePages * 8192;
  const remove =
    (sql: string, values: readonly SqlValue[]): Step =>
    () =>
      database.run(sql, values) > 0;

  /** Rows that are too old among the oldest. */
  const oldest = (table: string, column: string, before: string): Step =>
    remove(
      `DELETE FROM ${table} WHERE id IN (
         SELECT id FROM (SELECT id, ${column} AS at FROM ${table} ORDER BY id LIMIT ${sliceRows}) WHERE at < ?)`,
      [before],
    );
  /** Rows that are too old and done with, by an index on their time. */
  const finished = (table: string, condition: string, before: string): Step =>
    remove(`DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${condition} LIMIT ${sliceRows})`, [
      before,
    ]);
  /** Whole steps of time, the oldest first. */
  const counts = (table: string, step: number, keptDays: number): Step =>
    remove(
      `DELETE FROM ${table} WHERE step = ?1 AND at < ?2
         AND at <= (SELECT max(at) FROM (SELECT at FROM ${table} WHERE step = ?1 ORDER BY at LIMIT ${sliceRows}))`,
      [step, toSeconds(now) - keptDays * day],
    );
  const tables = ["stats_channels", "stats_latency", "stats_work"];

  return [
    () => removeMessages(database, isTooLarge() ? null : cutoff),
    oldest("quarantine", "received_at", cutoff),
    oldest("changes", "at", age(historyDays)),
    finished("cycles", "at < ?", cutoff),
    finished("gaps", "from_at < ? AND state = 'closed'", cutoff),
    // Nothing will fill these any more, and they have left every chart.
    finished("gaps", "from_at < ? AND state = 'unfilled'", age(historyDays)),
    finished("alerts", "last_at < ? AND state IN ('resolved', 'acknowledged')", cutoff),
    ...tables.map((table) => counts(table, minute, minuteDays)),
    ...tables.map((table) => counts(table, hour, Math.max(days, hourDays))),
  ];
};

/** Removes the oldest messages; those received before a moment, or any when there is none. */
const removeMessages = (database: Database, before: string | null): boolean => {
  const oldest = `SELECT id, received_at FROM messages ORDER BY id LIMIT ${sliceRows}`;
  const last =
    before === null
      ? database.number(`SELECT max(id) FROM (${oldest})`)
      : database.number(`SELECT max(id) FROM (${oldest}) WHERE received_at < ?`, [before]);
  if (last === 0) return false;
  // A full list speaks of thousands of matches: these rows go first, in slices of their own.
  const links = database.run(
    `DELETE FROM message_matches WHERE (message_id, match_id) IN (
       SELECT message_id, match_id FROM message_matches WHERE message_id <= ? ORDER BY message_id LIMIT ${2 * sliceRows})`,
    [last],
  );
  if (links === 2 * sliceRows) return true;
  database.run("DELETE FROM messages WHERE id <= ?", [last]);
  database.run("DELETE FROM packs WHERE first_message <= ?1 AND last_message <= ?1", [last]);
  return true;
};
