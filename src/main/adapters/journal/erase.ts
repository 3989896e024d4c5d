import { z } from "zod";
import { entryPrefix } from "../../../core/desk/entries.ts";
import type { Erasure } from "../../../core/journal.ts";
import { recordWith } from "../../../core/matches/contacts.ts";
import type { MatchRecord } from "../../../core/matches/record.ts";
import { actWith, contactsEraser, type Eraser, itemWith } from "../../../core/retention/eraser.ts";
import { personEraser } from "../../../core/retention/person.ts";
import { readableText } from "../text.ts";
import { runMatch } from "./archive.ts";
import { blobSchema, type Database, type SqlValue } from "./database.ts";
import { rewritePayloads } from "./rewrite-payloads.ts";
import { columnOf, type Records, type RecordTable, type StoredItem, storedKinds } from "./stored-kinds.ts";
import { sweepSoon } from "./sweep.ts";
import { eraseInUnreadable } from "./unreadable.ts";

/**
 * Takes personal data out of everything that the journal has. It is overwritten (`secure_delete`), and its last remains go
 * when the file is written anew (sweep.ts).
 */
export const erase = (database: Database, erasure: Erasure): void => {
  switch (erasure.kind) {
    case "contacts":
      eraseContacts(database, erasure.matchIds);
      return;
    case "person":
      erasePerson(database, personEraser(erasure.name, erasure.ways));
      sweepSoon(database);
      return;
    case "person-in-messages": {
      const ids = database
        .rows("SELECT id FROM messages WHERE id > ? AND id <= ?", [erasure.after, erasure.upTo], idRow)
        .map(({ id }) => id);
      rewritePayloads(database, ids, personEraser(erasure.name, erasure.ways).payload);
      return;
    }
  }
};

const eraseContacts = (database: Database, matchIds: readonly string[]): void => {
  eraseInRecords(database, contactsEraser, matchIds);
  const messages = database.rows(
    `SELECT DISTINCT m.id FROM message_matches mm CROSS JOIN messages m ON m.id = mm.message_id
     WHERE mm.match_id IN (SELECT value FROM json_each(?)) AND m.personal = 1`,
    [JSON.stringify(matchIds)],
    idRow,
  );
  eraseInMessages(
    database,
    messages.map(({ id }) => id),
  );
};

const idRow = z.object({ id: z.int() });

/** So many messages, or records, are read at once. */
const slice = 200;
const erasedTo = "erased-to";

/** The contacts in a slice of the messages that came before a moment; true when there may be more. */
export const eraseInOldMessages = (database: Database, before: string): boolean => {
  const from = database.number("SELECT value FROM meta WHERE scope = 'feed' AND name = ?", [erasedTo]);
  const ids = database
    .rows("SELECT id FROM messages WHERE id > ? AND received_at < ? ORDER BY id LIMIT ?", [from, before, slice], idRow)
    .map(({ id }) => id);
  const last = ids.at(-1);
  if (last === undefined) return false;
  eraseInMessages(database, ids);
  database.run(
    "INSERT INTO meta (scope, name, value) VALUES ('feed', ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    [erasedTo, String(last)],
  );
  return true;
};

/** The copies of refused messages that came before a moment: they may be older than any message there is. */
export const eraseInOldQuarantine = (database: Database, before: string): boolean =>
  database.run(
    `UPDATE quarantine SET payload = NULL, kept_bytes = 0
     WHERE id IN (SELECT id FROM quarantine WHERE kept_bytes > 0 AND received_at < ? LIMIT ${slice})`,
    [before],
  ) > 0;

/** A refused message cannot be replayed without what it said, so its copy goes whole. */
const eraseInMessages = (database: Database, ids: readonly number[]): void => {
  rewritePayloads(database, ids, contactsEraser.payload);
  const these = JSON.stringify(ids);
  database.run("UPDATE messages SET personal = 0 WHERE id IN (SELECT value FROM json_each(?))", [these]);
  dropRefused(database, these);
};

const dropRefused = (database: Database, ids: string): void =>
  void database.run(
    "UPDATE quarantine SET payload = NULL, kept_bytes = 0 WHERE payload IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
    [ids],
  );

const erasePerson = (database: Database, eraser: Eraser): void => {
  eraseInRecords(database, eraser, null);
  eraseInUnreadable(database, eraser.payload);
  const refused = database.rows("SELECT id FROM quarantine WHERE payload IS NOT NULL", [], idRow);
  const theirs = refused.filter(({ id }) => {
    const [row] = database.rows("SELECT payload FROM quarantine WHERE id = ?", [id], z.object({ payload: blobSchema }));
    const text = row === undefined ? "" : readableText(row.payload);
    return eraser.payload(text) !== text;
  });
  dropRefused(database, JSON.stringify(theirs.map(({ id }) => id)));
};

const eraseInRecords = (database: Database, eraser: Eraser, matchIds: readonly string[] | null): void => {
  const erased = (item: StoredItem | null): StoredItem | null => itemWith(eraser, item);
  const record = (before: MatchRecord): MatchRecord => recordWith(before, eraser.said);
  const rewriteAll = <T extends RecordTable>(table: Omit<Table<T>, "matchIds" | "unreadable">): void =>
    rewrite(database, { ...table, matchIds, unreadable: eraser.payload });

  for (const table of ["matches", "archive"] as const) rewriteAll({ table, key: "id", match: "id", change: record });
  // Of whatever match they are: it is whose names they bear.
  rewriteAll({ table: "acts", key: "id", match: "''", change: (act) => actWith(eraser, act) });
  rewriteAll({ table: "changes", key: "id", match: "match_id", change: eraser.change });
  rewriteAll({
    table: "outbox",
    key: "rowid",
    match: "match_id",
    change: (row) => changed(row, { wanted: erased(row.wanted) }),
  });
  rewriteAll({
    table: "known_events",
    key: "rowid",
    match: "match_id",
    change: (row) => changed(row, { written: erased(row.written) }),
  });
  rewriteAll({
    table: "runs",
    key: "id",
    match: runMatch,
    change: (row) => changed(row, { before: erased(row.before), after: erased(row.after) }),
  });
  // The other entries are written anew by whoever holds them in memory.
  rewriteAll({ table: "meta", key: "name", match: entryMatch, change: (entry) => entry });
};

/** The same record where the parts are the same. */
const changed = <T extends object>(record: T, parts: Partial<T>): T =>
  Object.entries(parts).every(([name, value]) => Reflect.get(record, name) === value)
    ? record
    : { ...record, ...parts };

/** The match of an entry; null for other small facts. */
const entryMatch = `iif(scope = 'feed' AND name GLOB '${entryPrefix}*', substr(name, ${entryPrefix.length + 1}), NULL)`;

type Table<T extends RecordTable> = {
  readonly table: T;
  /** What its rows are ordered and found by, and what says which match they are of. */
  readonly key: string;
  readonly match: string;
  readonly change: (record: Records[T]) => Records[T];
  /** null: every row. */
  readonly matchIds: readonly string[] | null;
  /** For a record that this version cannot read. */
  readonly unreadable: (text: string) => string;
};

const keyedRow = z.object({ key: z.union([z.int(), z.string()]), record: z.string() });

const rewrite = <T extends RecordTable>(database: Database, options: Table<T>): void => {
  const { table, key, match, change, matchIds, unreadable } = options;
  const column = columnOf(table);
  const theirs = matchIds === null ? `${match} IS NOT NULL` : `${match} IN (SELECT value FROM json_each(?2))`;
  const values = (after: SqlValue): readonly SqlValue[] =>
    matchIds === null ? [after] : [after, JSON.stringify(matchIds)];
  const beginning = table === "matches" || table === "archive" || table === "meta" ? "" : 0;
  for (let after: SqlValue = beginning; ; ) {
    const rows: readonly z.infer<typeof keyedRow>[] = database.rows(
      `SELECT ${key} AS key, ${column} AS record FROM ${table} WHERE ${key} > ?1 AND ${theirs} ORDER BY ${key} LIMIT ${slice}`,
      values(after),
      keyedRow,
    );
    for (const row of rows) {
      const before = storedKinds[table].read(row.record);
      const next = before === null ? null : change(before);
      if (next !== null && next === before) continue;
      const written = next === null ? unreadable(row.record) : storedKinds[table].write(next);
      if (written !== row.record)
        database.run(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ? AND ${match} IS NOT NULL`, [written, row.key]);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < slice) return;
    after = last.key;
  }
};
