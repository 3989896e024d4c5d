import type { z } from "zod";
import type { Log } from "../../core/ports.ts";
import type { CommandName, Handlers, Input, Parsed, Reply } from "../../shared/contract.ts";
import { contract } from "../../shared/contract.ts";
import { type Problem, ProblemError } from "../../shared/problem.ts";

/** One call from outside: the name and the input are checked, then the one handler answers. Never throws. */
export const callCommand = async (
  handlers: Handlers,
  log: Log,
  name: unknown,
  input: unknown,
): Promise<Reply<CommandName>> => {
  if (typeof name !== "string" || !isCommand(name)) {
    return { ok: false, problem: { kind: "not-found", message: "There is no such command." } };
  }
  return invoke(handlers, log, name, input);
};

export const isCommand = (name: string): name is CommandName => Object.hasOwn(contract, name);

const invoke = async <N extends CommandName>(
  handlers: Handlers,
  log: Log,
  name: N,
  input: unknown,
): Promise<Reply<N>> => {
  const schema: z.ZodType<Parsed<N>, Input<N>> = contract[name].input as never;
  const parsed = schema.safeParse(input);
  if (!parsed.success) return { ok: false, problem: inputProblem(parsed.error) };
  try {
    return { ok: true, value: await handlers[name](parsed.data) };
  } catch (error) {
    return { ok: false, problem: asProblem(error, log, name) };
  }
};

/** The first thing wrong with an input, as a sentence with its path; never with its content. */
export const inputProblem = (error: z.core.$ZodError): Problem => {
  const issue = error.issues[0];
  const at = (issue?.path ?? []).reduce<string>(
    (path, key) => (typeof key === "number" ? `${path}[${key}]` : path === "" ? String(key) : `${path}.${String(key)}`),
    "",
  );
  const message = `${at === "" ? "The input" : at} is not right: ${issue?.message ?? "unknown reason"}.`;
  return at === "" ? { kind: "input-invalid", message } : { kind: "input-invalid", message, at };
};

export const asProblem = (error: unknown, log: Log, command: string): Problem => {
  if (error instanceof ProblemError) return error.problem;
  log.error("a command failed unexpectedly", { command, error });
  return { kind: "internal", message: "Something went wrong inside Avspark; the log has the details." };
};
