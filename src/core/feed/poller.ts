import type { SourceStatus } from "../../shared/connection.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import { createAbort } from "../abort.ts";
import { backoff } from "../backoff.ts";
import { type Moment, momentOf } from "../moment.ts";
import { problemFrom } from "../port-problem.ts";
import type { Clock, Log, MatchSource } from "../ports.ts";

/** `fetchedFrom`: when it was asked for; what happened later may not be in it. */
export type FetchedList =
  | { readonly kind: "unchanged"; readonly fetchedFrom: Moment }
  | {
      readonly kind: "list";
      readonly fetchedFrom: Moment;
      readonly matches: readonly unknown[];
      readonly etag: string | null;
      readonly bytes: number;
    };

export type PollerOptions = {
  readonly source: MatchSource;
  readonly clock: Clock;
  readonly log: Log;
  /** 0: only at start, when a list is needed, on demand, and while Redis is not heard. */
  readonly intervalMs: number;
  /** Matches in the list that was applied last, perhaps by the run before. */
  readonly known: number;
  /** The ETag to ask with; asked for anew at every fetch. */
  readonly etag: () => string | null;
  /** Applies it and says how many changes it brought. */
  readonly onList: (list: FetchedList) => Promise<{ readonly changes: number }>;
  readonly onStatus: (status: SourceStatus) => void;
};

export type Poller = {
  /** Fetches at once, and from then on. */
  readonly start: () => void;
  readonly stop: () => void;
  /** A list asked for at this moment, by `elapsed`, or later is needed, e.g. since a gap ended then. */
  readonly need: (from: number) => void;
  /** A list asked for from now on; resolves with how that went. */
  readonly demand: () => Promise<SourceStatus>;
  /** Fetches now instead of waiting for the next time, unless a fetch is under way. */
  readonly hurry: () => void;
  /** While Redis is not heard, the list is fetched more often. */
  readonly hearing: (hearing: boolean) => void;
  readonly status: () => SourceStatus;
};

/** While nothing is heard from Redis. */
const deafIntervalMs = 60_000;
const retry = { baseMs: 2000, capMs: 60_000, leastMs: 500 } as const;

/** When to fetch the full match list: one fetch at a time, and never fewer than are needed. */
export const createPoller = (options: PollerOptions): Poller => {
  const { source, clock, log } = options;
  let known = options.known;
  let running = false;
  let deaf = false;
  let neededFrom: number | null = null;
  let failures = 0;
  // All of these by `elapsed`.
  let fetching: { readonly startedAt: number; readonly abort: () => void } | null = null;
  let next: { readonly at: number; readonly cancel: () => void } | null = null;
  let waiters: { readonly from: number; readonly done: (status: SourceStatus) => void }[] = [];
  let status: SourceStatus = { state: "waiting", nextAt: null };

  const show = (now: SourceStatus): void => {
    status = now;
    options.onStatus(now);
  };

  const unschedule = (): void => {
    next?.cancel();
    next = null;
  };

  const schedule = (afterMs: number | null): void => {
    unschedule();
    if (afterMs === null || !running) return;
    next = { at: clock.elapsed() + afterMs, cancel: clock.after(afterMs, () => void fetchOnce()) };
  };

  /** A tenth more or less, so that many desks do not ask at the same moment. */
  const regularWait = (): number | null => {
    const interval = deaf ? Math.min(options.intervalMs || deafIntervalMs, deafIntervalMs) : options.intervalMs;
    if (interval === 0) return null;
    return Math.round(interval * (0.9 + 0.2 * clock.random()));
  };

  const retryWait = (): number => {
    const capMs = options.intervalMs === 0 ? retry.capMs : Math.min(retry.capMs, options.intervalMs);
    return Math.max(retry.leastMs, backoff({ baseMs: retry.baseMs, capMs, failures, random: clock.random() }));
  };

  const nextAt = (): Instant | null =>
    next === null ? null : instantOf(clock.now() + Math.max(0, next.at - clock.elapsed()));

  const fetchOnce = async (): Promise<void> => {
    if (fetching !== null || !running) return;
    const started = momentOf(clock);
    const { signal, abort } = createAbort();
    const mine = { startedAt: started.elapsed, abort };
    fetching = mine;
    unschedule();
    show({ state: "fetching", since: instantOf(started.wall) });
    const outcome = await attempt(started, signal);
    // Stopped meanwhile, and perhaps started anew.
    if (fetching !== mine) return;
    fetching = null;
    settle(mine.startedAt, outcome);
  };

  type Outcome = { readonly changes: number; readonly unchanged: boolean } | Problem;

  const attempt = async (fetchedFrom: Moment, signal: Parameters<MatchSource["fetch"]>[1]): Promise<Outcome> => {
    try {
      const answer = await source.fetch(options.etag(), signal);
      if (signal.aborted) return { changes: 0, unchanged: true };
      const { changes } = await options.onList({ ...answer, fetchedFrom });
      if (answer.kind === "unchanged") return { changes, unchanged: true };
      known = answer.matches.length;
      return { changes, unchanged: false };
    } catch (error) {
      const problem = problemFrom(["source", "journal"], error, log);
      return problem ?? { kind: "internal", message: "The match list could not be taken." };
    }
  };

  const settle = (startedAt: number, outcome: Outcome): void => {
    const failed = "kind" in outcome;
    failures = failed ? failures + 1 : 0;
    if (!failed && neededFrom !== null && startedAt >= neededFrom) neededFrom = null;
    const again = waiters.some(({ from }) => from > startedAt) || (neededFrom !== null && neededFrom > startedAt);
    schedule(again ? 0 : failed ? retryWait() : regularWait());
    const at = instantOf(clock.now());
    if (failed) {
      log[failures === 1 ? "warn" : "debug"]("The match list could not be fetched.", {
        kind: outcome.kind,
        reason: outcome.message,
      });
      show({ state: "failed", at, problem: outcome, nextAt: nextAt() });
    } else {
      log.debug("The match list was fetched.", { matches: known, ...outcome });
      show({ state: "fetched", at, matches: known, ...outcome, nextAt: nextAt() });
    }
    const answered = waiters.filter(({ from }) => from <= startedAt);
    waiters = waiters.filter(({ from }) => from > startedAt);
    for (const { done } of answered) done(status);
  };

  return {
    start: () => {
      if (running) return;
      running = true;
      void fetchOnce();
    },
    stop: () => {
      running = false;
      unschedule();
      fetching?.abort();
      fetching = null;
      for (const { done } of waiters.splice(0)) done(status);
    },
    need: (from) => {
      if (neededFrom !== null && from <= neededFrom) return;
      neededFrom = from;
      if (fetching === null) schedule(Math.max(0, from - clock.elapsed()));
    },
    demand: () =>
      new Promise((done) => {
        if (!running) {
          done(status);
          return;
        }
        // What is under way was asked for before; the next one is meant.
        const now = clock.elapsed();
        const from = fetching === null ? now : Math.max(now, fetching.startedAt + 1);
        waiters.push({ from, done });
        void fetchOnce();
      }),
    hurry: () => void fetchOnce(),
    hearing: (hearing) => {
      if (deaf === !hearing) return;
      deaf = !hearing;
      const wait = regularWait();
      if (!deaf || fetching !== null || wait === null || (next !== null && clock.elapsed() + wait >= next.at)) return;
      schedule(wait);
      if ("nextAt" in status) show({ ...status, nextAt: nextAt() });
    },
    status: () => status,
  };
};
