import type { WindowEvent } from "../shared/bridge.ts";
import type { Problem } from "../shared/problem.ts";
import type { Delta } from "../shared/snapshot.ts";
import { applyDelta, openState, type WindowState } from "./apply.ts";
import type { Desk } from "./bridge.ts";

type Following = {
  readonly desk: Pick<Desk, "call" | "subscribe">;
  readonly onState: (state: WindowState) => void;
  /** No snapshot could be had. What is shown already may be out of date. */
  readonly onProblem: (problem: Problem) => void;
  readonly onOpen: (event: Extract<WindowEvent, { kind: "open" }>) => void;
};

/** Deltas are kept while the snapshot is on its way; many more than that says something is stuck. */
const bufferLimit = 600;

/**
 * Keeps a state current: hears first, then takes the snapshot, then applies what came meanwhile. After a hole in the
 * numbers it begins anew. `refresh` does the same on demand.
 */
export const follow = ({ desk, onState, onProblem, onOpen }: Following) => {
  let state: WindowState | null = null;
  let heard = 0;
  /** null while live; a list while a snapshot is on its way. */
  let waiting: Delta[] | null = null;

  const apply = (delta: Delta): boolean => {
    if (state === null) return false;
    const next = applyDelta(state, delta);
    if (next === "hole") return false;
    state = next;
    return true;
  };

  const refresh = async (): Promise<void> => {
    if (waiting !== null) return;
    const buffer: Delta[] = [];
    waiting = buffer;
    heard = state?.heard ?? heard;
    const answer = await desk.call("snapshot", {});
    waiting = null;
    if (!answer.ok) return onProblem(answer.problem);
    const { snapshot } = answer.value;
    state = openState(snapshot, heard);
    const whole = buffer.filter((delta) => delta.seq > snapshot.seq).every(apply);
    onState(state);
    if (!whole) return refresh();
  };

  const unsubscribe = desk.subscribe((event) => {
    if (event.kind === "open") return onOpen(event);
    if (waiting !== null) {
      waiting.push(event.delta);
      if (waiting.length > bufferLimit) waiting.shift();
      return;
    }
    if (!apply(event.delta)) void refresh();
    else if (state !== null) onState(state);
  });

  return { refresh, stop: unsubscribe };
};
