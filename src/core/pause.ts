import type { Clock } from "./ports.ts";

/** Resolves after so many milliseconds; with 0, when whatever else waits has had its turn. */
export const pause = (clock: Pick<Clock, "after">, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.after(ms, resolve));
