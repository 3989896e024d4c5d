import type { IncomingMessage, RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { errorCode } from "../../core/error-name.ts";
import { type CommandName, contract, type Input, type Output } from "../../shared/contract.ts";
import { type Problem, problemKindSchema } from "../../shared/problem.ts";
import { request as requestHttp } from "../http.ts";
import { type Question, questionOf } from "../question.ts";
import { AnsweredFailure, CommandFailure, exitCodes } from "./exit.ts";
import { connectPinned } from "./pinned.ts";
import type { Place } from "./place.ts";
import { remedyFor } from "./remedy.ts";

/** What came back: read by the contract, and whole. */
export type Answer<N extends CommandName> = { readonly output: Output<N>; readonly body: object };

export type Client = {
  readonly place: Place;
  /** Throws CommandFailure when nobody is there, or when the service could not do it. */
  readonly call: <N extends CommandName>(name: N, input: Input<N>) => Promise<Answer<N>>;
  /** A GET whose answer goes on and on; throws as `call` does. */
  readonly follow: (path: string, headers: Readonly<Record<string, string>>) => Promise<IncomingMessage>;
};

/** Nothing on the way takes so long to say that it is there. */
const connectMs = 10_000;

export const createClient = (place: Place): Client => {
  const ask = (question: Question): Promise<IncomingMessage> =>
    send(place, question).catch((error: unknown) => {
      throw noService(place, error);
    });

  return {
    place,
    call: async (name, input) => {
      const question = questionOf(name, input);
      if (question === null) throw new Error(`${name} has no route.`);
      const response = await ask(question);
      const body = await bodyOf(response, place);
      if (!body.success) throw failureOf(body, place);
      const { data } = outputs[name].output.safeParse(body);
      if (data === undefined) throw strange(place);
      return { output: data, body };
    },
    follow: async (path, headers) => {
      const response = await ask({ method: "GET", path, headers });
      if (response.statusCode === 200) return response;
      throw failureOf(await bodyOf(response, place), place);
    },
  };
};

/** The contract's output schemas, by name. */
const outputs: { readonly [N in CommandName]: { readonly output: z.ZodType<Output<N>> } } = contract;

const send = async (place: Place, { method, path, headers, body }: Question): Promise<IncomingMessage> => {
  const { url, certificate } = place;
  const pinned = certificate === null ? null : await connectPinned(url, certificate, connectMs);
  return new Promise((resolve, reject) => {
    const base = place.url.pathname.replace(/\/$/, "");
    const options: RequestOptions = {
      method,
      headers: {
        ...headers,
        ...(place.token === null ? {} : { authorization: `Bearer ${place.token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(place.socketPath === null ? {} : { socketPath: place.socketPath }),
      ...(pinned === null ? { agent: false } : { createConnection: () => pinned }),
    };
    const start = place.url.protocol === "https:" ? requestHttps : requestHttp;
    const request = start(new URL(base + path, place.url), options, resolve);
    request.once("error", reject);
    request.once("socket", (socket) => {
      if (!socket.connecting) return;
      const late = setTimeout(() => request.destroy(new Error("no connection in time")), connectMs);
      socket.once("connect", () => clearTimeout(late)).once("close", () => clearTimeout(late));
    });
    request.end(body);
  });
};

const noService = (place: Place, error: unknown): CommandFailure => {
  const code = errorCode(error) ?? "no connection in time";
  return new CommandFailure(exitCodes.noService, `No Avspark service answers at ${place.shown} (${code}).`, [
    "Start one with: avspark serve",
    "Or name another address with --url, or as AVSPARK_HTTP_HOST and AVSPARK_HTTP_PORT.",
  ]);
};

const strange = (place: Place): CommandFailure =>
  new CommandFailure(exitCodes.noService, `What answers at ${place.shown} is no Avspark service of this version.`, [
    "Name the service's own address with --url, or as AVSPARK_HTTP_HOST and AVSPARK_HTTP_PORT.",
  ]);

const bodySchema = z.looseObject({ success: z.boolean() });

const bodyOf = async (response: IncomingMessage, place: Place): Promise<z.infer<typeof bodySchema>> => {
  const answer = await text(response).catch((error: unknown) => {
    throw noService(place, error);
  });
  try {
    return bodySchema.parse(JSON.parse(answer));
  } catch {
    throw strange(place);
  }
};

const failureSchema = z.object({
  success: z.literal(false),
  error: z.string(),
  code: problemKindSchema,
  at: z.string().optional(),
});

/** What whoever is refused may do about it. */
const refusals: { readonly [K in Problem["kind"]]?: readonly string[] } = {
  unauthorized: [
    "Set AVSPARK_HTTP_TOKEN, here or in .env, to the token that the service was given, or to one of yours.",
    "Where its data is, avspark token add makes one.",
    "With --url it is sent to another host than the configured one only with --send-token.",
  ],
  "role-too-low": ["Set AVSPARK_HTTP_TOKEN to a token that may; avspark token list shows which there are."],
  "encryption-required": ["Name an address with https, or a service on this machine, with --url."],
};

const failureOf = (body: object, place: Place): CommandFailure => {
  const { data } = failureSchema.safeParse(body);
  if (data === undefined) return strange(place);
  const problem: Problem = { kind: data.code, message: data.error, ...(data.at === undefined ? {} : { at: data.at }) };
  const hints = refusals[problem.kind];
  if (hints !== undefined)
    return new CommandFailure(exitCodes.refused, `The service at ${place.shown} refuses: ${problem.message}`, hints);
  return new AnsweredFailure(exitCodes.failed, { problem, body, remedy: remedyFor(problem.kind) });
};
