import type { Problem } from "../../shared/problem.ts";
import type { Clock } from "../ports.ts";

/** Whoever waits is told after so long; the program may take its time all the same. */
const patienceMs = 60_000;

const late: Problem = { kind: "program-failed", message: "onMatches has not ended yet." };
const stopping: Problem = { kind: "program-failed", message: "Avspark is stopping." };

type Waiter = { readonly ids: Set<string>; readonly end: (problem: Problem | null) => void };

/** Those who wait until some matches are taken, or a call with any of them has failed. */
export const createWaiters = (clock: Clock) => {
  const waiters = new Set<Waiter>();
  return {
    wait: (ids: readonly string[]): Promise<Problem | null> =>
      new Promise((resolve) => {
        const waiter: Waiter = {
          ids: new Set(ids),
          end: (problem) => {
            cancel();
            waiters.delete(waiter);
            resolve(problem);
          },
        };
        const cancel = clock.after(patienceMs, () => waiter.end(late));
        waiters.add(waiter);
      }),
    taken: (ids: readonly string[]): void => {
      for (const waiter of [...waiters]) {
        for (const id of ids) waiter.ids.delete(id);
        if (waiter.ids.size === 0) waiter.end(null);
      }
    },
    failed: (ids: readonly string[], problem: Problem): void => {
      for (const waiter of [...waiters]) if (ids.some((id) => waiter.ids.has(id))) waiter.end(problem);
    },
    stop: (): void => {
      for (const waiter of [...waiters]) waiter.end(stopping);
    },
  };
};
