import type { Problem } from "../../shared/problem.ts";
import { ProblemError } from "../../shared/problem.ts";
import type { Journal } from "../journal.ts";
import type { Clock, Log } from "../ports.ts";
import type { Heard, Outcome } from "./batch.ts";

/** A slice of work ends after this many messages or milliseconds, so that nothing else waits long. */
const sliceMessages = 500;
const sliceMs = 8;
/** Messages are gathered this long before they are decoded and journaled together. */
const gatherMs = 4;
/** What may wait in memory; beyond it messages go to the journal undecoded. */
const queueLimits = { messages: 20_000, bytes: 64 * 1024 * 1024 } as const;
const retryMs = 1000;

/** A batch under way: decode one by one, then journal all, then keep it or throw it away. */
export type IngestBatch = {
  readonly take: (heard: Heard) => void;
  readonly outcome: () => Outcome;
  /** After the journal has it. */
  readonly keep: () => void;
  readonly discard: () => void;
};

export type IngestOptions = {
  readonly journal: Pick<Journal, "write" | "spill" | "spilled">;
  readonly clock: Clock;
  readonly log: Log;
  readonly begin: () => IngestBatch;
  /** What the journal now has and may be acted on. */
  readonly onOutcome: (outcome: Outcome) => void;
  /** The journal refuses; null when it takes again. `lost`: how many messages had to be let go meanwhile. */
  readonly onTrouble: (trouble: { readonly problem: Problem; readonly lost: number } | null) => void;
};

/**
 * The way from the socket to the journal. Receiving never waits: messages queue in memory, are worked off in short
 * slices, and spill to the journal when they come faster than they can be decoded. Order is kept throughout.
 */
export const createIngest = (options: IngestOptions) => {
  const { journal, clock, log } = options;
  let queue: Heard[] = [];
  let head = 0;
  let queuedBytes = 0;
  let overflow: Heard[] = [];
  // A run that was killed may have left some.
  let spilled = true;
  let lost = 0;
  let failing = false;
  let cancel: (() => void) | null = null;
  const waiters: (() => void)[] = [];

  const waiting = (): number => queue.length - head;

  const receive = (heard: Heard): void => {
    const full = waiting() >= queueLimits.messages || queuedBytes >= queueLimits.bytes;
    if (full || spilled || overflow.length > 0) overflow.push(heard);
    else enqueue(heard);
    schedule(gatherMs);
  };

  const enqueue = (heard: Heard): void => {
    queue.push(heard);
    queuedBytes += heard.payload.byteLength;
  };

  const schedule = (ms: number): void => {
    cancel ??= clock.after(ms, work);
  };

  const work = (): void => {
    cancel = null;
    spill();
    if (waiting() === 0) refill();
    if (waiting() > 0) workSlice();
    if (failing) schedule(retryMs);
    else if (waiting() > 0 || spilled || overflow.length > 0) schedule(0);
    else for (const done of waiters.splice(0)) done();
  };

  const workSlice = (): void => {
    const batch = options.begin();
    const end = clock.now() + sliceMs;
    let taken = 0;
    let bytes = 0;
    let lastSpillId = 0;
    while (taken < sliceMessages && (taken === 0 || taken % 32 !== 0 || clock.now() < end)) {
      const heard = queue[head + taken];
      if (heard === undefined) break;
      batch.take(heard);
      taken += 1;
      bytes += heard.payload.byteLength;
      lastSpillId = heard.spillId ?? lastSpillId;
    }
    const outcome = batch.outcome();
    const { messages, matches, changes, cycles } = outcome;
    if (!attempt(() => journal.write({ messages, matches, changes, cycles, unspilledTo: lastSpillId }))) {
      batch.discard();
      return;
    }
    batch.keep();
    head += taken;
    queuedBytes -= bytes;
    if (head === queue.length || head > 8192) {
      queue = queue.slice(head);
      head = 0;
    }
    options.onOutcome(outcome);
  };

  /** Puts what memory cannot hold into the journal; while the journal refuses, the newest is let go and counted. */
  const spill = (): void => {
    if (overflow.length === 0) return;
    const batch = overflow;
    if (attempt(() => journal.spill(batch))) {
      spilled = true;
      overflow = [];
    } else if (overflow.length > queueLimits.messages) {
      lost += overflow.length;
      overflow = [];
    }
  };

  const refill = (): void => {
    if (!spilled) return;
    attempt(() => {
      const back = journal.spilled(sliceMessages);
      for (const heard of back) enqueue(heard);
      spilled = back.length > 0;
    });
  };

  const attempt = (write: () => void): boolean => {
    try {
      write();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (!failing) log.error("the journal refuses messages; they wait in memory", { kind: error.problem.kind });
      failing = true;
      options.onTrouble({ problem: error.problem, lost });
      return false;
    }
    if (failing) {
      log.info("the journal takes messages again", { lost });
      failing = false;
      lost = 0;
      options.onTrouble(null);
    }
    return true;
  };

  schedule(0);
  return {
    receive,
    /** Resolves when all that was received is journaled. */
    idle: (): Promise<void> =>
      waiting() === 0 && overflow.length === 0 && !spilled && cancel === null
        ? Promise.resolve()
        : new Promise((resolve) => void waiters.push(resolve)),
    /** Journals what waits, decoded or not, and takes no more. */
    stop: (): void => {
      cancel?.();
      cancel = null;
      const rest = [...queue.slice(head), ...overflow];
      queue = [];
      overflow = [];
      head = 0;
      if (rest.length > 0) attempt(() => journal.spill(rest));
      for (const done of waiters.splice(0)) done();
    },
  };
};
