import type { Clock } from "../../ports.ts";

/** A generator of chance that gives the same again for the same seed (mulberry32). */
export const createChance = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** More timers at one moment than anything has a use for. */
const mostAtOnce = 10_000;

type Timer = { readonly at: number; readonly order: number; readonly task: () => void };

/** What `elapsed` says at first: far from any wall clock, so that whoever mistakes one for the other is wrong by years. */
const origin = 5_000_000;

/**
 * Time that passes only when told to, and a wall clock that can be set. `breathe` lets everything run that waits for no
 * timer.
 */
export const createVirtualClock = (options: {
  readonly start: number;
  readonly random: () => number;
  readonly breathe: () => Promise<void>;
}) => {
  const { random, breathe } = options;
  let elapsed = origin;
  /** How far the wall clock is ahead of `elapsed`. */
  let ahead = options.start - origin;
  let order = 0;
  const timers = new Set<Timer>();

  const next = (until: number): Timer | null => {
    let first: Timer | null = null;
    for (const timer of timers) {
      if (timer.at > until) continue;
      if (first === null || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer;
    }
    return first;
  };

  /** A clock whose timers die with its owner. */
  const clockFor = (isAlive: () => boolean): Clock => ({
    now: () => elapsed + ahead,
    elapsed: () => elapsed,
    random,
    after: (ms, task) => {
      const timer: Timer = { at: elapsed + Math.max(0, ms), order: order++, task: () => isAlive() && task() };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });

  const advance = async (ms: number): Promise<void> => {
    const until = elapsed + ms;
    await breathe();
    let atOnce = 0;
    for (let timer = next(until); timer !== null; timer = next(until)) {
      timers.delete(timer);
      atOnce = timer.at > elapsed ? 0 : atOnce + 1;
      if (atOnce > mostAtOnce) throw new Error("time stands still: one timer sets the next without any delay");
      elapsed = Math.max(elapsed, timer.at);
      timer.task();
      await breathe();
    }
    elapsed = until;
  };

  /** Lets time pass until it is so; false when it is not within `limit`. */
  const until = async (isSo: () => boolean, limit: number): Promise<boolean> => {
    const end = elapsed + limit;
    await breathe();
    while (!isSo() && elapsed < end) {
      const timer = next(end);
      await advance(timer === null ? end - elapsed : timer.at - elapsed);
    }
    return isSo();
  };

  return {
    now: () => elapsed + ahead,
    elapsed: () => elapsed,
    /** Sets the wall clock; no time passes. */
    setWallClock: (to: number): void => {
      ahead = to - elapsed;
    },
    clockFor,
    clock: clockFor(() => true),
    advance,
    until,
    /** Lets time pass until it is done. */
    finish: async <T>(work: Promise<T>): Promise<T> => {
      let isDone = false;
      const noted = work.finally(() => {
        isDone = true;
      });
      noted.catch(() => undefined);
      if (!(await until(() => isDone, 60 * 60_000))) throw new Error("it is not done within an hour");
      return noted;
    },
  };
};
