import { z } from "zod";
import { alertSchema } from "../../../../shared/alert.ts";
import { previewSchema, syncResultSchema, targetStatusSchema } from "../../../../shared/calendar.ts";
import { changeSchema } from "../../../../shared/change.ts";
import { checkResultSchema } from "../../../../shared/checks.ts";
import { settingSchema } from "../../../../shared/config.ts";
import { connectionSchema, gapSchema, sourceStatusSchema } from "../../../../shared/connection.ts";
import { instantSchema } from "../../../../shared/instant.ts";
import { messageSummarySchema } from "../../../../shared/message.ts";
import { problemKindSchema, problemSchema } from "../../../../shared/problem.ts";
import { healthSchema, matchViewSchema } from "../../../../shared/snapshot.ts";

export type Json = { readonly [key: string]: unknown };
export type ObjectSchema = Json & { readonly properties?: Record<string, Json>; readonly required?: readonly string[] };

/** What lies around every failure; further keys may stand beside these. */
export const failureSchema = z.object({
  success: z.literal(false),
  timestamp: instantSchema,
  error: z.string(),
  code: problemKindSchema,
  at: z.string().optional(),
});

/** The words that have a name of their own in the document. */
const named = {
  Alert: alertSchema,
  Change: changeSchema,
  CheckResult: checkResultSchema,
  Connection: connectionSchema,
  Failure: failureSchema,
  Gap: gapSchema,
  Health: healthSchema,
  Instant: instantSchema,
  Match: matchViewSchema,
  Message: messageSummarySchema,
  Preview: previewSchema,
  Problem: problemSchema,
  ProblemKind: problemKindSchema,
  Setting: settingSchema,
  Source: sourceStatusSchema,
  SyncResult: syncResultSchema,
  Target: targetStatusSchema,
};

const registry = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });

const options: z.core.ToJSONSchemaParams = {
  io: "input",
  metadata: registry,
  override: ({ jsonSchema: made }) => {
    delete made.readOnly;
    if (made.minimum === Number.MIN_SAFE_INTEGER) delete made.minimum;
    if (made.maximum === Number.MAX_SAFE_INTEGER) delete made.maximum;
    // The format says it; the pattern is for those who do not know the format.
    if (made.format === "date-time") delete made.pattern;
  },
};

/** A schema of ours as JSON Schema that refers to the components. Objects of answers stay open: keys may be added. */
export const jsonSchema = (schema: z.ZodType): ObjectSchema => {
  const { $schema: _, $defs: __, ...json } = z.toJSONSchema(schema, options);
  return JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/'));
};

export const componentSchemas = (): Json => {
  const { schemas } = z.toJSONSchema(registry, { ...options, uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]),
  );
};
