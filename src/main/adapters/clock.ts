import type { Clock } from "../../core/ports.ts";

/** Timers longer than this would fire at once. */
const longestMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: Date.now,
  after: (ms, task) => {
    const timer = setTimeout(task, Math.min(Math.max(0, ms), longestMs));
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
