import { z } from "zod";
import { instantSchema } from "./instant.ts";
import { problemKindSchema } from "./problem.ts";

/** What somebody did, or asked for in vain. Nothing that they wrote stands in it, and nobody whom it concerns. */
export const actSchema = z
  .object({
    /** Position in the journal; grows. */
    id: z.int(),
    at: instantSchema,
    /** The name of their token; null: somebody at the machine itself, or who has a token without a name. */
    by: z.string().nullable(),
    /** What was asked for, by the name that it has in the contract. */
    command: z.string(),
    /** Of which match, calendar, alert and the like, and how it was decided. */
    about: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    /** Why it was not done, or only in part; null: it was. */
    problem: problemKindSchema.nullable(),
  })
  .readonly();
export type Act = z.infer<typeof actSchema>;
