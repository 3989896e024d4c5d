import type { Journal } from "../../../core/journal.ts";
import type { Database, SqlValue } from "./database.ts";
import { eraseInOldMessages, eraseInOldQuarantine } from "./erase.ts";
import { pageBytes } from "./prepare.ts";
import { day, hour, minute, toInstant, toSeconds } from "./seconds.ts";
import { isSweepDue, sweep } from "./sweep.ts";
import { dropOldUnreadable } from "./unreadable.ts";

export type CleanLimits = Parameters<Journal["cleanSlice"]>[0];

/** One slice removes at most so many rows of a kind, and payloads of about so many bytes: some milliseconds. */
const sliceRows = 500;
const sliceBytes = 2_000_000;
/** Empty pages given back to the system in one slice. */
const slicePages = 32;
/** So many are kept, since the next messages will want them: a journal at its limit neither shrinks nor grows. */
const sparePages = 128;
const historyDays = 180;
/** A season and the one after it: when it is asked who did something. */
const actDays = 730;
/** What one entry of a timeline takes, about. */
const changeBytes = 500;
/** And an archived match. */
const matchBytes = 1500;
const minuteDays = 8;
/** The longest chart. */
const hourDays = 31;

/**
 * Retention in slices. Ids grow with time, so whatever is too old is among the oldest rows and no slice reads further.
 * Never touched: current matches, the calendars' tables, the spill, open gaps. What asks for something (unfilled gaps,
 * active alerts) stays for half a year; timelines and archived matches as long as there is room.
 */
export const createCleaning = (
  database: Database,
  /** Bytes that are free on the disk. */
  free: () => number,
): ((limits: CleanLimits) => boolean) => {
  const pragma = (name: string): number => database.number(`PRAGMA ${name}`);
  const dataBytes = (): number => (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");

  return (limits) => {
    if (database.transaction(() => steps(database, limits, dataBytes).some((step) => step()))) return true;
    if (pragma("freelist_count") > sparePages) {
      database.exec(`PRAGMA incremental_vacuum(${slicePages})`);
      return true;
    }
    // The file is written anew beside itself, and then over itself.
    if (isSweepDue(database, limits.now) && free() > 3 * pragma("page_count") * pragma("page_size"))
      sweep(database, limits.now);
    // What was erased stands in the log as well, until that is cut.
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return false;
  };
};

type Step = () => boolean;

const steps = (
  database: Database,
  { now, days, megabytes, personalDays }: CleanLimits,
  dataBytes: () => number,
): readonly Step[] => {
  const age = (limit: number): string => toInstant(toSeconds(now) - limit * day);
  const cutoff = age(days);
  // What was spilled leaves by itself; nothing else needs to go for it.
  const isSpilling = (): boolean => database.number("SELECT count(*) FROM (SELECT 1 FROM spill LIMIT 1)") > 0;
  const isTooLarge = (): boolean => dataBytes() > megabytes * 1_000_000 - sparePages * pageBytes && !isSpilling();
  const remove =
    (sql: string, values: readonly SqlValue[]): Step =>
    () =>
      database.run(sql, values) > 0;

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

  const changes = (before: string): Step =>
    remove(
      `DELETE FROM changes WHERE id IN (
         SELECT id FROM (SELECT id, at FROM changes ORDER BY id LIMIT ${sliceRows}) WHERE at < ?)`,
      [before],
    );
  const archived = remove(
    `DELETE FROM archive WHERE id IN (SELECT id FROM archive ORDER BY played_at LIMIT ${sliceRows})`,
    [],
  );
  const timelines = (): boolean => archived() || changes(afterAll)();
  /** When there is too much, the oldest messages go; archived matches and timelines only where they fill half of the room. */
  const tooMuch = (): boolean => {
    if (!isTooLarge()) return false;
    const history =
      changeBytes * database.number("SELECT max(id) - min(id) FROM changes") +
      matchBytes * database.number("SELECT count(*) FROM archive");
    if (history > (megabytes * 1_000_000) / 2) return timelines();
    return removeMessages(database, afterAll) || removeQuarantine(database, afterAll) || timelines();
  };

  return [
    tooMuch,
    () => eraseInOldMessages(database, age(personalDays)),
    () => eraseInOldQuarantine(database, age(personalDays)),
    () => dropOldUnreadable(database, age(personalDays)),
    () => removeMessages(database, cutoff),
    () => removeQuarantine(database, cutoff),
    finished("cycles", "at < ?", cutoff),
    finished("gaps", "from_at < ? AND state = 'closed'", cutoff),
    // Nothing will fill these any more, and they have left every chart.
    finished("gaps", "from_at < ? AND state = 'unfilled'", age(historyDays)),
    finished("alerts", "last_at < ? AND state IN ('resolved', 'acknowledged')", cutoff),
    finished("alerts", "last_at < ?", age(historyDays)),
    finished("acts", "at < ?", age(actDays)),
    ...tables.map((table) => counts(table, minute, minuteDays)),
    ...tables.map((table) => counts(table, hour, Math.max(days, hourDays))),
  ];
};

/** Later than every instant there is. */
const afterAll = "9";

/** The last of the oldest rows that one slice can take: those received before a moment. 0 when there is none. */
const lastOf = (database: Database, table: "messages" | "quarantine", bytes: string, before: string): number =>
  database.number(
    `SELECT max(id) FROM (
       SELECT id, received_at, sum(bytes) OVER oldest AS total, row_number() OVER oldest AS place
       FROM (SELECT id, received_at, ${bytes} AS bytes FROM ${table} ORDER BY id LIMIT ${sliceRows})
       WINDOW oldest AS (ORDER BY id)
     ) WHERE received_at < ? AND (total <= ${sliceBytes} OR place = 1)`,
    [before],
  );

const removeMessages = (database: Database, before: string): boolean => {
  const last = lastOf(database, "messages", "coalesce(pack_length, 0)", before);
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

const removeQuarantine = (database: Database, before: string): boolean => {
  const last = lastOf(database, "quarantine", "kept_bytes", before);
  return last > 0 && database.run("DELETE FROM quarantine WHERE id <= ?", [last]) > 0;
};
