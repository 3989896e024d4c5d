import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type CommandName, contract, type Handlers, type Output } from "../../../shared/contract.ts";
import { failed, type Problem, raise } from "../../../shared/problem.ts";
import { advice } from "../../../shared/text/en/advice.ts";
import { run } from "../call.ts";
import { readInput } from "../input.ts";
import { failure, matchesEtag, success, weakEtag } from "./answer.ts";
import { commandNames, conditional } from "./commands.ts";
import type { Snapshots } from "./deltas/snapshots.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    command?: CommandName;
  }
}

type RouteParts = {
  readonly handlers: Handlers;
  readonly timestamp: () => string;
  readonly maxBodyBytes: number;
  /** Who asks without the token, where one is demanded: open paths alone let them in. */
  readonly isStranger: (request: FastifyRequest) => boolean;
  readonly snapshots: Snapshots;
};

/** One route for each command of the contract that has one. */
export const registerCommands = (app: FastifyInstance, parts: RouteParts): void => {
  for (const name of commandNames) registerCommand(app, parts, name);
};

const registerCommand = <N extends CommandName>(app: FastifyInstance, parts: RouteParts, name: N): void => {
  const route = contract[name].http;
  if (route === null) return;
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: parts.maxBodyBytes,
    config: { command: name },
    handler: async (request, reply) => {
      const input = route.method === "GET" ? fromUrl(request) : fromBody(name, request);
      if (name === "snapshot") return sendSnapshot(parts.snapshots, request, reply);
      const whole = await run(parts.handlers, name, input);
      const output = parts.isStranger(request) ? (forStrangers[name]?.(whole) ?? whole) : whole;
      const problem = negative[name]?.(output) ?? null;
      if (problem !== null) return reply.code(503).send(failure(problem, parts.timestamp(), output));
      return conditional.has(name)
        ? sendUnlessKnown({ request, reply, output, timestamp: parts.timestamp() })
        : success(output, parts.timestamp());
    },
  });
};

const fromUrl = (request: FastifyRequest): object => ({ ...record(request.query), ...record(request.params) });
const record = (value: unknown): object => (typeof value === "object" && value !== null ? value : {});

/** No body stands for an empty one. */
const fromBody = (name: CommandName, request: FastifyRequest): unknown => {
  if (request.body !== undefined) return request.body;
  return contract[name].input.safeParse({}).success
    ? {}
    : raise("input-invalid", "The request has no body; send JSON.");
};

/** Answers that are a failure to a probe, which looks at the status alone. */
const negative: { readonly [N in CommandName]?: (output: Output<N>) => Problem | null } = {
  ready: ({ ready, reasons }) => (ready ? null : (reasons[0] ?? failed("busy", "The service is starting.").problem)),
};

/** A problem's own message may name hosts and accounts. */
const forStrangers: { readonly [N in CommandName]?: (output: Output<N>) => Output<N> } = {
  health: ({ health, ...rest }) => {
    if (health.level === "ok") return { ...rest, health };
    const { kind } = health.problem;
    return { ...rest, health: { ...health, problem: { kind, message: advice[kind].what } } };
  },
};

/** Written out for all who ask at the same time. */
const sendSnapshot = async (snapshots: Snapshots, request: FastifyRequest, reply: FastifyReply) => {
  const { from = null } = readInput("snapshot", fromUrl(request));
  const { plain, packed } = snapshots.since(from);
  reply.type("application/json; charset=utf-8").header("vary", "accept-encoding");
  const takesGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(request.headers["accept-encoding"] ?? "");
  return takesGzip ? reply.header("content-encoding", "gzip").send(await packed()) : reply.send(plain);
};

const sendUnlessKnown = (given: {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly output: object;
  readonly timestamp: string;
}): FastifyReply => {
  const { request, reply, output, timestamp } = given;
  const content = JSON.stringify(output);
  const etag = weakEtag(content);
  // A script may keep the list, if it asks whether it still holds.
  reply.headers({ etag, "cache-control": "private, no-cache" });
  if (matchesEtag(request.headers["if-none-match"], etag)) return reply.code(304).send();
  const head = JSON.stringify({ success: true, timestamp });
  return reply.type("application/json; charset=utf-8").send(`${head.slice(0, -1)},${content.slice(1)}`);
};
