import { z } from "zod";
import type { SpilledMessage } from "../../../core/journal.ts";
import { blobSchema, type Database, type Reading } from "./database.ts";
import { insertRows } from "./insert.ts";

export const spill = (database: Database, messages: readonly Omit<SpilledMessage, "spillId">[]): void =>
  insertRows(database, {
    into: "INSERT INTO spill (channel, received_at, payload)",
    rows: messages.map(({ channel, receivedAt, payload }) => [channel, receivedAt, payload]),
  });

export const unspill = (database: Database, upTo: number): void => {
  if (upTo > 0) database.run("DELETE FROM spill WHERE id <= ?", [upTo]);
};

const spilledRow = z.object({
  spillId: z.int(),
  channel: z.string(),
  receivedAt: z.number(),
  payload: blobSchema,
});

/** The oldest that fit, at least one. Only the payloads of those are read. */
export const spilled = (
  database: Reading,
  { messages, bytes }: { readonly messages: number; readonly bytes: number },
): readonly SpilledMessage[] =>
  database.rows(
    `SELECT id AS spillId, channel, received_at AS receivedAt, payload FROM spill WHERE id IN (
       SELECT id FROM (
         SELECT id, sum(size) OVER (ORDER BY id) - size AS before
         FROM (SELECT id, length(payload) AS size FROM spill ORDER BY id LIMIT ?)
       ) WHERE before < ?) ORDER BY id`,
    [messages, bytes],
    spilledRow,
  );

const spillSchema = z.object({ messages: z.int(), bytes: z.int() });
export const spillSize = (database: Reading): z.infer<typeof spillSchema> =>
  database.rows(
    "SELECT count(*) AS messages, coalesce(sum(length(payload)), 0) AS bytes FROM spill",
    [],
    spillSchema,
  )[0] ?? { messages: 0, bytes: 0 };
