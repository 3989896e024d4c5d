import { useCallback, useSyncExternalStore } from "react";

type Ticking = { readonly listeners: Set<() => void>; readonly timer: ReturnType<typeof setInterval> };

/** One timer for each step, however many show a time. */
const ticking = new Map<number, Ticking>();

const tick = (step: number, listener: () => void): (() => void) => {
  const known = ticking.get(step);
  const listeners = known?.listeners ?? new Set();
  listeners.add(listener);
  if (known === undefined)
    ticking.set(step, {
      listeners,
      timer: setInterval(() => {
        for (const each of listeners) each();
      }, step),
    });
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking.get(step)?.timer);
    ticking.delete(step);
  };
};

/** What is read at each step; what shows it is drawn anew only when it is something else. */
const useTicking = <T extends number | string>(step: number, read: () => T): T => {
  const subscribe = useCallback((listener: () => void) => tick(step, listener), [step]);
  return useSyncExternalStore(subscribe, read);
};

const second = 1000;

/** The present, to the step (a second unless said otherwise). */
export const useNow = (step = second): number => useTicking(step, () => Math.floor(Date.now() / step) * step);

/** For what takes a while: the clock that nobody can set. */
export const useElapsed = (step: number): number => useTicking(step, () => Math.floor(performance.now() / step) * step);

/** What is said of the present, second by second. */
export const useSaidNow = (say: (now: number) => string): string => useTicking(second, () => say(Date.now()));
