import type { Socket } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { TLSSocket } from "node:tls";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Actor } from "../../../core/access/actor.ts";
import { isLoopback } from "../../../core/config/together.ts";
import type { CommandName } from "../../../shared/contract.ts";
import { instantOf } from "../../../shared/instant.ts";
import { onDemand } from "../../../shared/on-demand.ts";
import { failed, httpStatus, type Problem, ProblemError } from "../../../shared/problem.ts";
import { traceOf } from "../caught.ts";
import { createRateLimit, type Rate } from "../rate.ts";
import type { Guard, Head } from "../request-guard.ts";
import { accessTo } from "./access-table.ts";
import { caughtBy, failure } from "./answer.ts";
import { readJsonBodies } from "./body.ts";
import { createSecretCheck, registerCalendar, secretRoute } from "./calendar.ts";
import { registerDeltas } from "./deltas/route.ts";
import { createSnapshots } from "./deltas/snapshots.ts";
import { createDeltaStream } from "./deltas/stream.ts";
import { registerDocs } from "./docs.ts";
import { registerEvents } from "./events/route.ts";
import { createEventStream } from "./events/stream.ts";
import { tokenIn } from "./feed-answers.ts";
import { createOnce } from "./once.ts";
import { openApi } from "./openapi/document.ts";
import type { HttpParts } from "./parts.ts";
import { registerCommands } from "./routes.ts";
import { createFollowers } from "./sse.ts";
import { createTurns } from "./turns.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; null: nobody that we know, by a path that is open or that is itself a secret. */
    actor: Actor | null;
  }
}

/** Whoever asks for something, and what: one who has run wild keeps nobody else from it. */
const bucketOf = (command: CommandName, actor: Actor | null): string => `${command} ${actor?.name ?? ""}`;

/** No script of ours comes near these: they stop a loop that has run wild. */
const rateOf = (bucket: string): Rate => {
  const [command] = bucket.split(" ", 1);
  return command === "manualSync" || command === "makeFeed"
    ? { burst: 600, perMinute: 600 }
    : { burst: 60, perMinute: 60 };
};

const securityHeaders = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;

/** Whether the service lives is answered before all else; a stream is only begun here. */
const atOnce: ReadonlySet<string | undefined> = new Set(["/health", "/events", "/deltas"]);

/** Puts every route, behind the guard, into a scope of a fastify app. Other scopes of that app are not touched. */
export const registerDoor = (scope: FastifyInstance, parts: HttpParts, guard: Guard): void => {
  const waitSeconds = createRateLimit({ elapsed: parts.clock.elapsed, rate: rateOf });
  const turn = createTurns(parts.clock.elapsed);
  const isSecret = createSecretCheck(parts.calendarToken);
  const { feeds } = parts;
  const holdsSecret = (request: FastifyRequest): boolean =>
    isSecret(request) || (request.routeOptions.url === secretRoute && feeds.has(tokenIn(request.url) ?? ""));
  scope.decorateRequest("actor", null);
  scope.addHook("onRequest", async (request, reply) => {
    reply.headers(securityHeaders);
    const isVouched = holdsSecret(request);
    const missed = request.routeOptions.url === secretRoute && !isVouched ? feeds.missed(request.ip) : 0;
    if (missed > 0) {
      reply.header("retry-after", missed);
      throw new ProblemError(tooOften(missed));
    }
    const admitted = guard.admit(
      headOf(request, { holdsSecret: isVouched, way: wayOf(request.socket, parts.isProxy) }),
    );
    if (!admitted.ok) throw new ProblemError(admitted.problem);
    request.actor = admitted.value;
    const { command } = request.routeOptions.config;
    const isAct = request.method === "POST" && command !== undefined;
    const wait = isAct ? waitSeconds(bucketOf(command, request.actor)) : 0;
    if (wait === 0) return atOnce.has(request.routeOptions.url) ? undefined : turn();
    reply.header("retry-after", wait);
    throw new ProblemError(tooOften(wait));
  });
  scope.setErrorHandler((error, request, reply) => answerError(parts, error, request, reply));
  readJsonBodies(scope, parts.maxBodyBytes);

  const snapshots = createSnapshots({ snapshot: parts.service.snapshot, clock: parts.clock });
  scope.addHook("onClose", async () => snapshots.stop());
  registerCommands(scope, {
    handlers: parts.service.handlers,
    revisions: parts.service.revisions,
    timestamp: () => timestampOf(parts),
    maxBodyBytes: parts.maxBodyBytes,
    isStranger: ({ actor }) => actor === null,
    snapshots,
    once: createOnce(),
  });
  registerCalendar(scope, { calendarText: parts.calendarText, isSecret, feeds });
  registerStreams(scope, parts);
  registerMetrics(scope, parts);
  registerDocument(scope, { version: parts.version, demandsToken: guard.demandsToken });
  registerDocs(scope);
};

/** Written when somebody asks for it, once with a token demanded and once without. */
const registerDocument = (
  scope: FastifyInstance,
  { version, demandsToken }: { readonly version: string; readonly demandsToken: () => boolean },
): void => {
  const written = new Map<boolean, string>();
  scope.get("/openapi.json", (_request, reply) => {
    const token = demandsToken();
    const document = written.get(token) ?? JSON.stringify(openApi({ version, token }));
    written.set(token, document);
    return reply.type("application/json; charset=utf-8").send(document);
  });
};

const registerStreams = (scope: FastifyInstance, parts: HttpParts): void => {
  const { send: sendEvents, stop } = createFollowers(parts.access);
  const events = createEventStream(parts);
  const deltas = createDeltaStream(parts);
  registerEvents(scope, { stream: events, sendEvents });
  registerDeltas(scope, { stream: deltas, sendEvents });
  scope.addHook("preClose", async () => {
    stop();
    events.close();
    deltas.close();
  });
};

const registerMetrics = (scope: FastifyInstance, { service }: HttpParts): void => {
  const eventLoop = monitorEventLoopDelay({ resolution: 20 });
  // Where nobody scrapes, what writes metrics is never loaded, and nothing wakes the processor fifty times a second.
  const metrics = onDemand(async () => {
    eventLoop.enable();
    return (await import("./metrics.ts")).createMetrics(service.readings, eventLoop);
  });
  scope.get("/metrics", async (_request, reply) => {
    const { contentType, text } = await metrics();
    return reply.type(contentType).send(await text());
  });
  scope.addHook("onClose", async () => void eventLoop.disable());
};

/** Every failure in the one shape, with the status that fits its kind. */
export const answerError = (
  parts: Pick<HttpParts, "clock" | "log" | "maxBodyBytes">,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const { problem, data, unforeseen } = caughtBy(error, parts.maxBodyBytes);
  if (unforeseen) {
    parts.log.error("a request failed unexpectedly", { path: request.routeOptions.url, ...traceOf(error) });
  }
  const status = httpStatus[problem.kind];
  if (status === 401) reply.header("www-authenticate", "Bearer");
  return reply
    .code(status)
    .headers(securityHeaders)
    .send(failure(problem, timestampOf(parts), data));
};

const timestampOf = ({ clock }: Pick<HttpParts, "clock">): string => instantOf(clock.now());

const headOf = (
  { method, routeOptions, socket, headers }: FastifyRequest,
  found: Pick<Head, "holdsSecret" | "way">,
): Head => ({
  method,
  ...accessTo(routeOptions.url),
  ...found,
  port: socket.localPort ?? null,
  hasBody: headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0,
  host: headers.host,
  origin: headers.origin,
  fetchSite: firstOf(headers["sec-fetch-site"]),
  contentType: headers["content-type"],
  authorization: headers.authorization,
});

const wayOf = (socket: Socket, isProxy: HttpParts["isProxy"]): Head["way"] => {
  const { localPort, remoteAddress = "" } = socket;
  if (socket instanceof TLSSocket) return "tls";
  if (isProxy(remoteAddress)) return "proxy";
  // By a socket of this machine, or from this machine itself.
  return localPort === undefined || isLoopback(remoteAddress.replace(/^::ffff:/, "")) ? "local" : "plain";
};

const firstOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === "string" ? value : value?.[0];

const tooOften = (seconds: number): Problem =>
  failed(
    "rate-limited",
    `This was asked for too often; try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
  ).problem;
