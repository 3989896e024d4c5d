import { ProblemError } from "../../shared/problem.ts";
import type { Journal, JournalBatch } from "../journal.ts";
import type { Clock, Log } from "../ports.ts";

const retryMs = 1000;
/** Small facts waiting for a journal that refuses; beyond this the oldest go. */
const mostWaiting = 10_000;

/** Writes the small facts beside the messages (alerts, gaps, counts); what the journal refuses is written later, in order. */
export const createLedger = (options: {
  readonly journal: Pick<Journal, "write">;
  readonly clock: Clock;
  readonly log: Log;
}) => {
  const { journal, clock, log } = options;
  let waiting: JournalBatch[] = [];
  let cancel: (() => void) | null = null;

  const flush = (): void => {
    cancel?.();
    cancel = null;
    while (waiting.length > 0) {
      const [batch] = waiting;
      if (batch === undefined) return;
      try {
        journal.write(batch);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        log.warn("the journal refuses; small facts wait", { kind: error.problem.kind, waiting: waiting.length });
        cancel = clock.after(retryMs, flush);
        return;
      }
      waiting.shift();
    }
  };

  return {
    write: (batch: JournalBatch): void => {
      waiting.push(batch);
      if (waiting.length > mostWaiting) waiting = waiting.slice(-mostWaiting);
      if (cancel === null) flush();
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
