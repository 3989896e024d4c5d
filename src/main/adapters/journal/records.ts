import { z } from "zod";
import type { WantedEvent } from "../../../core/calendar/port.ts";
import type { Known, OutboxRow, RunEntry } from "../../../core/keeper/item.ts";
import type { Log } from "../../../core/ports.ts";
import { targetNameSchema } from "../../../shared/calendar.ts";
import { instantSchema } from "../../../shared/instant.ts";
import { positionSchema } from "../../../shared/match.ts";
import type { Reading, SqlValue } from "./database.ts";

/** The tables that keep records. */
export const recordTableSchema = z.enum([
  "matches",
  "archive",
  "messages",
  "changes",
  "alerts",
  "gaps",
  "cycles",
  "outbox",
  "known_events",
  "runs",
]);
type RecordTable = z.infer<typeof recordTableSchema>;

/** A record that this version cannot read, and where it is. */
export type Unreadable = { readonly table: RecordTable; readonly name: string; readonly record: string };

/** What the journal's readers need. */
export type Store = {
  readonly database: Reading;
  readonly log: Log;
  readonly onUnreadable: (rows: readonly Unreadable[]) => void;
};

const namedSchema = z.looseObject({ matchId: z.string() });

/** An item was called by its match in 0.1. */
const stored = <T>(schema: z.ZodType<T>): z.ZodType<T> =>
  z.preprocess((record) => {
    const named = namedSchema.safeParse(record);
    return named.success ? { id: named.data.matchId, ...named.data } : record;
  }, schema);

const reminderSchema = z.object({ kind: z.enum(["popup", "email"]), minutes: z.int().nonnegative() }).readonly();

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
      // An event of 0.1 had none of ours.
      reminders: z.array(reminderSchema).readonly().nullable().default(null),
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

const namedRow = z.object({ name: z.union([z.string(), z.int()]), record: z.string() });

type Query<T> = {
  readonly table: RecordTable;
  /** Selects `name`, which is a row's own in its table, and `record`. */
  readonly sql: string;
  readonly values?: readonly SqlValue[];
  readonly schema: z.ZodType<T>;
};

/** Unreadable records are left out, so that one of them cannot keep Avspark from starting; somebody hears of them. */
export const readRecords = <T>({ database, log, onUnreadable }: Store, query: Query<T>): readonly T[] => {
  const { table, sql, values = [], schema } = query;
  const unreadable: Unreadable[] = [];
  const records = database.rows(sql, values, namedRow).flatMap(({ name, record }) => {
    const read = parseRecord(schema, record);
    if (read !== null) return [read];
    unreadable.push({ table, name: String(name), record });
    return [];
  });
  if (unreadable.length === 0) return records;
  log.warn("unreadable records in the journal", { table, count: unreadable.length });
  onUnreadable(unreadable);
  return records;
};
