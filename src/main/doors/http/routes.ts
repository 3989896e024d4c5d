import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type CommandName, contract, type Handlers, type Output } from "../../../shared/contract.ts";
import { failed, type Problem, raise } from "../../../shared/problem.ts";
import { advice } from "../../../shared/text/en/advice.ts";
import { readInput } from "../input.ts";
import { failure, matchesEtag, piecesOf, success, weakEtag } from "./answer.ts";
import { commandNames, conditional } from "./commands.ts";
import type { Snapshots } from "./deltas/snapshots.ts";
import type { Once } from "./once.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    command?: CommandName;
  }
}

type RouteParts = {
  readonly handlers: Handlers;
  /** Of answers that are known to be the same without being made: another text whenever one may be another. */
  readonly revisions: { readonly [N in CommandName]?: () => string };
  readonly timestamp: () => string;
  readonly maxBodyBytes: number;
  /** Who asks without the token, where one is demanded: open paths alone let them in. */
  readonly isStranger: (request: FastifyRequest) => boolean;
  readonly snapshots: Snapshots;
  readonly once: Once;
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
      if (name === "snapshot") return sendSnapshot(parts.snapshots, request, reply);
      const input = readInput(name, route.method === "GET" ? fromUrl(request) : fromBody(name, request));
      const revision = parts.revisions[name]?.();
      const etag = revision === undefined ? null : weakEtag(`${revision} ${JSON.stringify(input)}`);
      if (etag !== null && isKnown(request, etag)) return reply.code(304).headers(keepable(etag)).send();
      const by = request.actor?.name ?? null;
      const key = route.method === "POST" ? keyOf(request) : null;
      // Whoever has another name asks for something else.
      const given = key === null ? "" : `${name} ${by ?? ""} ${JSON.stringify(input)}`;
      const whole = await parts.once(key, given, () => parts.handlers[name](input, by));
      const output = parts.isStranger(request) ? (forStrangers[name]?.(whole) ?? whole) : whole;
      const problem = negative[name]?.(output) ?? null;
      if (problem !== null) return reply.code(503).send(failure(problem, parts.timestamp(), output));
      if (etag !== null) {
        const pieces = piecesOf(success(output, parts.timestamp()));
        return reply.headers(keepable(etag)).type(json).send(Readable.from(pieces));
      }
      return conditional.has(name)
        ? sendUnlessKnown({ request, reply, output, timestamp: parts.timestamp() })
        : success(output, parts.timestamp());
    },
  });
};

/** By it a command that comes a second time is known again. */
const keyOf = ({ headers }: FastifyRequest): string | null => {
  const key = headers["idempotency-key"];
  if (key === undefined || key === "") return null;
  if (typeof key === "string" && key.length <= 200) return key;
  return raise("input-invalid", "An Idempotency-Key has at most 200 characters.");
};

const json = "application/json; charset=utf-8";

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
  reply.type(json).header("vary", "accept-encoding");
  const takesGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(request.headers["accept-encoding"] ?? "");
  return takesGzip ? reply.header("content-encoding", "gzip").send(await packed()) : reply.send(plain);
};

/** A script may keep a list, if it asks whether it still holds. */
const keepable = (etag: string) => ({ etag, "cache-control": "private, no-cache" });

/** Whether whoever asks has it already. */
const isKnown = ({ headers }: FastifyRequest, etag: string): boolean => matchesEtag(headers["if-none-match"], etag);

const sendUnlessKnown = (given: {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly output: object;
  readonly timestamp: string;
}): FastifyReply => {
  const { request, reply, output, timestamp } = given;
  const content = JSON.stringify(output);
  const etag = weakEtag(content);
  reply.headers(keepable(etag));
  if (isKnown(request, etag)) return reply.code(304).send();
  const head = JSON.stringify({ success: true, timestamp });
  return reply.type(json).send(`${head.slice(0, -1)},${content.slice(1)}`);
};
