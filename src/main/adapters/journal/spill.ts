import { z } from "zod";
import type { SpilledMessage } from "../../../core/journal.ts";
import { blobSchema, type Database } from "./database.ts";
import { insertRows } from "./insert.ts";

/** Batches follow, and the disk is forced with them. */
export const spill = (database: Database, messages: readonly Omit<SpilledMessage, "spillId">[]): void =>
  database.transaction(
    () =>
      insertRows(database, {
        into: "INSERT INTO spill (channel, received_at, payload)",
        rows: messages.map(({ channel, receivedAt, payload }) => [channel, receivedAt, payload]),
      }),
    { flush: false },
  );

const spilledRow = z.object({
  spillId: z.int(),
  channel: z.string(),
  receivedAt: z.number(),
  payload: blobSchema,
});

export const spilled = (database: Database, limit: number): readonly SpilledMessage[] =>
  database.rows(
    "SELECT id AS spillId, channel, received_at AS receivedAt, payload FROM spill ORDER BY id LIMIT ?",
    [limit],
    spilledRow,
  );
