import type { Icon } from "@tabler/icons-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ViewName } from "../../shared/bridge.ts";
import type { TargetName } from "../../shared/calendar.ts";
import { ok, type Problem, type Result } from "../../shared/problem.ts";
import { openView } from "../navigation.ts";

type Failure = {
  readonly problem: Problem;
  /** The calendar in which it failed. */
  readonly target?: TargetName;
  /** What failed, where that is more than the problem says. */
  readonly what?: string;
};

/** What came of an action: the sentence that says so (empty: it can be seen), or why it failed. */
export type Outcome = { readonly ok: true; readonly value: string } | ({ readonly ok: false } & Failure);

/** Something a person can do. */
export type Action = {
  readonly id: string;
  readonly label: string;
  readonly icon: Icon;
  /** It needs no service: it goes somewhere, or is done by this window and its computer. */
  readonly here?: true;
  readonly run: () => Promise<Outcome>;
};

/** An action that is done at once and cannot fail, such as turning a filter on. */
export const immediate = (
  parts: Omit<Action, "run"> & { readonly does: () => void; readonly said: string },
): Action => ({
  id: parts.id,
  label: parts.label,
  icon: parts.icon,
  here: true,
  run: async () => {
    parts.does();
    return { ok: true, value: parts.said };
  },
});

export const say = <T>(result: Result<T>, sentence: (value: T) => string): Result<string> =>
  result.ok ? ok(sentence(result.value)) : result;

/** Opens a view, or a place in it; there is nothing to say about it afterwards. */
export const going = (
  what: Pick<Action, "id" | "label" | "icon">,
  view: ViewName,
  place: string | null = null,
): Action => ({
  ...what,
  here: true,
  run: async () => {
    openView(view, place);
    return ok("");
  },
});

export type ActionState =
  | { readonly name: "idle" }
  | { readonly name: "running"; readonly since: number }
  | { readonly name: "done"; readonly message: string }
  | ({ readonly name: "failed" } & Failure);

/** Runs an action and remembers how it goes. A second press while it runs does nothing. */
export const useAction = (run: Action["run"]) => {
  const [state, setState] = useState<ActionState>({ name: "idle" });
  const running = useRef(false);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  const start = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    setState({ name: "running", since: performance.now() });
    const result = await run();
    running.current = false;
    if (gone.current) return;
    if (result.ok) setState({ name: "done", message: result.value });
    else {
      const { ok: _, ...failure } = result;
      setState({ name: "failed", ...failure });
    }
  }, [run]);
  const reset = useCallback(() => {
    if (!running.current) setState({ name: "idle" });
  }, []);
  return { state, start, reset };
};
