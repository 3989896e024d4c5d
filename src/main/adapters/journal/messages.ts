import { z } from "zod";
import type { Journal, MessageFilter } from "../../../core/journal.ts";
import { type Change, changeSchema } from "../../../shared/change.ts";
import { type MessageSummary, messageSummarySchema, rejectionSchema } from "../../../shared/message.ts";
import { blobSchema, type SqlValue } from "./database.ts";
import { parseRecord, readRecords, type Store } from "./records.ts";

export const messages = (store: Store, filter: MessageFilter): readonly MessageSummary[] => {
  const { matchId, before, after, channel, type, verdict } = filter;
  // CROSS JOIN keeps the order of the tables: one match has few messages, so they are found first.
  const [id, from] =
    matchId === undefined
      ? ["m.id", "messages m"]
      : ["mm.message_id", "message_matches mm CROSS JOIN messages m ON m.id = mm.message_id"];
  const conditions: readonly (readonly [string, SqlValue | undefined])[] = [
    ["mm.match_id = ?", matchId],
    [`${id} < ?`, before],
    [`${id} > ?`, after],
    ["m.channel = ?", channel],
    ["m.type = ?", type],
    ["m.verdict = ?", verdict],
  ];
  const asked = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  const where = asked.length === 0 ? "" : `WHERE ${asked.map(({ sql }) => sql).join(" AND ")}`;
  return readRecords(store, {
    sql: `SELECT m.summary FROM ${from} ${where} ORDER BY ${id} ${after === undefined ? "DESC" : "ASC"} LIMIT ?`,
    values: [...asked.map(({ value }) => value), filter.limit],
    schema: messageSummarySchema,
  });
};

const payloadRow = z.object({ summary: z.string(), rejections: z.string().nullable(), payload: blobSchema.nullable() });
export const rejectionsSchema = z.array(rejectionSchema).readonly();

export const payload = ({ database }: Store, id: number): ReturnType<Journal["payload"]> => {
  const [row] = database.rows(
    `SELECT summary, rejections, substr(bytes, pack_offset + 1, pack_length) AS payload
     FROM messages LEFT JOIN packs ON first_message = pack WHERE id = ?`,
    [id],
    payloadRow,
  );
  const summary = row === undefined ? null : parseRecord(messageSummarySchema, row.summary);
  if (row === undefined || summary === null) return null;
  const rejections = row.rejections === null ? [] : (parseRecord(rejectionsSchema, row.rejections) ?? []);
  return { summary, rejections, payload: row.payload };
};

export const changesOf = (store: Store, matchId: string): readonly Change[] =>
  readRecords(store, {
    sql: "SELECT record FROM changes WHERE match_id = ? ORDER BY id DESC",
    values: [matchId],
    schema: changeSchema,
  });

export const changesAfter = (store: Store, id: number, limit: number): readonly Change[] =>
  readRecords(store, {
    sql: "SELECT record FROM changes WHERE id > ? ORDER BY id LIMIT ?",
    values: [id, limit],
    schema: changeSchema,
  });
