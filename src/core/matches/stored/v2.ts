import { z } from "zod";
import { instantSchema } from "../../../shared/instant.ts";
import { dialectSchema, doubtSchema, goneBySchema, notedSchema, originSchema } from "../../../shared/match.ts";
import { saidFactsSchema } from "../../facts/facts.ts";

/**
 * A match as it is stored: what was said of it. What that amounts to is reckoned when it is read. A key that is added has a
 * default, so that rows without it go on being read.
 */
export const recordV2Schema = z.object({
  id: z.string(),
  statements: z.array(z.object({ origin: originSchema, wallClock: z.boolean(), said: saidFactsSchema })).readonly(),
  sources: z.array(z.object({ dialect: dialectSchema, channel: z.string() }).readonly()).readonly(),
  firstAt: instantSchema,
  updatedAt: instantSchema,
  changedAt: instantSchema,
  goneAt: instantSchema.nullable(),
  goneBy: goneBySchema.nullable().default(null),
  inDoubt: doubtSchema.nullable().default(null),
  keptAt: instantSchema.nullable().default(null),
  declinedAt: instantSchema.nullable().default(null),
  noted: z
    .array(notedSchema.unwrap().extend({ dialect: dialectSchema }).readonly())
    .readonly()
    .default([]),
  urgent: z.boolean(),
});
export type StoredRecord = z.infer<typeof recordV2Schema>;
/** As JSON gives it, before it is checked. */
export type RawRecordV2 = z.input<typeof recordV2Schema>;
