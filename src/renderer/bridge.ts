import { z } from "zod";
import { type Bridge, type WindowEvent, windowEventSchema } from "../shared/bridge.ts";
import { type CommandName, contract, type Input, type Output } from "../shared/contract.ts";
import { failed, ok, type Problem, problemSchema } from "../shared/problem.ts";

declare global {
  interface Window {
    /** Exposed by the preload script; absent when that failed to load. */
    readonly avspark?: Bridge;
  }
}

/** `data`: what was achieved all the same; each command's caller knows its form. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem; readonly data?: unknown };

/** The window's only way out. A call never rejects: whatever goes wrong is a problem. */
export type Desk = {
  readonly call: <N extends CommandName>(name: N, input: Input<N>) => Promise<Answer<Output<N>>>;
  readonly subscribe: (listener: (event: WindowEvent) => void) => () => void;
};

const unreachable = failed("internal", "The window has no connection to the service.");

const replySchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), problem: problemSchema, data: z.unknown().optional() }),
]);

const parseOutput = <N extends CommandName>(name: N, value: unknown): Answer<Output<N>> => {
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
      const reply = replySchema.safeParse(JSON.parse(await bridge.call(name, input)));
      if (!reply.success) return failed("internal", `${name} failed.`);
      return reply.data.ok ? parseOutput(name, reply.data.value) : reply.data;
    } catch {
      return unreachable;
    }
  },
  subscribe: (listener) =>
    bridge?.subscribe((event) => {
      const parsed = windowEventSchema.safeParse(JSON.parse(event));
      if (parsed.success) listener(parsed.data);
      else onInvalid();
    }) ?? (() => undefined),
});
