import { type Problem, ProblemError } from "../../shared/problem.ts";
import type { Journal, JournalBatch } from "../journal.ts";
import type { Clock, Log } from "../ports.ts";
import type { Heard, Outcome } from "./batch.ts";

/** A slice of work ends after this many messages or milliseconds, so that nothing else waits long. */
const sliceMessages = 1000;
const sliceMs = 12;
/** Messages are gathered this long before they are decoded and journaled together. */
const gatherMs = 4;
/** So many are with the journal: one is written while the other waits. */
const slicesGiven = 2;
type Limits = { readonly messages: number; readonly bytes: number };
/** What may wait in memory; what comes beyond it goes to the journal undecoded. */
const queueLimits: Limits = { messages: 65_536, bytes: 128 * 1024 * 1024 };
/** While the journal refuses, so much more may wait. */
const overflowLimits: Limits = { messages: 8192, bytes: 16 * 1024 * 1024 };
const retryMs = 1000;
/** The disk is forced this often while messages wait, and while they come one after the other. */
const flushMs = { busy: 1000, steady: 200 } as const;

/** A batch under way: decode one by one, then journal all, then keep it or throw it away. */
export type IngestBatch = {
  readonly take: (heard: Heard) => void;
  readonly outcome: () => Outcome;
  /** Begins one that builds on this one before it is kept. */
  readonly next: () => IngestBatch;
  /** After the journal has it. */
  readonly keep: () => void;
  /** After it was acted on. */
  readonly release: () => void;
  readonly discard: () => void;
};

/** Messages taken together, what they amount to, and the journal's answer. */
type Slice = {
  readonly batch: IngestBatch;
  readonly outcome: Outcome;
  readonly taken: number;
  readonly written: Promise<void>;
};

/** `lost`: messages that had to be let go since the journal began to refuse, and when the first of them came. */
export type Trouble = {
  readonly problem: Problem;
  readonly lost: { readonly count: number; readonly from: number } | null;
};

export type IngestOptions = {
  readonly journal: Pick<Journal, "append" | "spilled">;
  readonly clock: Clock;
  readonly log: Log;
  readonly begin: () => IngestBatch;
  /** What the journal now has and may be acted on. */
  readonly onOutcome: (outcome: Outcome) => void;
  /** The journal refuses, said at each attempt; null when it takes again. */
  readonly onTrouble: (trouble: Trouble | null) => void;
  readonly limits?: { readonly queue: Limits; readonly overflow: Limits };
};

/**
 * The way from the socket to the journal. Receiving never waits: messages queue in memory, are worked off in short
 * slices, and spill to the journal when they come faster than they can be decoded. Order is kept throughout.
 *
 * The journal writes on a thread of its own. Meanwhile the next slice is taken, on the ground of the one that is being
 * written, and waits for it there, so that neither thread waits for the other. When the journal refuses a slice, those that
 * follow it are refused too, and thrown away with it.
 */
export const createIngest = (options: IngestOptions) => {
  const { journal, clock, log, limits = { queue: queueLimits, overflow: overflowLimits } } = options;
  const queue = createQueue(limits.queue);
  const overflow = createQueue(limits.overflow);
  // A run that was killed may have left some.
  let spilled = true;
  let flushedAt = 0;
  let trouble: Trouble | null = null;
  let cancel: (() => void) | null = null;
  /** Set while messages are on their way to the journal. */
  let working: Promise<unknown> | null = null;
  /** So many tasks wait until none is. */
  let waiting = 0;
  let stopped = false;

  const receive = (heard: Heard): void => {
    if (stopped) return;
    if (!queue.isFull() && !spilled && overflow.size() === 0) queue.push(heard);
    else if (trouble === null || !overflow.isFull()) overflow.push(heard);
    else lose(trouble, heard);
    schedule(gatherMs);
  };

  /** While the journal refuses and memory is full, the newest is let go and counted. */
  const lose = ({ problem, lost }: Trouble, { receivedAt }: Heard): void => {
    trouble = { problem, lost: { count: (lost?.count ?? 0) + 1, from: lost?.from ?? receivedAt } };
  };

  const schedule = (ms: number): void => {
    if (working === null && !stopped) cancel ??= clock.after(ms, () => void work());
  };

  const work = async (): Promise<void> => {
    cancel = null;
    note(await inTurn(() => attempt(pass)));
    goOn();
  };

  const goOn = (): void => {
    if (trouble !== null) schedule(retryMs);
    else if (queue.size() > 0 || spilled || overflow.size() > 0) schedule(0);
  };

  /** One task at a time is on its way to the journal. */
  const inTurn = async <T>(task: () => Promise<T>): Promise<T> => {
    while (working !== null) await working;
    const result = task().finally(() => {
      working = null;
    });
    working = result.catch(() => undefined);
    return result;
  };

  const pass = async (): Promise<void> => {
    await workOff();
    await spill();
    if (queue.size() === 0 && spilled) refill();
  };

  /** Slice after slice, until none is left or something else has to be done. */
  const workOff = async (): Promise<void> => {
    const given: Slice[] = [];
    for (let first = take(given); first !== null; first = given[0] ?? null) {
      if (given.length < slicesGiven && waiting === 0 && overflow.size() === 0) take(given);
      try {
        await first.written;
      } catch (error) {
        await throwAway(given);
        throw error;
      }
      given.shift();
      first.batch.keep();
      queue.drop(first.taken);
      options.onOutcome(first.outcome);
      first.batch.release();
    }
  };

  const throwAway = async (given: readonly Slice[]): Promise<void> => {
    await Promise.allSettled(given.map(({ written }) => written));
    for (const { batch } of given.toReversed()) batch.discard();
  };

  /** Takes what waits behind the slices that are given, and gives it to the journal; null when nothing waits. */
  const take = (given: Slice[]): Slice | null => {
    const from = given.reduce((sum, slice) => sum + slice.taken, 0);
    const heard = queue.from(from);
    if (heard.length === 0) return null;
    const batch = given.at(-1)?.batch.next() ?? options.begin();
    const end = clock.now() + sliceMs;
    let taken = 0;
    let lastSpillId: number | null = null;
    for (const message of heard) {
      if (taken > 0 && clock.now() >= end) break;
      batch.take(message);
      taken += 1;
      lastSpillId = message.spillId ?? lastSpillId;
    }
    const outcome = batch.outcome();
    const written = journal.append({
      ...journaled(outcome, queue.size() > from + taken),
      follows: given.length > 0,
      ...(lastSpillId === null ? {} : { unspilledTo: lastSpillId }),
    });
    // Seen where the slice is awaited, which may be later.
    written.catch(() => undefined);
    const slice = { batch, outcome, taken, written };
    given.push(slice);
    return slice;
  };

  const journaled = ({ messages, kept: matches, changes, cycles }: Outcome, busy: boolean): JournalBatch => {
    const now = clock.now();
    const more = now - flushedAt < (busy ? flushMs.busy : flushMs.steady);
    if (!more) flushedAt = now;
    return { messages, matches, changes, cycles, more };
  };

  /** Puts what memory cannot hold into the journal. */
  const spill = async (): Promise<void> => {
    // More may come while the journal takes these.
    const heard = overflow.all();
    if (heard.length === 0) return;
    await journal.append({ spilled: heard, more: true });
    spilled = true;
    overflow.drop(heard.length);
  };

  const refill = (): void => {
    const back = journal.spilled(sliceMessages);
    for (const heard of back) queue.push(heard);
    spilled = back.length > 0;
  };

  const attempt = async (task: () => Promise<void>): Promise<Problem | null> => {
    try {
      await task();
      return null;
    } catch (error) {
      if (error instanceof ProblemError) return error.problem;
      throw error;
    }
  };

  const note = (problem: Problem | null): void => {
    const before = trouble;
    if (problem !== null) {
      if (before === null) log.error("the journal refuses messages; they wait in memory", { kind: problem.kind });
      trouble = { problem, lost: before?.lost ?? null };
      options.onTrouble(trouble);
    } else if (before !== null) {
      log.info("the journal takes messages again", { lost: before.lost?.count ?? 0 });
      // Some may have been let go since the last attempt.
      if (before.lost !== null) options.onTrouble(before);
      trouble = null;
      options.onTrouble(null);
    }
  };

  schedule(0);
  return {
    receive,
    /** Messages wait in memory, or something is on its way to the journal. */
    isBusy: (): boolean => queue.size() > 0 || overflow.size() > 0 || working !== null,
    /** When the oldest was heard of what is in memory alone; null when there is none. */
    oldestAt: (): number | null => (queue.first() ?? overflow.first())?.receivedAt ?? null,
    /**
     * Runs a task while no message is on its way to the journal. Whatever else brings news of matches builds on what they
     * are, and so must not come between.
     */
    alone: async <T>(task: () => Promise<T>): Promise<T> => {
      waiting += 1;
      try {
        return await inTurn(() => {
          waiting -= 1;
          return task();
        });
      } finally {
        goOn();
      }
    },
    /** Journals what waits in memory, decoded or not, and takes no more. */
    stop: async (): Promise<void> => {
      stopped = true;
      cancel?.();
      cancel = null;
      const problem = await inTurn(() =>
        attempt(async () => {
          while (queue.size() > 0) await workOff();
          await spill();
        }),
      );
      // What came back out of the spill is still there.
      const left = [...queue.all(), ...overflow.all()].filter(({ spillId }) => spillId === undefined);
      const [first] = left;
      if (problem === null || first === undefined) {
        note(null);
        return;
      }
      const count = (trouble?.lost?.count ?? 0) + left.length;
      log.error("stopped while the journal refuses; what waited in memory is lost", { kind: problem.kind, count });
      options.onTrouble({ problem, lost: { count, from: trouble?.lost?.from ?? first.receivedAt } });
    },
  };
};

/** First in, first out; knows how much it holds. */
const createQueue = (limits: Limits) => {
  let messages: Heard[] = [];
  let bytes = 0;
  return {
    all: (): readonly Heard[] => messages,
    /** As many as one slice may take, from a place on. */
    from: (place: number): readonly Heard[] => messages.slice(place, place + sliceMessages),
    first: (): Heard | undefined => messages[0],
    size: (): number => messages.length,
    isFull: (): boolean => messages.length >= limits.messages || bytes >= limits.bytes,
    push: (heard: Heard): void => {
      messages.push(heard);
      bytes += heard.payload.byteLength;
    },
    /** Lets go of the oldest. Once a slice, so moving the rest costs next to nothing. */
    drop: (count: number): void => {
      for (const { payload } of messages.slice(0, count)) bytes -= payload.byteLength;
      messages = messages.slice(count);
    },
  };
};
