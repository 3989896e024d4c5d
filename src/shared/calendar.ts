import { z } from "zod";
import { instantSchema } from "./instant.ts";
import { problemSchema } from "./problem.ts";

export const calendarNames = ["ics", "google", "caldav"] as const;
export const calendarNameSchema = z.enum(calendarNames);
export type CalendarName = z.infer<typeof calendarNameSchema>;

export const addressBookNames = ["google-contacts", "carddav"] as const;
export const addressBookNameSchema = z.enum(addressBookNames);
export type AddressBookName = z.infer<typeof addressBookNameSchema>;

/** Where people go, not matches. */
export const isAddressBook = (name: TargetName): name is AddressBookName =>
  addressBookNames.some((book) => book === name);

/** What a person can look into and decide about. */
export const keptNames = [...calendarNames, ...addressBookNames] as const;
export const keptNameSchema = z.enum(keptNames);
export type KeptName = z.infer<typeof keptNameSchema>;

/** Where matches and people go: calendars, address books, and the program that has the service in it as a library. */
export const targetNames = [...keptNames, "program"] as const;
export const targetNameSchema = z.enum(targetNames);
export type TargetName = z.infer<typeof targetNameSchema>;

/** Why a match has no event. */
export const skipReasonSchema = z.enum(["no-kickoff", "too-old", "gone", "removed", "declined", "undone", "unknown"]);
export type SkipReason = z.infer<typeof skipReasonSchema>;

/** One match in one calendar. */
export const placementSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("waiting") }).readonly(),
  z.object({ state: z.literal("there"), at: instantSchema }).readonly(),
  z.object({ state: z.literal("failed"), problem: problemSchema, at: instantSchema }).readonly(),
  z.object({ state: z.literal("differs"), at: instantSchema }).readonly(),
  z.object({ state: z.literal("skipped"), reason: skipReasonSchema }).readonly(),
]);
export type Placement = z.infer<typeof placementSchema>;

export const operationKindSchema = z.enum(["insert", "update", "cancel", "remove", "leave"]);

/** One line of a preview or of a run's result. */
export const plannedOperationSchema = z
  .object({ matchId: z.string(), title: z.string(), kickoff: instantSchema.nullable(), kind: operationKindSchema })
  .readonly();
export type PlannedOperation = z.infer<typeof plannedOperationSchema>;

/** The predecessor's own mark on its events. */
export const defaultTag = "FOGIS_CALENDAR_SYNC";

/** Events of matches that are marked as ours are, under another tag: they are left alone, and ours would stand beside them. */
export const otherTagSchema = z.object({ tag: z.string(), events: z.int() }).readonly();
export type OtherTag = z.infer<typeof otherTagSchema>;

export const previewSchema = z
  .object({
    target: targetNameSchema,
    at: instantSchema,
    operations: z.array(plannedOperationSchema).readonly(),
    unchanged: z.int(),
    /** Those that a person has taken back: they are left so until something else is told of them, or a sync is asked for. */
    undone: z.int().default(0),
    skipped: z.int(),
    /** Removals beyond the guard's cap: they wait for a person. */
    held: z.int(),
    otherTags: z.array(otherTagSchema).readonly(),
  })
  .readonly();
export type Preview = z.infer<typeof previewSchema>;

/** One event that would be removed, and why. `unknown`: it carries our mark, and no match is known that it belongs to. */
export const heldRemovalSchema = z
  .object({
    matchId: z.string(),
    title: z.string(),
    competition: z.string().nullable(),
    kickoff: instantSchema.nullable(),
    reason: skipReasonSchema,
  })
  .readonly();
export type HeldRemoval = z.infer<typeof heldRemovalSchema>;

/** How many of the events of one day, or of one competition, would be removed. */
const shareSchema = z.object({ name: z.string(), removals: z.int(), of: z.int() }).readonly();

/** The removals that wait for a person's word in one calendar, and what they have in common. */
export const heldSchema = z
  .object({
    target: targetNameSchema,
    /** Says which removals these are: with it, `confirm` and `keep` are refused when they have become others. */
    token: z.string(),
    since: instantSchema,
    /** In the order of kick-off. */
    removals: z.array(heldRemovalSchema).readonly(),
    /** How many matches are yet to come by the list, and how many there would be with those that it no longer has. */
    matches: z.object({ now: z.int(), before: z.int() }).readonly(),
    /** By day in Stockholm (`2027-12-05`), the hardest hit first. */
    days: z.array(shareSchema).readonly(),
    /** By competition, the hardest hit first. */
    competitions: z.array(shareSchema).readonly(),
  })
  .readonly();
export type Held = z.infer<typeof heldSchema>;

/** A calendar and how it is doing. */
export const targetStatusSchema = z
  .object({
    name: targetNameSchema,
    /** Calendar name, address or file, without secrets. */
    label: z.string(),
    state: z.discriminatedUnion("name", [
      z.object({ name: z.literal("idle") }).readonly(),
      z.object({ name: z.literal("working"), done: z.int(), of: z.int(), startedAt: instantSchema }).readonly(),
      z
        .object({
          name: z.literal("waiting"),
          since: instantSchema,
          until: instantSchema.nullable(),
          problem: problemSchema,
        })
        .readonly(),
      z.object({ name: z.literal("needs-person"), since: instantSchema, problem: problemSchema }).readonly(),
      z
        .object({
          name: z.literal("needs-preview"),
          since: instantSchema,
          /** Why it waits, where nobody has asked for that. */
          otherTags: z.array(otherTagSchema).readonly().default([]),
        })
        .readonly(),
      z
        .object({
          name: z.literal("needs-confirmation"),
          since: instantSchema,
          removals: z.int(),
          /** Says which removals these are. */
          token: z.string(),
        })
        .readonly(),
      z.object({ name: z.literal("off"), reason: z.enum(["demo", "unconfigured"]) }).readonly(),
    ]),
    there: z.int(),
    waiting: z.int(),
    failed: z.int(),
    differs: z.int(),
    skipped: z.int(),
    /** Of all these, those that a person has taken back and that are left so. */
    undone: z.int().default(0),
    lastWriteAt: instantSchema.nullable(),
    lastCheckAt: instantSchema.nullable(),
    /** The last run can be taken back: there is one, and no undo waits. */
    undoable: z.boolean(),
    signInExpiresAt: instantSchema.nullable(),
    /** Events that have been tried for a minute and are not as they should be; null: there are none. */
    late: z.object({ count: z.int(), since: instantSchema, problem: problemSchema }).readonly().nullable(),
  })
  .readonly();
export type TargetStatus = z.infer<typeof targetStatusSchema>;

/** What is told of a target of which nothing has happened. */
export const untouched = {
  there: 0,
  waiting: 0,
  failed: 0,
  differs: 0,
  skipped: 0,
  undone: 0,
  lastWriteAt: null,
  lastCheckAt: null,
  undoable: false,
  signInExpiresAt: null,
  late: null,
} as const satisfies Omit<TargetStatus, "name" | "label" | "state">;

export const syncOutcomes = [
  "inserted",
  "updated",
  "cancelled",
  "removed",
  "unchanged",
  "skipped",
  "failed",
  "waiting",
] as const;

/** What became of one match in a manual sync. */
export const syncResultSchema = z
  .object({
    matchId: z.string(),
    target: targetNameSchema,
    outcome: z.enum(syncOutcomes),
    reason: skipReasonSchema.nullable(),
    problem: problemSchema.nullable(),
  })
  .readonly();
export type SyncResult = z.infer<typeof syncResultSchema>;
