import { z } from "zod";
import type { Bridge, WindowEvent } from "../shared/bridge.ts";
import type { CommandName, Input, Output } from "../shared/contract.ts";
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

/**
 * Only the outline is looked at: main is of the window's own build, keeps to the contract by its types, and has checked
 * what came from elsewhere. To read thousands of matches by their schema once more would stop the window.
 */
const eventOf = (text: string): WindowEvent | null => {
  const outline = eventOutline.safeParse(JSON.parse(text));
  return outline.success ? (outline.data as WindowEvent) : null;
};

const eventOutline = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("delta"), delta: z.looseObject({ seq: z.int() }) }),
  z.looseObject({ kind: z.literal("open") }),
]);

const replyOutline = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), problem: problemSchema, data: z.unknown().optional() }),
]);

/** `onInvalid` hears of events that could not be read: what follows them cannot be trusted. */
export const deskOver = (bridge: Bridge | undefined, onInvalid: () => void): Desk => ({
  call: async <N extends CommandName>(name: N, input: Input<N>): Promise<Answer<Output<N>>> => {
    if (bridge === undefined) return unreachable;
    try {
      const reply = replyOutline.safeParse(JSON.parse(await bridge.call(name, input)));
      if (!reply.success) return failed("internal", `${name} failed.`);
      return reply.data.ok ? ok(reply.data.value as Output<N>) : reply.data;
    } catch {
      return unreachable;
    }
  },
  subscribe: (listener) =>
    bridge?.subscribe((event) => {
      const read = eventOf(event);
      if (read === null) onInvalid();
      else listener(read);
    }) ?? (() => undefined),
});
