import type { Clock } from "../../core/ports.ts";

/** Timers longer than this would fire at once. */
const longestMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  after: (ms, task) => {
    // A timer of 0 ms waits for 1 ms; this lets what has come in be read first, and then goes on.
    if (ms === 0) {
      const immediate = setImmediate(task);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(task, Math.min(Math.max(0, ms), longestMs));
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
