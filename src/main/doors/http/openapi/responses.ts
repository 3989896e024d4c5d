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

/** `beside`: by status, what a failure carries all the same. */
export const failures = (known: Failures, beside: ReadonlyMap<number, ObjectSchema> = new Map()): Json =>
  Object.fromEntries(
    [...known].map(([status, kinds]) => [
      status,
      content(kinds.length > 8 ? "Refused, or failed." : `${kinds.join(", ")}.`, "application/json", {
        allOf: [
          { $ref: "#/components/schemas/Failure" },
          { type: "object", properties: { code: { enum: kinds }, ...beside.get(status)?.properties } },
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
