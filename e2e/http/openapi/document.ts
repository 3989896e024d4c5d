import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { z } from "zod";

/** The part of OpenAPI 3.1 that the tests read. */
const jsonSchema = z.record(z.string(), z.unknown());
const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean(),
  schema: jsonSchema,
});
const contentSchema = z.record(z.string(), z.object({ schema: jsonSchema }));
const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string(),
  parameters: z.array(parameterSchema).default([]),
  requestBody: z.object({ required: z.boolean(), content: contentSchema }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: contentSchema.optional() })),
});
export const documentSchema = z.object({
  openapi: z.literal("3.1.0"),
  paths: z.record(z.string(), z.partialRecord(z.enum(["get", "post"]), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), jsonSchema) }),
});

export type Schema = z.infer<typeof jsonSchema>;
export type Document = z.infer<typeof documentSchema>;
export type Parameter = z.infer<typeof parameterSchema>;
export type Operation = z.infer<typeof operationSchema> & { readonly method: "get" | "post"; readonly path: string };

export const operationsOf = ({ paths }: Document): readonly Operation[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    (["get", "post"] as const).flatMap((method) => {
      const operation = operations[method];
      return operation === undefined ? [] : [{ ...operation, method, path }];
    }),
  );

/** Says what is wrong with an answer by the document; null: it fits. */
export const createValidator = (document: unknown) => {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "avspark", ...documentSchema.loose().parse(document) });
  const at = (...keys: readonly string[]): string =>
    `avspark#/${keys.map((key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
  return ({ path, method }: Operation, status: number, value: unknown): string | null => {
    const place = at("paths", path, method, "responses", String(status), "content", "application/json", "schema");
    const validate = ajv.getSchema(place);
    if (validate === undefined) return `there is no schema at ${place}`;
    return validate(value) ? null : ajv.errorsText(validate.errors);
  };
};
export type Validator = ReturnType<typeof createValidator>;
