import { z } from "zod";
import type { WantedEvent } from "../../../core/calendar/port.ts";
import type { WantedContact } from "../../../core/contacts/contact.ts";
import { type Entry, storedEntry } from "../../../core/desk/entries.ts";
import type { Known, OutboxRow, RunEntry } from "../../../core/keeper/item.ts";
import type { MatchRecord } from "../../../core/matches/record.ts";
import { storedMatch } from "../../../core/matches/stored/stored.ts";
import { type StoredKind, storedKind } from "../../../core/stored-kind.ts";
import { type Act, actSchema } from "../../../shared/act.ts";
import { type Alert, alertSchema } from "../../../shared/alert.ts";
import { targetNameSchema } from "../../../shared/calendar.ts";
import { type Change, changeSchema } from "../../../shared/change.ts";
import { type Gap, gapSchema } from "../../../shared/connection.ts";
import { instantSchema } from "../../../shared/instant.ts";
import { addressSchema, phonesSchema, positionSchema } from "../../../shared/match.ts";
import { type MessageSummary, messageSummarySchema, type Rejection, rejectionSchema } from "../../../shared/message.ts";
import { type Cycle, cycleSchema } from "../../../shared/snapshot.ts";
import { markSchema } from "../contacts-mark.ts";

/** What is kept in calendars and in address books. */
export type StoredItem = WantedEvent | WantedContact;

/** What the journal keeps as records, by the table that they are in. */
export type Records = {
  readonly matches: MatchRecord;
  readonly archive: MatchRecord;
  readonly messages: MessageSummary;
  /** Why a message was refused. */
  readonly quarantine: readonly Rejection[];
  readonly changes: Change;
  readonly alerts: Alert;
  readonly acts: Act;
  readonly gaps: Gap;
  readonly cycles: Cycle;
  readonly outbox: OutboxRow<StoredItem>;
  readonly known_events: Known<StoredItem>;
  readonly runs: RunEntry<StoredItem>;
  /** Of the small facts, those that are records. */
  readonly meta: Entry;
};
export type RecordTable = keyof Records;

/** An item was called by its match in 0.1. */
const named = z.looseObject({ matchId: z.string().optional() }).transform(({ matchId, ...item }) => ({
  ...(matchId !== undefined && { id: matchId }),
  ...item,
}));
const namedByMatch = (events: readonly ("wanted" | "written" | "before" | "after")[]): z.ZodType =>
  named.pipe(z.looseObject(Object.fromEntries(events.map((event) => [event, named.nullable()]))));

const reminderSchema = z.object({ kind: z.enum(["popup", "email"]), minutes: z.int().nonnegative() }).readonly();

const wantedEventSchema: z.ZodType<WantedEvent> = z
  .object({
    id: z.string(),
    hash: z.string(),
    summary: z.string(),
    description: z.string(),
    location: z.string().nullable(),
    start: instantSchema,
    end: instantSchema,
    cancelled: z.boolean(),
    url: z.string().nullable(),
    position: positionSchema.nullable(),
    // An event of 0.1 had none of ours.
    reminders: z.array(reminderSchema).readonly().nullable().default(null),
    rev: z.number().optional(),
    theirs: z
      .object({
        description: z.string(),
        source: z.object({ title: z.string().nullable(), url: z.string().nullable() }).readonly().nullable(),
      })
      .readonly()
      .optional(),
  })
  .readonly();

const wantedContactSchema: z.ZodType<WantedContact> = z
  .object({
    id: z.string(),
    hash: z.string(),
    start: z.null(),
    cancelled: z.boolean(),
    person: z
      .object({
        name: z.string(),
        phones: phonesSchema,
        email: z.string().nullable(),
        address: addressSchema.nullable(),
        number: z.string().nullable(),
      })
      .readonly()
      .nullable(),
    inGroup: z.boolean(),
    letGo: z.object({ remoteId: z.string(), isInGroup: z.boolean(), mark: markSchema }).readonly().optional(),
  })
  .readonly();

const itemSchema: z.ZodType<StoredItem> = z.union([wantedEventSchema, wantedContactSchema]);

const outboxRow = storedKind<OutboxRow<StoredItem>>({
  upgrades: [namedByMatch(["wanted"])],
  schema: z
    .object({
      target: targetNameSchema,
      id: z.string(),
      wanted: itemSchema.nullable(),
      urgent: z.boolean(),
      queuedAt: instantSchema,
      // What had failed for good in 0.1 is tried again at every start.
      state: z.enum(["ready", "dead", "held"]).transform((state) => (state === "held" ? "held" : "ready")),
    })
    .readonly(),
});

const knownEvent = storedKind<Known<StoredItem>>({
  upgrades: [namedByMatch(["written"])],
  schema: z
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
      rev: z.number().optional(),
      written: itemSchema.nullable(),
    })
    .readonly(),
});

const runEntry = storedKind<RunEntry<StoredItem>>({
  upgrades: [namedByMatch(["before", "after"])],
  schema: z
    .object({
      run: z.int(),
      target: targetNameSchema,
      id: z.string(),
      at: instantSchema,
      before: itemSchema.nullable(),
      after: itemSchema.nullable(),
    })
    .readonly(),
});

/** How each of them is written and read. A kind that is added has its place here, or this does not compile. */
export const storedKinds: { readonly [T in RecordTable]: StoredKind<Records[T]> } = {
  matches: storedMatch,
  archive: storedMatch,
  messages: storedKind({ schema: messageSummarySchema }),
  quarantine: storedKind({ schema: z.array(rejectionSchema).readonly() }),
  changes: storedKind({ schema: changeSchema }),
  alerts: storedKind({ schema: alertSchema }),
  acts: storedKind({ schema: actSchema }),
  gaps: storedKind({ schema: gapSchema }),
  cycles: storedKind({ schema: cycleSchema }),
  outbox: outboxRow,
  known_events: knownEvent,
  runs: runEntry,
  meta: storedEntry,
};

const columns: Partial<Readonly<Record<RecordTable, string>>> = {
  messages: "summary",
  quarantine: "rejections",
  meta: "value",
};

/** The column that a table's records are in. */
export const columnOf = (table: RecordTable): string => columns[table] ?? "record";

/** What is written in a database may be of another version, which has other tables. */
export const isRecordTable = (name: string): name is RecordTable => Object.hasOwn(storedKinds, name);
