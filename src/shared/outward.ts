import { z } from "zod";
import type { MatchItem } from "./desk.ts";
import { instantSchema } from "./instant.ts";
import { problemSchema } from "./problem.ts";

/** What takes notices out of the machine, to people who do not sit at it. */
export const messengerNameSchema = z.enum(["webhook", "mail"]);
export type MessengerName = z.infer<typeof messengerNameSchema>;

/** What a webhook is sent; `auto`: as its host takes it. */
export const webhookForms = ["auto", "json", "discord", "slack"] as const;

/** What may wait in a match, the weightiest first. */
export const matchKinds = [
  "no-referee",
  "withdrawn",
  "called-off",
  "postponed",
  "double-booked",
  "on-again",
  "moved",
  "open-place",
] as const satisfies readonly MatchItem["kind"][];

/** How a messenger stands. */
export const messengerStatusSchema = z
  .object({
    name: messengerNameSchema,
    /** The host it goes to. */
    server: z.string(),
    /** Notices that are yet to go out: in quiet hours, or while it fails. */
    waiting: z.int(),
    lastSentAt: instantSchema.nullable(),
    /** `since` when it fails, and when it is tried again. */
    failure: z.object({ since: instantSchema, problem: problemSchema, retryAt: instantSchema }).readonly().nullable(),
  })
  .readonly();
export type MessengerStatus = z.infer<typeof messengerStatusSchema>;
