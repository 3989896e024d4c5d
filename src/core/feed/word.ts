import { z } from "zod";
import { instantSchema } from "../../shared/instant.ts";

const matchId = z.string().max(200);
const who = z.string().max(1000).nullable();

/**
 * What a person decided or wrote, handed in or had erased, as all nodes of a desk are told it. It names things as every node does: by the
 * match, by the person, and by the time of a change, never by numbers that one node gave. Taken twice, it does what it did once.
 */
export const wordSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("decline"), matchId, declined: z.boolean(), by: who }),
  z.strictObject({ kind: z.literal("remove"), matchId, removed: z.boolean(), by: who }),
  /** These people (null: all) were told what has changed up to then; null: nothing had. */
  z.strictObject({
    kind: z.literal("tell"),
    matchId,
    people: z.array(who).readonly(),
    by: who,
    upTo: instantSchema.nullable(),
  }),
  z.strictObject({ kind: z.literal("untell"), matchId, personId: who }),
  z.strictObject({ kind: z.literal("note"), matchId, id: z.int(), by: who, text: z.string() }),
  z.strictObject({ kind: z.literal("remove-note"), matchId, id: z.int() }),
  /** A match that was entered, or a list. */
  z.strictObject({ kind: z.literal("by-hand"), matches: z.array(z.unknown()).readonly() }),
  /** Somebody, by the name that all nodes know them by. */
  z.strictObject({ kind: z.literal("erase"), name: z.string() }),
]);
export type Word = z.infer<typeof wordSchema>;
