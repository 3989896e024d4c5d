import { useCallback, useSyncExternalStore } from "react";

/** The present, to the step (a second unless said otherwise); what shows it is drawn anew at each step. */
export const useNow = (step = 1000): number => {
  const subscribe = useCallback(
    (listener: () => void) => {
      const timer = setInterval(listener, step);
      return () => clearInterval(timer);
    },
    [step],
  );
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / step) * step);
};
