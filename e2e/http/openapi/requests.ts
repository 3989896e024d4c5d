import fc from "fast-check";
import { fogisMatch, guideMatch } from "../wire.ts";
import { type Document, type Operation, operationsOf, type Parameter, type Schema } from "./document.ts";

export type Generated = {
  readonly operation: Operation;
  /** With its query, escaped. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

/** Requests as the document describes them, and such as nobody should send. */
export const requestsOf = (document: Document): fc.Arbitrary<Generated> => {
  const bySchema = createBySchema(document);
  return fc.constantFrom(...operationsOf(document)).chain((operation) => {
    const inPlace = (where: Parameter["in"]) => operation.parameters.filter((parameter) => parameter.in === where);
    const values = (parameters: readonly Parameter[]) =>
      fc.record(
        Object.fromEntries(parameters.map(({ name, schema }) => [name, mostly(bySchema(schema).map(inWords), text)])),
      );
    // Few at a time: among many one is wrong nearly always.
    const some = (parameters: readonly Parameter[]) =>
      fc.subarray([...parameters], { maxLength: Math.min(2, parameters.length) }).chain(values);
    return fc
      .record({
        inPath: values(inPlace("path")),
        query: mostly(some(inPlace("query")), fc.dictionary(text, text, { maxKeys: 4 })),
        headers: some(inPlace("header")),
        body: bodies(operation, bySchema),
      })
      .map(({ inPath, query, headers, body }) => ({
        operation,
        path: `${fill(operation.path, inPath)}${queryOf(query)}`,
        headers: {
          ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, sendable(value)])),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        body,
      }));
  });
};

/** Nine times out of ten the first. */
const mostly = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd });

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 10 }),
  fc.constantFrom(
    "",
    " ",
    "0",
    "-1",
    "1e400",
    "NaN",
    "null",
    "[]",
    "__proto__",
    "constructor",
    "../..",
    "%",
    "'--",
    "9".repeat(400),
  ),
);

const bodies = (operation: Operation, bySchema: BySchema): fc.Arbitrary<string | undefined> => {
  if (operation.method === "get") return fc.constant(undefined);
  const schema = operation.requestBody?.content["application/json"]?.schema;
  const fitting =
    operation.operationId === "manualSync"
      ? fc.record({ matches: fc.array(matches, { maxLength: 5 }) })
      : schema === undefined
        ? fc.constantFrom(undefined, {})
        : bySchema(schema);
  return fc.oneof(
    { weight: 8, arbitrary: fitting.map((value) => (value === undefined ? undefined : JSON.stringify(value))) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: text },
  );
};

/** In the dialects' own words, with anything at all for values. */
const matches: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer({ min: 1, max: 500 }).map((id) => guideMatch(id)),
  fc.integer({ min: 1, max: 500 }).map((id) => fogisMatch(id)),
  fc
    .record({
      id: fc.integer({ min: 1, max: 500 }),
      field: fc.constantFrom(...Object.keys(fogisMatch(1))),
      value: fc.jsonValue(),
    })
    .map(({ id, field, value }) => fogisMatch(id, { [field]: value })),
  fc.jsonValue(),
);

type BySchema = (schema: Schema) => fc.Arbitrary<unknown>;

/** Values that fit a JSON Schema, as far as our inputs use it. */
const createBySchema = ({ components }: Document): BySchema => {
  const bySchema: BySchema = (schema) => {
    if (typeof schema.$ref === "string") {
      return bySchema(components.schemas[schema.$ref.replace("#/components/schemas/", "")] ?? {});
    }
    if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
    switch (schema.type) {
      case "string":
        return strings(schema);
      case "integer":
        return fc.oneof(fc.integer({ min: -2, max: 50 }), fc.maxSafeInteger());
      case "boolean":
        return fc.boolean();
      case "object":
        return fc.record(
          Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, field]) => [name, bySchema(field)])),
          { requiredKeys: Array.isArray(schema.required) ? schema.required : [] },
        );
      default:
        return fc.jsonValue();
    }
  };
  return bySchema;
};

const strings = (schema: Schema): fc.Arbitrary<string> => {
  if (schema.format === "date-time")
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2100") }).map((date) => date.toISOString());
  if (typeof schema.pattern === "string") return fc.stringMatching(new RegExp(schema.pattern));
  // Ids and channels that are there, among those that are not.
  return fc.oneof(
    text,
    fc.integer({ min: 1, max: 500 }).map(String),
    fc.constantFrom("fogis:matches:updates", "manual", "1-1"),
  );
};

/** A value as it stands in an address or a header; an object may hold anything, a "toString" of its own too. */
const inWords = (value: unknown): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);

const fill = (path: string, values: Readonly<Record<string, unknown>>): string =>
  path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(inWords(values[name])));

const queryOf = (query: Readonly<Record<string, unknown>>): string => {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(inWords(value))}`,
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
};

/** What a header may hold at all. */
const sendable = (value: unknown): string => inWords(value).replace(/[^\x20-\x7e]/g, "?");
