import { ProblemError } from "../../shared/problem.ts";
import type { Journal, JournalBatch } from "../journal.ts";
import type { Clock, Log } from "../ports.ts";

/** Facts are gathered this long, so that a thousand alerts at once are one write and not a thousand. */
const gatherMs = 20;
const retryMs = 1000;
/** Small facts waiting for a journal that refuses; beyond this the oldest go. */
const mostWaiting = 10_000;

/** Small facts beside the messages. */
type Facts = Pick<JournalBatch, "alerts" | "gaps" | "stats" | "meta">;

/** Writes the small facts beside the messages; what the journal refuses is written later, in order. */
export const createLedger = (options: {
  readonly journal: Pick<Journal, "write">;
  readonly clock: Clock;
  readonly log: Log;
}) => {
  const { journal, clock, log } = options;
  let waiting: Facts[] = [];
  let cancel: (() => void) | null = null;

  const flush = (): void => {
    cancel?.();
    cancel = null;
    if (waiting.length === 0) return;
    try {
      journal.write(together(waiting));
      waiting = [];
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      log.warn("the journal refuses; small facts wait", { kind: error.problem.kind, waiting: waiting.length });
      cancel = clock.after(retryMs, flush);
    }
  };

  return {
    write: (facts: Facts): void => {
      waiting.push(facts);
      if (waiting.length > mostWaiting) waiting = waiting.slice(-mostWaiting);
      cancel ??= clock.after(gatherMs, flush);
    },
    /** One last try. */
    stop: (): void => {
      flush();
      cancel?.();
      cancel = null;
    },
  };
};
export type Ledger = ReturnType<typeof createLedger>;

/** Of an alert or a gap only the latest word is written. */
const together = (facts: readonly Facts[]): Facts => ({
  alerts: latest(facts.flatMap(({ alerts = [] }) => alerts)),
  gaps: latest(facts.flatMap(({ gaps = [] }) => gaps)),
  stats: facts.flatMap(({ stats = [] }) => stats),
  meta: Object.fromEntries(facts.flatMap(({ meta = {} }) => Object.entries(meta))),
});

const latest = <T extends { readonly id: number }>(records: readonly T[]): readonly T[] => [
  ...new Map(records.map((record) => [record.id, record])).values(),
];
