import type { MessageFilter } from "../../../core/journal.ts";
import type { Act } from "../../../shared/act.ts";
import type { Change } from "../../../shared/change.ts";
import type { MessageSummary } from "../../../shared/message.ts";
import type { SqlValue } from "./database.ts";
import { readRecords, type Store } from "./records.ts";

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
    table: "messages",
    sql: `SELECT m.id AS name, m.summary AS record FROM ${from} ${where} ORDER BY ${id} ${after === undefined ? "DESC" : "ASC"} LIMIT ?`,
    values: [...asked.map(({ value }) => value), filter.limit],
  });
};

export const acts = (
  store: Store,
  { before = Number.MAX_SAFE_INTEGER, limit }: { readonly before?: number; readonly limit: number },
): readonly Act[] =>
  readRecords(store, {
    table: "acts",
    sql: "SELECT id AS name, record FROM acts WHERE id < ? ORDER BY id DESC LIMIT ?",
    values: [before, limit],
  });

export const changesOf = (store: Store, matchId: string): readonly Change[] =>
  readRecords(store, {
    table: "changes",
    sql: "SELECT id AS name, record FROM changes WHERE match_id = ? ORDER BY id DESC",
    values: [matchId],
  });

export const changesAfter = (store: Store, id: number, limit: number): readonly Change[] =>
  readRecords(store, {
    table: "changes",
    sql: "SELECT id AS name, record FROM changes WHERE id > ? ORDER BY id LIMIT ?",
    values: [id, limit],
  });
