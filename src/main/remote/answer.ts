import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import { type CommandName, contract, type Output } from "../../shared/contract.ts";
import { parseJson } from "../../shared/json/read.ts";
import { failed, type Problem, ProblemError, problemKindSchema, raise } from "../../shared/problem.ts";
import { unpack } from "../adapters/unpack.ts";
import { bear } from "./bear.ts";
import { troubleOf } from "./way.ts";

/** More than any snapshot of ten thousand matches. */
const mostBytes = 256 * 1024 * 1024;

const failureSchema = z.looseObject({
  success: z.literal(false),
  error: z.string(),
  code: z.string(),
  at: z.string().optional(),
});

/** The contract's output schemas, by name. */
const outputs: { readonly [N in CommandName]: { readonly output: z.ZodType<Output<N>> } } = contract;

/** What a service answered to a command, and whether it said more than this version can read. Rejects with ProblemError. */
export const outputOf = async <N extends CommandName>(
  name: N,
  response: IncomingMessage,
  host: string,
): Promise<{ readonly output: Output<N>; readonly unread: number }> => {
  const body = await jsonOf(response, host);
  const failure = failureSchema.safeParse(body);
  // A probe that says no is an answer all the same: its output is beside the failure.
  if (failure.success && !outputs[name].output.safeParse(body).success) throw refusal(failure.data, body);
  const borne = bear(outputs[name].output, name === "snapshot" ? attached(body) : body);
  if (borne === null) return raise("service-strange", `${host} answers ${name} in a form that is not known here.`);
  return { output: borne.value, unread: borne.unread };
};

/** Whether its snapshot knows of windows elsewhere or not: how this one stands with it is for this one to say. */
const attached = (body: unknown): unknown => {
  const { data } = z.looseObject({ snapshot: z.looseObject({}) }).safeParse(body);
  return data === undefined ? body : { ...data, snapshot: { ...data.snapshot, attachment: null } };
};

/** Why a service refused what is no command. */
export const refusalOf = async (response: IncomingMessage, host: string): Promise<ProblemError> => {
  const body = await jsonOf(response, host);
  const { data } = failureSchema.safeParse(body);
  return data === undefined ? new ProblemError(strange(host, response)) : refusal(data, body);
};

const jsonOf = async (response: IncomingMessage, host: string): Promise<unknown> => {
  const packed = await buffer(response).catch((error: unknown) => {
    throw new ProblemError(troubleOf(error, { host }), {}, { cause: error });
  });
  const content = await unpack(packed, response.headers["content-encoding"], mostBytes);
  const json = content.ok ? parseJson(content.body.toString()) : null;
  if (json?.ok) return json.value;
  throw new ProblemError(strange(host, response));
};

/** A proxy before a service that is away says so in its own words, and with a status of the server's own fault. */
const strange = (host: string, { statusCode = 0 }: IncomingMessage): Problem =>
  statusCode >= 500
    ? failed("service-unreachable", `What answers at ${host} has no service behind it at the moment (${statusCode}).`)
        .problem
    : failed("service-strange", `What answers at ${host} is no service of Avspark.`).problem;

const refusal = (failure: z.infer<typeof failureSchema>, body: unknown): ProblemError => {
  // A newer service knows kinds of trouble that have no advice here; its own sentence says what it is.
  const kind = problemKindSchema.safeParse(failure.code).data ?? "internal";
  const { success: _, timestamp: __, error, code: ___, at, ...data } = { timestamp: null, ...failure };
  const own = kind === "unauthorized" ? ("service-sign-in" as const) : kind;
  return new ProblemError(
    { kind: own, message: error, ...(at === undefined || kind === "unauthorized" ? {} : { at }) },
    typeof body === "object" ? data : {},
  );
};
