import { instantOf } from "../../shared/instant.ts";
import { type Problem, ProblemError } from "../../shared/problem.ts";
import type { Journal } from "../journal.ts";
import type { Clock, Log } from "../ports.ts";

const everyMs = 10 * 60_000;
const pauseMs = 50;
/** A journal that grows by this share of its limit is looked at sooner. */
const growth = 0.1;

type CleanerOptions = {
  readonly journal: Pick<Journal, "cleanSlice">;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: () => { readonly days: number; readonly megabytes: number };
  /** After every run. */
  readonly onCleaned: () => void;
};

/** Keeps the journal within its limits: in slices, with pauses, so that nothing waits for it. */
export const createCleaner = ({ journal, clock, log, limits, onCleaned }: CleanerOptions) => {
  let cancel: (() => void) | null = null;
  let cleaning = false;
  let grown = 0;
  let stopped = false;

  const after = (ms: number, task: () => void): void => {
    cancel?.();
    cancel = clock.after(ms, task);
  };

  const begin = (): void => {
    cleaning = true;
    grown = 0;
    void slice();
  };

  const slice = async (): Promise<void> => {
    const problem = await attempt();
    if (stopped) return;
    if (problem === "more") {
      after(pauseMs, () => void slice());
      return;
    }
    if (problem !== null) log.warn("cleaning failed and is tried again later", { kind: problem.kind });
    cleaning = false;
    after(everyMs, begin);
    onCleaned();
  };

  const attempt = async (): Promise<Problem | "more" | null> => {
    try {
      return (await journal.cleanSlice({ now: instantOf(clock.now()), ...limits() })) ? "more" : null;
    } catch (error) {
      if (error instanceof ProblemError) return error.problem;
      throw error;
    }
  };

  return {
    start: (): void => after(everyMs, begin),
    stop: (): void => {
      stopped = true;
      cancel?.();
      cancel = null;
    },
    /** So many bytes were journaled. */
    grew: (bytes: number): void => {
      grown += bytes;
      if (!cleaning && cancel !== null && grown > limits().megabytes * 1_000_000 * growth) after(pauseMs, begin);
    },
  };
};
