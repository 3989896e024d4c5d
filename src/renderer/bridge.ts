import { type Bridge, type WindowEvent, windowEventSchema } from "../shared/bridge.ts";
import { type CommandName, contract, type Input, type Output } from "../shared/contract.ts";
import { failed, ok, problemSchema, type Result } from "../shared/problem.ts";

declare global {
  interface Window {
    /** Exposed by the preload script; absent when that failed to load. */
    readonly avspark?: Bridge;
  }
}

/** The window's only way out. A call never rejects: whatever goes wrong is a problem. */
export type Desk = {
  readonly call: <N extends CommandName>(name: N, input: Input<N>) => Promise<Result<Output<N>>>;
  readonly subscribe: (listener: (event: WindowEvent) => void) => () => void;
};

const unreachable = failed("internal", "The window has no connection to the service.");

const parseOutput = <N extends CommandName>(name: N, value: unknown): Result<Output<N>> => {
  const parsed = contract[name].output.safeParse(value);
  if (!parsed.success) return failed("internal", `The answer to ${name} has a form the window does not know.`);
  // The schema just used is this command's own, but the compiler does not tie one command of the union to its output.
  return ok(parsed.data as Output<N>);
};

/** `onInvalid` hears of events that could not be read: what follows them cannot be trusted. */
export const deskOver = (bridge: Bridge | undefined, onInvalid: () => void): Desk => ({
  call: async (name, input) => {
    if (bridge === undefined) return unreachable;
    try {
      const reply = await bridge.call(name, input);
      if (reply.ok) return parseOutput(name, reply.value);
      const problem = problemSchema.safeParse(reply.problem);
      return problem.success ? { ok: false, problem: problem.data } : failed("internal", `${name} failed.`);
    } catch {
      return unreachable;
    }
  },
  subscribe: (listener) =>
    bridge?.subscribe((event) => {
      const parsed = windowEventSchema.safeParse(event);
      if (parsed.success) listener(parsed.data);
      else onInvalid();
    }) ?? (() => undefined),
});
