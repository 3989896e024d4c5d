import type { Clock } from "../../core/ports.ts";

/** Timers longer than this would fire at once. */
const longestMs = 2 ** 31 - 1;

/** Pictures of the window are taken while the wall clock stands still: `--fixed-time=2027-05-08T09:00:00Z`. */
const fixed = process.argv.flatMap((argument) => /^--fixed-time=(.+)$/.exec(argument)?.[1] ?? []).map(Date.parse)[0];

export const systemClock: Clock = {
  // Asked anew each time, so that a test can set the clock of a program that runs.
  now: fixed === undefined ? () => Date.now() : () => fixed,
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
