import { z } from "zod";
import { problemSchema } from "./problem.ts";

/** The guide's deployment checklist. Wording for each id is in the translations and in core/checks. */
export const checkPhaseSchema = z.enum(["before", "after", "rollback"]);
export type CheckPhase = z.infer<typeof checkPhaseSchema>;

export const checkResultSchema = z
  .object({
    id: z.string(),
    phase: checkPhaseSchema,
    title: z.string(),
    outcome: z.enum(["passed", "failed", "skipped"]),
    /** What was found, in a sentence. */
    found: z.string(),
    /** What to do, when it failed. */
    remedy: z.string().nullable(),
    problem: problemSchema.nullable(),
    durationMs: z.number(),
  })
  .readonly();
export type CheckResult = z.infer<typeof checkResultSchema>;
