import Fastify, { type FastifyInstance, type HTTPMethods } from "fastify";
import { failed, ProblemError } from "../../../shared/problem.ts";
import type { Guard } from "../request-guard.ts";
import { answerError, registerDoor } from "./door.ts";
import type { HttpParts } from "./parts.ts";

/** A client that takes nothing of its answer for so long has gone. */
const stalledMs = 60_000;

/** No route has a schema of fastify's: zod checks what comes in, and what makes the compilers takes long to load. */
const noCompiler = (): never => {
  throw new Error("Nothing is compiled for a route.");
};

/** The routes behind the guard as an app of their own; it does not listen by itself. */
export const createApp = (parts: HttpParts, guard: Guard): FastifyInstance => {
  const app = Fastify({
    bodyLimit: parts.maxBodyBytes,
    routerOptions: { maxParamLength: 2000 },
    schemaController: { compilersFactory: { buildValidator: () => noCompiler, buildSerializer: () => noCompiler } },
    // While it closes, what is under way is still answered.
    return503OnClosing: false,
    // What fastify refuses before any hook runs, such as a URL with broken escapes.
    frameworkErrors: (_error, request, reply) => void answerError(parts, new ProblemError(malformed), request, reply),
  });
  app.addHook("onSend", async ({ socket }) => void socket.setTimeout(stalledMs));
  const methodsByPath = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ url, method }) => {
    const methods = methodsByPath.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    methodsByPath.set(url, methods);
  });
  registerDoor(app, parts, guard);
  for (const [url, methods] of [...methodsByPath]) registerOthers(app, url, methods);
  app.setNotFoundHandler((request, reply) => answerError(parts, new ProblemError(unknownAddress), request, reply));
  return app;
};

const allMethods: readonly HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** What an address does not do. OPTIONS tells what it does; without CORS headers that helps no web page. */
const registerOthers = (app: FastifyInstance, url: string, methods: ReadonlySet<string>): void => {
  const allow = [...methods, "OPTIONS"].join(", ");
  app.options(url, (_request, reply) => reply.code(204).header("allow", allow).send());
  app.route({
    method: allMethods.filter((method) => !methods.has(method)),
    url,
    handler: (_request, reply) => {
      reply.header("allow", allow);
      throw new ProblemError(failed("method-not-allowed", `This address takes ${allow}.`).problem);
    },
  });
};

const malformed = failed("input-invalid", "The address of the request is malformed.").problem;
const unknownAddress = failed("not-found", "There is nothing at this address; /docs shows what there is.").problem;
