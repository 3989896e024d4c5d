import { z } from "zod";
import { instantSchema } from "./instant.ts";
import { messengerNameSchema } from "./outward.ts";
import { problemSchema } from "./problem.ts";

/** The guide's deployment checklist, in its order. The wording for each id is in the translations. */
export const checkPhaseSchema = z.enum(["before", "after", "rollback"]);
export type CheckPhase = z.infer<typeof checkPhaseSchema>;

export const checkPhases = {
  configuration: "before",
  redis: "before",
  journal: "before",
  "calendar-target": "before",
  connection: "after",
  messages: "after",
  statistics: "after",
  "calendar-sync": "after",
  monitoring: "after",
  "fallback-configured": "rollback",
  "fallback-works": "rollback",
  stability: "rollback",
} as const satisfies Readonly<Record<string, CheckPhase>>;

export type CheckId = keyof typeof checkPhases;
export const checkIdSchema = z.enum(Object.keys(checkPhases) as [CheckId, ...CheckId[]]);

/** What a check saw when it passed, or why it did not apply; a sentence is made of it in each language. */
export const findingSchema = z.discriminatedUnion("kind", [
  z
    .object({
      kind: z.literal("configuration"),
      settings: z.int(),
      changed: z.int(),
      /** Every user of the machine can read contact data over HTTP. */
      doorOpen: z.boolean(),
    })
    .readonly(),
  z
    .object({
      kind: z.literal("redis"),
      url: z.string(),
      /** How the server is set up that several machines share, if they may look; null: this machine is alone. */
      shared: z.enum(["fit", "unseen"]).nullable().default(null),
    })
    .readonly(),
  z.object({ kind: z.literal("journal"), messages: z.int(), bytes: z.int() }).readonly(),
  z.object({ kind: z.literal("calendar-target"), calendars: z.array(z.string()).readonly() }).readonly(),
  z.object({ kind: z.literal("connection"), channels: z.int(), provenAt: instantSchema }).readonly(),
  z.object({ kind: z.literal("messages") }).readonly(),
  z
    .object({
      kind: z.literal("statistics"),
      received: z.int(),
      invalid: z.int(),
      lastAt: instantSchema.nullable(),
    })
    .readonly(),
  z
    .object({
      kind: z.literal("calendar-sync"),
      calendars: z.array(z.object({ label: z.string(), events: z.int() }).readonly()).readonly(),
    })
    .readonly(),
  z
    .object({
      kind: z.literal("monitoring"),
      level: z.enum(["ok", "working", "warning", "critical"]),
      notify: z.enum(["all", "warning", "critical"]),
    })
    .readonly(),
  z.object({ kind: z.literal("fallback-configured") }).readonly(),
  /** null: the list is still on its way. */
  z.object({ kind: z.literal("fallback-works"), matches: z.int().nullable() }).readonly(),
  z.object({ kind: z.literal("stability") }).readonly(),
  z.object({ kind: z.literal("redis-off") }).readonly(),
  z.object({ kind: z.literal("nothing-received") }).readonly(),
  z.object({ kind: z.literal("no-list") }).readonly(),
]);
export type Finding = z.infer<typeof findingSchema>;

export const checkResultSchema = z
  .object({
    id: checkIdSchema,
    phase: checkPhaseSchema,
    title: z.string(),
    outcome: z.enum(["passed", "failed", "skipped"]),
    /** What was found, in a sentence. */
    found: z.string(),
    /** The same as a value; null when the check failed: then `problem` says it. */
    finding: findingSchema.nullable(),
    /** What to do, when it failed. */
    remedy: z.string().nullable(),
    problem: problemSchema.nullable(),
    durationMs: z.number(),
  })
  .readonly();
export type CheckResult = z.infer<typeof checkResultSchema>;

/** What the try of a connection saw when it worked. */
export const trialSchema = z.discriminatedUnion("what", [
  z.object({ what: z.literal("service"), version: z.string(), matches: z.int() }).readonly(),
  z.object({ what: z.literal("redis"), channels: z.int() }).readonly(),
  z.object({ what: z.literal("source"), matches: z.int(), refused: z.int() }).readonly(),
  z.object({ what: messengerNameSchema, server: z.string() }).readonly(),
  z.object({ what: z.enum(["google", "caldav"]), label: z.string(), events: z.int() }).readonly(),
]);
export type Trial = z.infer<typeof trialSchema>;

/** All of them, those of a phase, or one. */
export type CheckChoice = { readonly phase: CheckPhase | null; readonly id: CheckId | null };

/** What became of a connection beside the one in use: made, a message to itself through pub/sub, a sample decoded. */
export const selfTestSchema = z.object({
  overall_success: z.boolean(),
  connection_test: z.boolean(),
  subscription_test: z.boolean(),
  message_handling_test: z.boolean(),
  errors: z.array(z.string()).readonly(),
});
export type SelfTest = z.infer<typeof selfTestSchema>;
