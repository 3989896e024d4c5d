import { type CommandName, contract } from "../../../../shared/contract.ts";
import { httpStatus } from "../../../../shared/problem.ts";
import { commandNames, conditional } from "../commands.ts";
import { failuresOf } from "./failures.ts";
import { otherPaths } from "./other-paths.ts";
import { content, failures, parameter, success } from "./responses.ts";
import { componentSchemas, type Json, jsonSchema, type ObjectSchema } from "./schemas.ts";

type About = { readonly version: string; readonly token: boolean };

/** GET /openapi.json: OpenAPI 3.1, made of the contract's own schemas. */
export const openApi = ({ version, token }: About): Json => ({
  openapi: "3.1.0",
  info: {
    title: "Avspark",
    version,
    description:
      "The referee coordinator's match desk. Every JSON answer has success and timestamp; a failure has error, a plain sentence, and code, its kind.",
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: "/" }],
  ...(token ? { security: [{ token: [] }] } : {}),
  paths: { ...commandPaths(), ...otherPaths() },
  components: {
    schemas: componentSchemas(),
    ...(token ? { securitySchemes: { token: { type: "http", scheme: "bearer" } } } : {}),
  },
});

const commandPaths = (): Json =>
  Object.fromEntries(
    commandNames.flatMap((name) => {
      const route = contract[name].http;
      if (route === null) return [];
      return [[route.path.replaceAll(/:(\w+)/g, "{$1}"), { [route.method.toLowerCase()]: operation(name, route) }]];
    }),
  );

type Route = { readonly method: "GET" | "POST"; readonly path: string };

const operation = (name: CommandName, route: Route): Json => {
  const input = jsonSchema(contract[name].input);
  const output = jsonSchema(contract[name].output);
  return {
    operationId: name,
    summary: contract[name].about,
    // Whoever only asks whether the process lives needs no token.
    ...(name === "health" ? { security: [] } : {}),
    ...(route.method === "GET" ? { parameters: parameters(name, route.path, input) } : requestBody(input)),
    responses: {
      200: content("The answer.", "application/json", success(output)),
      ...(conditional.has(name) ? { 304: { description: "Nothing has changed since the given ETag." } } : {}),
      ...failures(failuresOf(name, route.method), new Map(partial[name]?.map((status) => [status, output]))),
    },
  };
};

/** Failures that tell what was achieved all the same, or why, in the answer's own keys. */
const partial: { readonly [N in CommandName]?: readonly number[] } = {
  redisRestart: [502, 503, 504],
  manualSync: [httpStatus["partly-failed"]],
  undo: [httpStatus["partly-failed"]],
  // The list could not be fetched, or some calendar did not take all: the rest was done.
  syncNow: [409, 502, 503, 504],
  ready: [503],
};

const parameters = (command: CommandName, path: string, input: ObjectSchema): readonly Json[] => [
  ...Object.entries(input.properties ?? {}).map(([name, schema]) =>
    path.includes(`:${name}`)
      ? parameter(name, "path", schema, true)
      : parameter(name, "query", schema, (input.required ?? []).includes(name)),
  ),
  ...(conditional.has(command) ? [parameter("If-None-Match", "header", { type: "string" })] : []),
];

const requestBody = (input: ObjectSchema): Json => {
  if (Object.keys(input.properties ?? {}).length === 0) return {};
  return {
    requestBody: {
      required: (input.required ?? []).length > 0,
      content: { "application/json": { schema: input } },
    },
  };
};
