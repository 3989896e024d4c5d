import type { Log } from "../../core/ports.ts";
import { type CommandName, contract, type Handlers, type Output, type Reply } from "../../shared/contract.ts";
import { failed } from "../../shared/problem.ts";
import { problemOf, traceOf } from "./caught.ts";
import { readInput } from "./input.ts";

/** One call from outside: the input is checked, then the one handler answers. The HTTP door does the same in two steps. */
export const run = <N extends CommandName>(handlers: Handlers, name: N, input: unknown): Promise<Output<N>> =>
  handlers[name](readInput(name, input));

/** As the window calls, by a name that may be anything. Never throws. */
export const callCommand = async (
  handlers: Handlers,
  log: Log,
  name: unknown,
  input: unknown,
): Promise<Reply<CommandName>> => {
  if (typeof name !== "string" || !isCommand(name)) return failed("not-found", "There is no such command.");
  try {
    return { ok: true, value: await run(handlers, name, input) };
  } catch (error) {
    const { problem, data, unforeseen } = problemOf(error);
    if (unforeseen) log.error("a command failed unexpectedly", { command: name, ...traceOf(error) });
    return { ok: false, problem, data };
  }
};

const isCommand = (name: string): name is CommandName => Object.hasOwn(contract, name);
