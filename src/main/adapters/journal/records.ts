import { z } from "zod";
import type { WantedEvent } from "../../../core/calendar/port.ts";
import type { Known, OutboxRow, RunEntry } from "../../../core/keeper/item.ts";
import type { Log } from "../../../core/ports.ts";
import { targetNameSchema } from "../../../shared/calendar.ts";
import { instantSchema } from "../../../shared/instant.ts";
import { positionSchema } from "../../../shared/match.ts";
import type { Reading, SqlValue } from "./database.ts";

/** What the journal's readers need. */
export type Store = { readonly database: Reading; readonly log: Log };

const namedSchema = z.looseObject({ matchId: z.string() });

/** An item was called by its match in 0.1. */
const stored = <T>(schema: z.ZodType<T>): z.ZodType<T> =>
  z.preprocess((record) => {
    const named = namedSchema.safeParse(record);
    return named.success ? { id: named.data.matchId, ...named.data } : record;
  }, schema);

const wantedEventSchema: z.ZodType<WantedEvent> = stored(
  z
    .object({
      id: z.string(),
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
    .readonly(),
);

export const outboxRowSchema: z.ZodType<OutboxRow<WantedEvent>> = stored(
  z
    .object({
      target: targetNameSchema,
      id: z.string(),
      wanted: wantedEventSchema.nullable(),
      urgent: z.boolean(),
      queuedAt: instantSchema,
      // What had failed for good in 0.1 is tried again at every start.
      state: z.enum(["ready", "dead", "held"]).transform((state) => (state === "held" ? "held" : "ready")),
    })
    .readonly(),
);

export const knownRowSchema: z.ZodType<Known<WantedEvent>> = stored(
  z
    .object({
      target: targetNameSchema,
      id: z.string(),
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
    .readonly(),
);

export const runEntrySchema: z.ZodType<RunEntry<WantedEvent>> = stored(
  z
    .object({
      run: z.int(),
      target: targetNameSchema,
      id: z.string(),
      at: instantSchema,
      before: wantedEventSchema.nullable(),
      after: wantedEventSchema.nullable(),
    })
    .readonly(),
);

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
