import { z } from "zod";
import { instantSchema } from "./instant.ts";
import { problemSchema } from "./problem.ts";
import { roles } from "./role.ts";

/** Something a person did that did not reach the service, or of which nobody knows whether it did. */
export const unsentSchema = z
  .object({
    id: z.string(),
    at: instantSchema,
    /** The command's name. */
    command: z.string(),
    matchId: z.string().nullable(),
    /** What they wrote, where they wrote something. */
    text: z.string().nullable(),
    problem: problemSchema,
  })
  .readonly();
export type Unsent = z.infer<typeof unsentSchema>;

/** How a window stands with the service elsewhere that it shows. */
export const attachmentSchema = z
  .object({
    /** As it may be shown. */
    address: z.string(),
    line: z.discriminatedUnion("state", [
      z.object({ state: z.literal("live"), since: instantSchema }).readonly(),
      /** Everything shown is as it was then; nothing can be done. */
      z.object({ state: z.literal("lost"), since: instantSchema, problem: problemSchema }).readonly(),
    ]),
    /** What this window may do there; null: nobody knows, and all is tried. */
    role: z.enum(roles).nullable(),
    /** The service is of a newer version, and says things that this one cannot read. */
    newer: z.boolean(),
    unsent: z.array(unsentSchema).readonly(),
  })
  .readonly();
export type Attachment = z.infer<typeof attachmentSchema>;
