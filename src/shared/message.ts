import { z } from "zod";
import { instantSchema } from "./instant.ts";
import { dialectSchema } from "./match.ts";

/** `health_check`: a word with which somebody tries whether the channel carries; it tells nothing. */
export const messageTypes = ["match_updates", "processing_status", "system_alert", "health_check"] as const;
export const messageTypeSchema = z.enum(messageTypes);
export type MessageType = z.infer<typeof messageTypeSchema>;

export const severities = ["info", "warning", "error", "low", "medium", "high", "critical"] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

export const cycleStatusSchema = z.enum(["started", "completed", "failed"]);

/** Why a piece of input was refused: the exact place and a sentence that never repeats its content. */
export const rejectionSchema = z
  .object({
    /** JSON path from the message's root, e.g. `payload.matches[3].matchid`; `` for the whole. */
    path: z.string(),
    reason: z.string(),
  })
  .readonly();
export type Rejection = z.infer<typeof rejectionSchema>;

/** A match of a list that was refused. `index`: its place in the list, from 0; `path` begins at the list. */
export const rejectedMatchSchema = z.object({ index: z.int(), ...rejectionSchema.unwrap().shape }).readonly();
export type RejectedMatch = z.infer<typeof rejectedMatchSchema>;

/** What a message said, in one line's worth of data. */
export const messageGistSchema = z.discriminatedUnion("type", [
  z
    .object({
      type: z.literal("match_updates"),
      dialect: dialectSchema.nullable(),
      matches: z.int(),
      /** Changes it made to what we knew. */
      changes: z.int(),
      rejected: z.int(),
      /** Fields of the others that could not be read. Messages that were kept before these were counted have none. */
      noted: z.int().default(0),
      /** Up to 8 ids, so that a list can link to matches without the payload. */
      matchIds: z.array(z.string()).readonly(),
    })
    .readonly(),
  z
    .object({
      type: z.literal("processing_status"),
      status: cycleStatusSchema,
      cycle: z.int().nullable(),
      matches: z.int().nullable(),
      durationMs: z.number().nullable(),
    })
    .readonly(),
  z
    .object({
      type: z.literal("system_alert"),
      severity: severitySchema,
      alertType: z.string(),
      text: z.string(),
    })
    .readonly(),
  z.object({ type: z.literal("health_check") }).readonly(),
  z.object({ type: z.literal("invalid"), rejection: rejectionSchema }).readonly(),
]);
export type MessageGist = z.infer<typeof messageGistSchema>;

/** `partly`: a match list of which some matches were refused. `duplicate`: heard before, nothing new in it. */
export const verdictSchema = z.enum(["valid", "partly", "duplicate", "invalid"]);
export type Verdict = z.infer<typeof verdictSchema>;

/** A message as the stream shows it; the payload is fetched by id when it is opened. */
export const messageSummarySchema = z
  .object({
    /** Position in the journal; grows. */
    id: z.int(),
    receivedAt: instantSchema,
    /** The publisher's own time, when it gave one that can be read. */
    publishedAt: instantSchema.nullable(),
    channel: z.string(),
    messageId: z.string().nullable(),
    /** Size on the wire. */
    bytes: z.int(),
    verdict: verdictSchema,
    gist: messageGistSchema,
  })
  .readonly();
export type MessageSummary = z.infer<typeof messageSummarySchema>;
