import type { Problem } from "../shared/problem.ts";
import type { Journal, JournalBatch } from "./journal.ts";
import { problemFrom } from "./port-problem.ts";
import type { Clock, Log } from "./ports.ts";

/** Facts are gathered this long, so that a thousand alerts at once are one write and not a thousand. */
const gatherMs = 20;
const retryMs = 1000;
/** Small facts waiting for a journal that refuses; beyond this the oldest go. */
const mostWaiting = 10_000;

const unforeseen: Problem = {
  kind: "internal",
  message: "Small facts could not be kept, for an error of Avspark's own.",
};

/** Small facts beside the messages. */
type Facts = Pick<JournalBatch, "alerts" | "acts" | "gaps" | "stats" | "meta">;

/** Writes the small facts beside the messages; what the journal refuses is written later, in order. */
export const createWriteBehind = (options: {
  readonly journal: Pick<Journal, "append">;
  readonly clock: Clock;
  readonly log: Log;
}) => {
  const { journal, clock, log } = options;
  let waiting: Facts[] = [];
  let cancel: (() => void) | null = null;
  /** Set while the journal has some. */
  let writing: Promise<void> | null = null;
  let stopped = false;

  const schedule = (ms: number): void => {
    if (writing === null && !stopped) cancel ??= clock.after(ms, flush);
  };

  const flush = (): void => {
    cancel?.();
    cancel = null;
    if (waiting.length === 0) return;
    const given = waiting;
    waiting = [];
    writing = write(given).then((problem) => {
      writing = null;
      if (problem === null && waiting.length === 0) return;
      if (problem !== null) waiting = [...given, ...waiting].slice(-mostWaiting);
      schedule(problem === null ? gatherMs : retryMs);
    });
  };

  const write = async (given: readonly Facts[]): Promise<Problem | null> => {
    try {
      await journal.append(together(given));
      return null;
    } catch (error) {
      const problem = problemFrom(["journal"], error, log) ?? unforeseen;
      log.warn("the journal refuses; small facts wait", { kind: problem.kind, waiting: given.length });
      return problem;
    }
  };

  return {
    write: (facts: Facts): void => {
      waiting.push(facts);
      if (waiting.length > mostWaiting) waiting = waiting.slice(-mostWaiting);
      schedule(gatherMs);
    },
    /** Resolves when the journal has what was given, or has refused it for now. */
    flushed: async (): Promise<void> => {
      if (writing !== null) await writing;
      flush();
      if (writing !== null) await writing;
    },
    /** One last try. */
    stop: async (): Promise<void> => {
      stopped = true;
      if (writing !== null) await writing;
      flush();
      if (writing !== null) await writing;
    },
  };
};
export type WriteBehind = ReturnType<typeof createWriteBehind>;

/** Of an alert or a gap only the latest word is written. */
const together = (facts: readonly Facts[]): Facts => ({
  alerts: latest(facts.flatMap(({ alerts = [] }) => alerts)),
  acts: facts.flatMap(({ acts = [] }) => acts),
  gaps: latest(facts.flatMap(({ gaps = [] }) => gaps)),
  stats: facts.flatMap(({ stats = [] }) => stats),
  meta: Object.fromEntries(facts.flatMap(({ meta = {} }) => Object.entries(meta))),
});

const latest = <T extends { readonly id: number }>(records: readonly T[]): readonly T[] => [
  ...new Map(records.map((record) => [record.id, record])).values(),
];
