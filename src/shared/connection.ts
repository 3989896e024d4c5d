import { z } from "zod";
import { targetNameSchema } from "./calendar.ts";
import { instantSchema } from "./instant.ts";
import { problemKindSchema, problemSchema } from "./problem.ts";

const since = instantSchema;

/**
 * The subscription's states, drawn in core/feed/connection.ts. `live` is proven by a probe round trip, never assumed;
 * `silent` is a live subscription whose last probe is overdue; `refused` needs a person, though it is tried again.
 */
export const connectionSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("disabled"), since }).readonly(),
  z.object({ state: z.literal("stopped"), since, cause: problemSchema.nullable() }).readonly(),
  z.object({ state: z.literal("connecting"), since, attempt: z.int() }).readonly(),
  z.object({ state: z.literal("subscribing"), since, attempt: z.int() }).readonly(),
  z
    .object({
      state: z.literal("live"),
      since,
      /** When the last probe came back. */
      provenAt: instantSchema,
      /** `publish`: a message through the server to ourselves; `ping`: any other answer, where that is not possible. */
      proof: z.enum(["publish", "ping"]),
      channels: z.array(z.string()).readonly(),
      /** It answers, but says that something is wrong with it, and since when it does. */
      trouble: z.object({ problem: problemSchema, since: instantSchema }).readonly().nullable(),
    })
    .readonly(),
  z
    .object({ state: z.literal("silent"), since, provenAt: instantSchema, channels: z.array(z.string()).readonly() })
    .readonly(),
  z
    .object({ state: z.literal("reconnecting"), since, attempt: z.int(), retryAt: instantSchema, cause: problemSchema })
    .readonly(),
  z
    .object({
      state: z.literal("refused"),
      since,
      attempt: z.int(),
      retryAt: instantSchema.nullable(),
      cause: problemSchema,
    })
    .readonly(),
]);
export type Connection = z.infer<typeof connectionSchema>;

/** Why the subscription was not proven live for a while. */
export const gapCauseSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("not-running") }).readonly(),
  z.object({ kind: z.literal("restart") }).readonly(),
  z.object({ kind: z.literal("asleep") }).readonly(),
  z.object({ kind: z.literal("journal") }).readonly(),
  z.object({ kind: z.literal("lost"), problem: problemSchema }).readonly(),
  /** Entries of the stream are gone that were not read: it was trimmed, or it is another than it was. */
  z.object({ kind: z.literal("stream"), loss: z.enum(["trimmed", "remade"]) }).readonly(),
]);
export type GapCause = z.infer<typeof gapCauseSchema>;

/**
 * A stretch of time in which messages may have been missed. It starts at the last proof of life, not at the moment the
 * loss was noticed. `open`: still deaf. `unfilled`: hearing again, but nothing has told what was said meanwhile.
 * `closed`: a complete list was fetched afterwards.
 */
export const gapSchema = z
  .object({
    id: z.int(),
    from: instantSchema,
    to: instantSchema.nullable(),
    cause: gapCauseSchema,
    state: z.enum(["open", "unfilled", "closed"]),
    filledAt: instantSchema.nullable(),
    /** What the list brought: matches in it, and changes we had missed. */
    brought: z.object({ matches: z.int(), changes: z.int() }).readonly().nullable(),
  })
  .readonly();
export type Gap = z.infer<typeof gapSchema>;

/** The Redis Stream that is read beside the channels. */
export const streamStatusSchema = z
  .object({
    name: z.string(),
    /** The entry up to which it was read; null before the first. */
    lastId: z.string().nullable(),
    /** How many entries were still to be read when it was looked at; null where nobody counts, and before the first look. */
    behind: z.int().nullable(),
    lookedAt: instantSchema.nullable(),
  })
  .readonly();
export type StreamStatus = z.infer<typeof streamStatusSchema>;

/** Whose turn it is to write to a calendar, or an address book, that all nodes of a desk keep. */
const targetTurnSchema = z
  .object({
    target: targetNameSchema,
    isOurs: z.boolean(),
    /** The node that has the turn, as far as is known. */
    holder: z.string().nullable(),
  })
  .readonly();
export type TargetTurn = z.infer<typeof targetTurnSchema>;

/** What a node says of itself to the others. */
export const nodeReportSchema = z
  .object({
    version: z.string(),
    /** How much of the log it has yet to read; null where nobody knows. */
    behind: z.int().nullable(),
    /** How much it has heard that is not in the log as far as it knows. */
    unsaid: z.int(),
    /** What keeps it from following the others, or from telling them. */
    problem: problemKindSchema.nullable(),
    writes: z.array(targetNameSchema).readonly(),
  })
  .readonly();
export type NodeReport = z.infer<typeof nodeReportSchema>;

/** `lost`: it says nothing any more; `behind`: it has much to read or to tell; `troubled`: it says so, or says it in words of another version. */
export const nodeStates = ["well", "behind", "troubled", "lost"] as const;

/** A node of the desk, as this one knows it. */
const nodeStandingSchema = z
  .object({
    name: z.string(),
    isUs: z.boolean(),
    state: z.enum(nodeStates),
    /** When it spoke last. */
    agoMs: z.number(),
    said: nodeReportSchema.nullable(),
  })
  .readonly();
export type NodeStanding = z.infer<typeof nodeStandingSchema>;

/** The log that the nodes of a desk share, as this node sees it. */
/** What is otherwise at the server that the nodes share than they need it. */
export const serverFaultSchema = z.enum(["forgets", "evicts", "full", "clock"]);
export type ServerFault = z.infer<typeof serverFaultSchema>;

export const clusterStatusSchema = z
  .object({
    desk: z.string(),
    /** What this node is called among the others. */
    node: z.string(),
    turns: z.array(targetTurnSchema).readonly(),
    /** All of them, this one too; none before they were asked for the first time. */
    nodes: z.array(nodeStandingSchema).readonly(),
    /** How far this machine's clock is before that of the server that the nodes share; null: not known yet. */
    clockOffMs: z.number().nullable(),
    /** null: nobody could look yet, or is let. */
    serverFaults: z.array(serverFaultSchema).readonly().nullable(),
    /** This node's connection to the log. */
    connection: connectionSchema,
    log: streamStatusSchema,
    /** How much was heard here that is not in the log as far as this node knows. */
    unsaid: z.int(),
    /** What keeps this node from following the others, or from telling them; null: nothing. */
    problem: problemSchema.nullable(),
  })
  .readonly();
export type ClusterStatus = z.infer<typeof clusterStatusSchema>;

/** The full match list over HTTP. */
export const sourceStatusSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("unconfigured") }).readonly(),
  z.object({ state: z.literal("waiting"), nextAt: instantSchema.nullable() }).readonly(),
  z.object({ state: z.literal("fetching"), since }).readonly(),
  z
    .object({
      state: z.literal("fetched"),
      at: instantSchema,
      matches: z.int(),
      changes: z.int(),
      /** The server said nothing is new (HTTP 304). */
      unchanged: z.boolean(),
      nextAt: instantSchema.nullable(),
    })
    .readonly(),
  z
    .object({ state: z.literal("failed"), at: instantSchema, problem: problemSchema, nextAt: instantSchema.nullable() })
    .readonly(),
]);
export type SourceStatus = z.infer<typeof sourceStatusSchema>;
