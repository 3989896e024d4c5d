import { z } from "zod";
import type { JournaledMessage, QuarantineItem } from "../../../core/journal.ts";
import { instantSchema } from "../../../shared/instant.ts";
import type { Rejection } from "../../../shared/message.ts";
import { blobSchema, type Database, type Reading, type SqlValue } from "./database.ts";
import { insertRows } from "./insert.ts";
import { readRows, type Store } from "./records.ts";
import { storedKinds } from "./stored-kinds.ts";

/** The newest that fit are kept. */
export const quarantineLimits = { messages: 5000, bytes: 50 * 1024 * 1024, payloadBytes: 5 * 1024 * 1024 } as const;

export const insertQuarantine = (database: Database, refused: readonly JournaledMessage[]): void => {
  if (refused.length === 0) return;
  insertRows(database, {
    into: "INSERT INTO quarantine (id, received_at, channel, bytes, kept_bytes, rejections, payload)",
    rows: refused.slice(-quarantineLimits.messages).map(quarantineRow),
  });
  trim(database);
};

const quarantineRow = ({ summary, payload, rejections }: JournaledMessage): readonly SqlValue[] => {
  const kept = payload !== null && payload.byteLength <= quarantineLimits.payloadBytes ? payload : null;
  const { id, receivedAt, channel, bytes } = summary;
  return [id, receivedAt, channel, bytes, kept?.byteLength ?? 0, storedKinds.quarantine.write(rejections), kept];
};

const trim = (database: Database): void => {
  const { count, bytes } = quarantineSize(database);
  if (count <= quarantineLimits.messages && bytes <= quarantineLimits.bytes) return;
  // Everything up to the newest that no longer fits when one counts from the newest down.
  database.run(
    `DELETE FROM quarantine WHERE id <= (
       SELECT max(id) FROM (
         SELECT id, count(*) OVER newest AS messages, sum(kept_bytes) OVER newest AS bytes
         FROM quarantine WINDOW newest AS (ORDER BY id DESC)
       ) WHERE messages > ? OR bytes > ?)`,
    [quarantineLimits.messages, quarantineLimits.bytes],
  );
};

/** Answered from an index alone: it is asked after every batch with a refusal. */
export const quarantineSize = (database: Reading): { readonly count: number; readonly bytes: number } => {
  const [row] = database.rows(
    "SELECT count(*) AS count, coalesce(sum(kept_bytes), 0) AS bytes FROM quarantine INDEXED BY quarantine_size",
    [],
    z.object({ count: z.int(), bytes: z.int() }),
  );
  return row ?? { count: 0, bytes: 0 };
};

const itemRow = z.object({
  id: z.int(),
  receivedAt: instantSchema,
  channel: z.string(),
  bytes: z.int(),
  rejections: z.string(),
  payload: blobSchema.nullable(),
});

/** Why a message was refused, told of in its row; a message whose reasons cannot be read was refused all the same. */
export const rejectionsOf = (store: Store, id: number, text: string | null): readonly Rejection[] =>
  text === null ? [] : (readRows(store, "quarantine", [{ name: id, record: text }])[0] ?? []);

const items = (store: Store, rest: string, values: readonly SqlValue[]): readonly QuarantineItem[] =>
  store.database
    .rows(
      `SELECT id, received_at AS receivedAt, channel, bytes, rejections, payload FROM quarantine ${rest}`,
      values,
      itemRow,
    )
    .map((row) => ({ ...row, rejections: rejectionsOf(store, row.id, row.rejections) }));

export const quarantine = (
  store: Store,
  { before, limit }: { readonly before?: number; readonly limit: number },
): readonly QuarantineItem[] =>
  before === undefined
    ? items(store, "ORDER BY id DESC LIMIT ?", [limit])
    : items(store, "WHERE id < ? ORDER BY id DESC LIMIT ?", [before, limit]);

export const quarantined = (store: Store, id: number): QuarantineItem | null =>
  items(store, "WHERE id = ?", [id])[0] ?? null;

export const release = (database: Database, ids: readonly number[]): void => {
  if (ids.length === 0) return;
  database.run("DELETE FROM quarantine WHERE id IN (SELECT value FROM json_each(?))", [JSON.stringify(ids)]);
};
