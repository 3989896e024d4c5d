import type { Clock } from "./ports.ts";

/** Tasks that are done again and again until all of them are stopped. */
export const createRepeater = (clock: Pick<Clock, "after">) => {
  const cancels = new Set<() => void>();
  const every = (ms: number, task: () => void): void => {
    const cancel = clock.after(ms, () => {
      cancels.delete(cancel);
      every(ms, task);
      task();
    });
    cancels.add(cancel);
  };
  return {
    /** For the first time after so long. */
    every,
    stop: (): void => {
      for (const cancel of cancels) cancel();
      cancels.clear();
    },
  };
};
