import type { Icon } from "@tabler/icons-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Problem, Result } from "../../shared/problem.ts";

/** Something a person can do. `run` answers with the sentence that says what came of it. */
export type Action = {
  readonly id: string;
  readonly label: string;
  readonly icon: Icon;
  readonly run: () => Promise<Result<string>>;
};

/** An action that is done at once and cannot fail, such as turning a filter on. */
export const immediate = (
  parts: Omit<Action, "run"> & { readonly does: () => void; readonly said: string },
): Action => ({
  id: parts.id,
  label: parts.label,
  icon: parts.icon,
  run: async () => {
    parts.does();
    return { ok: true, value: parts.said };
  },
});

export type ActionState =
  | { readonly name: "idle" }
  | { readonly name: "running"; readonly since: number }
  | { readonly name: "done"; readonly message: string }
  | { readonly name: "failed"; readonly problem: Problem };

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
    setState(result.ok ? { name: "done", message: result.value } : { name: "failed", problem: result.problem });
  }, [run]);
  const reset = useCallback(() => {
    if (!running.current) setState({ name: "idle" });
  }, []);
  return { state, start, reset };
};
