import { useCallback, useSyncExternalStore } from "react";

/** A clock's reading, to the step; what shows it is drawn anew at each step. */
const useClock = (read: () => number, step: number): number => {
  const subscribe = useCallback(
    (listener: () => void) => {
      const timer = setInterval(listener, step);
      return () => clearInterval(timer);
    },
    [step],
  );
  return useSyncExternalStore(subscribe, () => Math.floor(read() / step) * step);
};

/** The present, to the step (a second unless said otherwise). */
export const useNow = (step = 1000): number => useClock(Date.now, step);

const elapsed = (): number => performance.now();

/** For what takes a while: the clock that nobody can set. */
export const useElapsed = (step: number): number => useClock(elapsed, step);
