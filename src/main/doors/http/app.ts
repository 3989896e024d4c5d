import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { CommandName } from "../../../shared/contract.ts";
import { failed, httpStatus, ProblemError } from "../../../shared/problem.ts";
import type { Guard, Head } from "../guard.ts";
import { createRateLimit, type Rate } from "../rate.ts";
import { failure, problemOf, traceOf } from "./answer.ts";
import { docsPaths } from "./docs.ts";
import type { HttpParts } from "./parts.ts";
import { registerRoutes } from "./routes.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    command?: CommandName;
  }
}

const maxBodyBytes = 16 * 1024 * 1024;

/** No script of ours comes near these: they stop a loop that has run wild. */
const rateOf = (command: string): Rate =>
  command === "manualSync" ? { burst: 600, perMinute: 600 } : { burst: 60, perMinute: 60 };

const securityHeaders = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;

/** Paths that tell nothing about this service but that it is one. */
const openPaths: ReadonlySet<string> = new Set(["/health", ...docsPaths]);

/** The routes behind the guard, as one request listener; it does not listen by itself. */
export const createApp = (parts: HttpParts, guard: Guard): FastifyInstance => {
  const app = Fastify({
    bodyLimit: maxBodyBytes,
    routerOptions: { maxParamLength: 2000 },
    // What fastify refuses before any hook runs, such as a URL with broken escapes.
    frameworkErrors: (_error, request, reply) => answerError(parts, new ProblemError(malformed), request, reply),
  });
  const waitSeconds = createRateLimit({ now: parts.clock.now, rate: rateOf });

  app.addHook("onRequest", async (request, reply) => {
    reply.headers(securityHeaders);
    const refusal = guard(headOf(request));
    if (refusal !== null) return refuse(reply, new ProblemError(refusal));
    const { command } = request.routeOptions.config;
    const wait = request.method === "POST" && command !== undefined ? waitSeconds(command) : 0;
    if (wait > 0) return refuse(reply.header("retry-after", wait), new ProblemError(tooOften(wait)));
  });
  app.setErrorHandler((error, request, reply) => answerError(parts, error, request, reply));
  app.setNotFoundHandler((request, reply) => answerError(parts, new ProblemError(unknownAddress), request, reply));
  app.register(async (scope) => registerRoutes(scope, parts));
  return app;
};
