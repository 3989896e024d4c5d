import { z } from "zod";
import { alertCauseSchema, alertSchema } from "./alert.ts";
import { attachmentSchema } from "./attachment.ts";
import { placementSchema, targetNameSchema, targetStatusSchema } from "./calendar.ts";
import { changeSchema } from "./change.ts";
import { settingSchema } from "./config.ts";
import { connectionSchema, gapSchema, sourceStatusSchema } from "./connection.ts";
import { noteSchema, todoItemSchema, toldSchema } from "./desk.ts";
import { instantSchema } from "./instant.ts";
import { dialectSchema, doubtSchema, goneBySchema, matchSchema, notedSchema } from "./match.ts";
import { messageSummarySchema } from "./message.ts";
import { messengerStatusSchema } from "./outward.ts";
import { problemSchema } from "./problem.ts";
import { countersSchema } from "./stats.ts";

/** What a person should know about a match before it is played. */
export const warningSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("no-kickoff") }).readonly(),
  /** No main referee, less than 7 days before kick-off. */
  z.object({ kind: z.literal("no-referee") }).readonly(),
  /** The kick-off was changed less than 48 h before it. */
  z.object({ kind: z.literal("late-change"), changeId: z.int() }).readonly(),
  /** The same official elsewhere, too close in time for the distance. */
  z
    .object({
      kind: z.literal("double-booked"),
      official: z.string(),
      otherMatchId: z.string(),
      other: z
        .object({
          ...matchSchema.unwrap().pick({ home: true, away: true, kickoff: true, venue: true }).shape,
          // A service of an earlier version does not tell it.
          number: z.string().nullable().default(null),
        })
        .readonly(),
      /** From the end of the earlier to the kick-off of the later; negative where they overlap. */
      minutesBetween: z.int(),
    })
    .readonly(),
]);
export type Warning = z.infer<typeof warningSchema>;

/** A current match with what surrounds it. GET /matches answers these. */
export const matchViewSchema = z
  .object({
    ...matchSchema.unwrap().shape,
    /** When anything last told of it, and when something about it last changed. */
    updatedAt: instantSchema,
    changedAt: instantSchema,
    /** The newest change of it; 0 where none is known. */
    changeId: z.int(),
    /** Which dialects and channels have told us of it. */
    sources: z.array(z.object({ dialect: dialectSchema, channel: z.string() }).readonly()).readonly(),
    /** Set when a complete list no longer had it, or a person removed it. */
    goneAt: instantSchema.nullable(),
    goneBy: goneBySchema.nullable(),
    /** A list lacks it and is not believed in that, until a later one agrees or a person decides. */
    inDoubt: doubtSchema.nullable(),
    /** A person said that it is not theirs: it has no events. */
    declinedAt: instantSchema.nullable(),
    /** A person entered it and no list has had it: it stays until a person removes it. */
    enteredByHand: z.boolean(),
    /** Minutes from kick-off to the end, pauses as far as they are told; null when nobody told. */
    length: z.int().nullable(),
    /** What could not be read of the newest words on it: such a field counts as not told. */
    noted: z.array(notedSchema).readonly(),
    placements: z.partialRecord(targetNameSchema, placementSchema),
    warnings: z.array(warningSchema).readonly(),
    /** Who was told how things stand, and what people noted. */
    told: z.array(toldSchema).readonly(),
    notes: z.array(noteSchema).readonly(),
  })
  .readonly();
export type MatchView = z.infer<typeof matchViewSchema>;

/** Whether anybody here is to care for it: it is neither gone nor declined. */
export const isActive = ({ goneAt, declinedAt }: Pick<MatchView, "goneAt" | "declinedAt">): boolean =>
  goneAt === null && declinedAt === null;

/** One sentence of health: the worst thing there is, since when, and what mends it. `ok`: nothing is wrong, and no alert holds. */
export const healthSchema = z.discriminatedUnion("level", [
  z.object({ level: z.literal("ok"), since: instantSchema }).readonly(),
  z
    .object({
      level: z.enum(["working", "warning", "critical"]),
      since: instantSchema,
      problem: problemSchema,
      /** The calendar that has it. */
      target: targetNameSchema.nullable().default(null),
      /** What mends it, in a word. */
      action: z.enum(["wait", "restart", "settings", "sign-in", "fetch", "confirm", "look", "none"]),
      /** The alert that says it, where nothing else does. */
      alert: z.object({ id: z.int(), cause: alertCauseSchema }).readonly().nullable(),
    })
    .readonly(),
]);
export type Health = z.infer<typeof healthSchema>;

export const cycleSchema = z
  .object({
    at: instantSchema,
    status: z.enum(["started", "completed", "failed"]),
    cycle: z.int().nullable(),
    matches: z.int().nullable(),
    durationMs: z.number().nullable(),
  })
  .readonly();
export type Cycle = z.infer<typeof cycleSchema>;

/** Bounds of what a window holds. */
export const windowLimits = { messages: 2000, changes: 500, gaps: 100, alerts: 200 } as const;

/** So many matches, and subjects of what is to be done, come in a delta at most: more would stop a window for a moment. */
export const deltaLimit = 150;

/** What a window shows, whole; numbered so that deltas can follow. Lists are newest first. */
export const snapshotSchema = z
  .object({
    seq: z.int(),
    version: z.string(),
    mode: z.enum(["demo", "live"]),
    startedAt: instantSchema,
    httpAddress: z.string().nullable(),
    /** Where a program can follow the calendar, without a token; it is a secret. */
    calendarAddress: z.string().nullable(),
    connection: connectionSchema,
    source: sourceStatusSchema,
    health: healthSchema,
    counters: countersSchema,
    lastCycle: cycleSchema.nullable(),
    matches: z.array(matchViewSchema).readonly(),
    changes: z.array(changeSchema).readonly(),
    /** The newest change the person has seen. */
    seenChangeId: z.int(),
    messages: z.array(messageSummarySchema).readonly(),
    alerts: z.array(alertSchema).readonly(),
    gaps: z.array(gapSchema).readonly(),
    quarantine: z.object({ count: z.int(), bytes: z.int() }).readonly(),
    targets: z.array(targetStatusSchema).readonly(),
    settings: z.array(settingSchema).readonly(),
    notificationsMuted: z.boolean(),
    /** What takes notices out of the machine, as far as it is set. */
    messengers: z.array(messengerStatusSchema).readonly(),
    /** What waits for somebody, the most pressing first. */
    todo: z.array(todoItemSchema).readonly(),
    /** How many matches and calendars that is. */
    waiting: z.int(),
    /** How the window stands with a service elsewhere; null: it is not elsewhere. No service tells it: a window does. */
    attachment: attachmentSchema.nullable(),
  })
  .readonly();
export type Snapshot = z.infer<typeof snapshotSchema>;

const shape = snapshotSchema.unwrap().shape;

/**
 * What changed since the delta before. Lists carry only what is new (`messages`, `changes`: to be put in front;
 * `matches`: to replace the match of the same id, `droppedMatchIds` to drop; `todo`: to replace all that waits in a subject);
 * everything else is the whole new value.
 */
export const deltaSchema = z
  .object({
    seq: z.int(),
    set: z
      .object({
        connection: shape.connection,
        source: shape.source,
        health: shape.health,
        counters: shape.counters,
        lastCycle: shape.lastCycle,
        seenChangeId: shape.seenChangeId,
        alerts: shape.alerts,
        gaps: shape.gaps,
        quarantine: shape.quarantine,
        targets: shape.targets,
        settings: shape.settings,
        httpAddress: shape.httpAddress,
        calendarAddress: shape.calendarAddress,
        notificationsMuted: shape.notificationsMuted,
        messengers: shape.messengers,
        waiting: shape.waiting,
        attachment: shape.attachment,
      })
      .partial()
      .readonly(),
    matches: z.array(matchViewSchema).readonly(),
    droppedMatchIds: z.array(z.string()).readonly(),
    /** By subject (`subjectOf`). */
    todo: z.array(z.object({ subject: z.string(), items: z.array(todoItemSchema).readonly() }).readonly()).readonly(),
    changes: z.array(changeSchema).readonly(),
    messages: z.array(messageSummarySchema).readonly(),
    /** Messages that came since the last delta but are not in it, because a window could not show them anyway. */
    skippedMessages: z.int(),
  })
  .readonly();
export type Delta = z.infer<typeof deltaSchema>;

/** What a delta tells that tells nothing. */
export const noNews: Omit<Delta, "seq"> = {
  set: {},
  matches: [],
  droppedMatchIds: [],
  todo: [],
  changes: [],
  messages: [],
  skippedMessages: 0,
};
