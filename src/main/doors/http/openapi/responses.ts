import type { Failures } from "./failures.ts";
import type { Json, ObjectSchema } from "./schemas.ts";

export const success = (output: ObjectSchema): Json => ({
  type: "object",
  properties: {
    success: { type: "boolean", const: true },
    timestamp: { $ref: "#/components/schemas/Instant" },
    ...output.properties,
  },
  required: ["success", "timestamp", ...(output.required ?? [])],
});

/** A failure may carry what was achieved all the same: parts of the output beside it. */
export const failures = (known: Failures, output: ObjectSchema = {}): Json =>
  Object.fromEntries(
    [...known].map(([status, kinds]) => [
      status,
      content(kinds.length > 8 ? "Refused, or failed." : `${kinds.join(", ")}.`, "application/json", {
        allOf: [
          { $ref: "#/components/schemas/Failure" },
          { type: "object", properties: { code: { enum: kinds }, ...output.properties } },
        ],
      }),
    ]),
  );

export const content = (description: string, mediaType: string, schema: Json): Json => ({
  description,
  content: { [mediaType]: { schema } },
});

export const parameter = (name: string, place: "path" | "query" | "header", schema: Json, required = false): Json => ({
  name,
  in: place,
  required,
  schema,
});
