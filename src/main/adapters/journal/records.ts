import { z } from "zod";
import type { KnownRow, OutboxRow, RunEntry } from "../../../core/calendar/store.ts";
import type { Log, WantedEvent } from "../../../core/ports.ts";
import { targetNameSchema } from "../../../shared/calendar.ts";
import { instantSchema } from "../../../shared/instant.ts";
import { positionSchema } from "../../../shared/match.ts";
import { problemSchema } from "../../../shared/problem.ts";
import type { Database, SqlValue } from "./database.ts";

/** What the journal's readers need. */
export type Store = { readonly database: Database; readonly log: Log };

const wantedEventSchema: z.ZodType<WantedEvent> = z
  .object({
    matchId: z.string(),
    hash: z.string(),
    summary: z.string(),
    description: z.string(),
    location: z.string().nullable(),
    start: instantSchema,
    end: instantSchema,
    cancelled: z.boolean(),
    url: z.string(),
    position: positionSchema.nullable(),
  })
  .readonly();

export const outboxRowSchema: z.ZodType<OutboxRow> = z
  .object({
    target: targetNameSchema,
    matchId: z.string(),
    wanted: wantedEventSchema.nullable(),
    urgent: z.boolean(),
    queuedAt: instantSchema,
    attempts: z.int(),
    notBefore: instantSchema.nullable(),
    problem: problemSchema.nullable(),
    state: z.enum(["ready", "dead", "held"]),
  })
  .readonly();

export const knownRowSchema: z.ZodType<KnownRow> = z
  .object({
    target: targetNameSchema,
    matchId: z.string(),
    remoteId: z.string(),
    etag: z.string().nullable(),
    hash: z.string().nullable(),
    actual: z.string(),
    start: instantSchema.nullable(),
    cancelled: z.boolean(),
    writtenAt: instantSchema,
    sequence: z.int(),
    written: wantedEventSchema.nullable(),
  })
  .readonly();

export const runEntrySchema: z.ZodType<RunEntry> = z
  .object({
    run: z.int(),
    target: targetNameSchema,
    matchId: z.string(),
    at: instantSchema,
    before: wantedEventSchema.nullable(),
    after: wantedEventSchema.nullable(),
  })
  .readonly();

/** One JSON record, or null when an older Avspark wrote it in a way this one cannot read. */
export const parseRecord = <T>(schema: z.ZodType<T>, text: string): T | null => {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

/** Records of one JSON column. Unreadable ones are left out, so that one of them cannot keep Avspark from starting. */
export const readRecords = <T>(
  { database, log }: Store,
  query: { readonly sql: string; readonly values?: readonly SqlValue[]; readonly schema: z.ZodType<T> },
): readonly T[] => {
  const texts = database.texts(query.sql, query.values);
  const records = texts.flatMap((text) => {
    const record = parseRecord(query.schema, text);
    return record === null ? [] : [record];
  });
  if (records.length < texts.length)
    log.warn("unreadable rows in the journal", { rows: texts.length - records.length, query: query.sql });
  return records;
};
