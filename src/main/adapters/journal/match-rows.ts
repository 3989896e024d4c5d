import { z } from "zod";
import type { MatchRecord } from "../../../core/matches/record.ts";
import { instantSchema } from "../../../shared/instant.ts";
import {
  dialectSchema,
  type MatchField,
  matchFieldSchema,
  matchSchema,
  type Origin,
  originSchema,
} from "../../../shared/match.ts";

/** Most facts of a match come from the same telling: each origin is written once, with the fields it told. */
type Told = { readonly origin: Origin; readonly fields: MatchField[] };

export const matchRow = (record: MatchRecord): readonly [id: string, row: string] => {
  const told = new Map<Origin, Told>();
  for (const field of matchFieldSchema.options) {
    const origin = record.origins[field];
    if (origin === undefined) continue;
    const known = told.get(origin);
    if (known === undefined) told.set(origin, { origin, fields: [field] });
    else known.fields.push(field);
  }
  return [record.match.id, JSON.stringify({ ...record, origins: [...told.values()] })];
};

export const matchRowSchema: z.ZodType<MatchRecord> = z
  .object({
    match: matchSchema,
    origins: z
      .array(z.object({ origin: originSchema, fields: z.array(matchFieldSchema) }))
      .transform((told) =>
        Object.fromEntries(told.flatMap(({ origin, fields }) => fields.map((field) => [field, origin]))),
      ),
    wallClock: z.boolean(),
    sources: z.array(z.object({ dialect: dialectSchema, channel: z.string() }).readonly()).readonly(),
    firstAt: instantSchema,
    updatedAt: instantSchema,
    changedAt: instantSchema,
    goneAt: instantSchema.nullable(),
    urgent: z.boolean(),
  })
  .readonly();
