import { act, cleanup, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, onTestFinished, vi } from "vitest";
import type { Bridge, ViewName } from "../../shared/bridge.ts";
import { type CommandName, contract, type Handlers, type Input } from "../../shared/contract.ts";
import { type Language, languages } from "../../shared/language.ts";
import { failed, ProblemError } from "../../shared/problem.ts";
import { type Delta, deltaSchema, type Snapshot } from "../../shared/snapshot.ts";
import { delta } from "../../shared/testing/delta.ts";
import { App } from "../App.tsx";
import { hrefOf } from "../navigation.ts";
import { snapshot } from "../samples.ts";
import { openSession } from "../session.ts";

/** What a page without a screen has no size of: lists draw what would be seen. */
const size = { offsetWidth: 1200, offsetHeight: 700, clientWidth: 1200, clientHeight: 700 };
for (const [name, value] of Object.entries(size))
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });

// Fields that grow with their text listen for fonts that arrive.
Object.defineProperty(document, "fonts", { configurable: true, value: new EventTarget() });

type Call = { readonly name: CommandName; readonly input: unknown };

/**
 * A main process derived from the contract: what the window asks and what it is answered pass each command's own schemas, so
 * that no test goes by a form that the real one does not have.
 */
const createMain = (first: Snapshot, handlers: Partial<Handlers>) => {
  const calls: Call[] = [];
  const listeners = new Set<(event: string) => void>();
  let { seq } = first;
  const answer = async <N extends CommandName>(name: N, given: Input<N>): Promise<unknown> => {
    const input = contract[name].input.parse(JSON.parse(JSON.stringify(given)));
    calls.push({ name, input });
    if (name === "snapshot") return { snapshot: first };
    const handler: ((input: never) => Promise<unknown>) | undefined = handlers[name];
    if (handler === undefined) throw new ProblemError({ kind: "not-found", message: `Nobody answers ${name} here.` });
    return handler(input as never);
  };
  const bridge: Bridge = {
    call: async (name, input) => {
      try {
        return JSON.stringify({ ok: true, value: contract[name].output.parse(await answer(name, input)) });
      } catch (error) {
        if (error instanceof ProblemError) return JSON.stringify({ ok: false, problem: error.problem });
        return JSON.stringify(failed("internal", String(error)));
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return {
    bridge,
    calls,
    tell: (rest: Partial<Delta>): void => {
      seq += 1;
      const event = JSON.stringify({ kind: "delta", delta: deltaSchema.parse(delta(seq, rest)) });
      act(() => {
        for (const listener of listeners) listener(event);
      });
    },
  };
};

type Opening = {
  readonly view: ViewName;
  readonly id?: string;
  readonly language?: Language;
  readonly state?: Partial<Snapshot>;
  readonly handlers?: Partial<Handlers>;
};

/** The window on a page, as a person has it before them: the page's own title is there when this is. */
export const openWindow = async ({ view, id, language = "en", state = {}, handlers = {} }: Opening) => {
  window.location.hash = hrefOf(view, id ?? null);
  window.localStorage.clear();
  window.sessionStorage.clear();
  Object.defineProperty(window.navigator, "languages", { configurable: true, value: [language, ...languages] });
  const main = createMain(snapshot(1, state), handlers);
  // What is told is looked for at once.
  const session = openSession(main.bridge, (show) => ({ news: show }));
  await session.connect();
  render(<App session={session} />);
  onTestFinished(cleanup);
  // The title of the page, not the one of what stands there before its code has come.
  await vi.waitFor(() => expect(document.querySelector("#content section h1")).not.toBeNull(), { timeout: 10_000 });
  return { ...main, user: userEvent.setup() };
};
