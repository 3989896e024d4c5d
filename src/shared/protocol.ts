import { z } from "zod";
import { roles } from "./role.ts";

/**
 * The language that a window and a service elsewhere speak: the contract's commands, the snapshot and the deltas. The number
 * goes up when one of an older number would misunderstand; what is only added needs no new one. `oldest`: the oldest that is
 * still understood.
 */
export const protocol: Protocol = { number: 1, oldest: 1 };

const protocolSchema = z.object({ number: z.int(), oldest: z.int() }).readonly();
type Protocol = z.infer<typeof protocolSchema>;

/** Where a window says which protocol it speaks. */
export const protocolHeader = "avspark-protocol";

/**
 * What a service says before the first delta. Every version must be able to read it of every other, so that it gains fields
 * and never loses or changes one.
 */
export const helloSchema = z
  .object({
    protocol: protocolSchema,
    /** Which service it is, by whatever address it is reached. */
    service: z.string(),
    version: z.string(),
    /** The number of the newest delta: the next one follows it. */
    seq: z.int(),
    /** Another each time that the service begins. */
    run: z.string().default(""),
    /** What whoever hears this may do there; null: it does not say, or says what only a newer window understands. */
    role: z.enum(roles).nullable().catch(null).default(null),
    /** Something is said at least this often, so that a dead link is noticed. */
    heartbeatMs: z.number(),
  })
  .readonly();
export type Hello = z.infer<typeof helloSchema>;

/** The reader was too slow, and deltas up to this number were left out: a new snapshot has what they would have told. */
export const behindSchema = z.object({ seq: z.int() }).readonly();
