import { type Problem, ProblemError } from "../../shared/problem.ts";
import { errorTrail } from "../error-name.ts";
import type { Journal, JournalBatch } from "../journal.ts";
import { problemFrom } from "../port-problem.ts";
import type { Clock, Log } from "../ports.ts";
import { createSignal } from "../signal.ts";
import { type Arrival, type Heard, messageArrival, ownFailure, type Way } from "./arrival.ts";
import type { Batches, Outcome, Taken } from "./batch.ts";
import { createInbox, type InboxLimits, type Limits } from "./inbox.ts";
import type { Decoded } from "./message.ts";

/** A slice ends after so many messages, or milliseconds of decoding, so that nothing else waits long. */
const sliceMessages = 1000;
const sliceMs = 12;
/** Messages are gathered this long before they are decoded and journaled together. */
const gatherMs = 4;
const retryMs = 1000;
/** The disk is forced this often while messages wait, and while they come one after the other. */
const flushMs = { busy: 1000, steady: 200 } as const;

const mebibyte = 1024 * 1024;
export const inboxLimits = (spillMegabytes: number): InboxLimits => ({
  queue: { messages: 65_536, bytes: 128 * mebibyte },
  overflow: { messages: 8192, bytes: 32 * mebibyte },
  spillBytes: spillMegabytes * 1_000_000,
});

const flooded: Problem = {
  kind: "flooded",
  message: "Messages come faster than they can be written down, and there is no more room for them to wait in.",
};
const stoppedProblem: Problem = { kind: "service-stopped", message: "Avspark was stopped before it was done." };
const failed: Problem = { kind: "internal", message: "Messages could not be taken in, for an error of Avspark's own." };

/** `lost`: messages that had to be let go since it began, and when the first of them came. */
export type Trouble = {
  readonly problem: Problem;
  readonly lost: { readonly count: number; readonly from: number } | null;
};

/** What is written between two slices of messages, and what is known as soon as the journal has it. */
export type Writing = { readonly batch: JournalBatch; readonly known?: () => void };

/** What is given to the journal, and what follows when it has it. */
type Entry = {
  readonly batch: JournalBatch;
  /** What waited for it waits no more. */
  readonly done?: () => void;
  /** Makes known what the journal has, and tells of it. It is called again until it succeeds. */
  readonly known?: () => void;
  /** Somebody waits for it: it is not given again when the journal refuses it, and they are told. */
  readonly refused?: (error: unknown) => void;
};

/**
 * Somebody waits to put an entry between two slices of messages. It is made when it is its turn: at once, or when so many
 * messages have passed.
 */
type Turn = { readonly make: () => Entry; readonly after: number; readonly refused: (error: unknown) => void };

export type IngestOptions = {
  readonly journal: Pick<Journal, "append" | "spilled">;
  readonly clock: Clock;
  readonly log: Log;
  readonly decode: (payload: Uint8Array) => Decoded;
  readonly batches: Pick<Batches, "apply" | "commit">;
  readonly limits: InboxLimits;
  /** What the run before left in the spill. */
  readonly spilled: Limits;
};

/**
 * The way into the journal, one entry after the other. Receiving never waits: messages wait in the inbox, in order. While the
 * journal writes one slice of them the next is decoded, which changes nothing; it is numbered and applied when the journal
 * has answered. Whatever else tells of matches takes its turn between two slices. So nothing is built on what the journal
 * may refuse, and what it refuses is given to it again as it is.
 */
export const createIngest = (options: IngestOptions) => {
  const { journal, clock, log, decode, batches } = options;
  const outcomes = createSignal<Taken>(log);
  const troubles = createSignal<Trouble | null>(log);
  const inbox = createInbox(options.limits, options.spilled);
  const turns: Turn[] = [];
  /** Those who have more than the inbox should hold. */
  const waiters: (() => void)[] = [];
  /** The journal has these, and they are still to be acted on. */
  const written: (() => void)[] = [];
  /** What the journal is given until it takes it; the first `inHand` of the queue are in it. */
  let held: Entry | null = null;
  let inHand = 0;
  let ahead: { readonly arrivals: readonly Arrival[]; readonly tookMs: number } = { arrivals: [], tookMs: 0 };
  let working: Promise<void> | null = null;
  let cancel: (() => void) | null = null;
  let flushedAt = Number.NEGATIVE_INFINITY;
  let problem: Problem | null = null;
  let lost: Trouble["lost"] = null;
  let letGo = 0;
  let stopped = false;

  const receive = (heard: Heard): void => {
    if (stopped) return;
    if (!inbox.put(heard)) {
      lose(1, heard.receivedAt);
      // The journal may take long to answer, or may not know for long whether it has what it was given.
      if (problem === null) tell(null);
    }
    schedule(gatherMs);
  };

  const lose = (count: number, from: number): void => {
    lost = { count: (lost?.count ?? 0) + count, from: lost?.from ?? from };
    letGo += count;
  };

  const schedule = (ms: number): void => {
    if (working === null && !stopped) cancel ??= clock.after(ms, begin);
  };

  const begin = (): void => {
    cancel?.();
    cancel = null;
    working ??= work().then((failure) => {
      working = null;
      tell(failure);
      if (turns.some(isDue)) begin();
      else if (failure !== null) schedule(retryMs);
      else if (inbox.size() > 0 || inbox.wanted() !== null) schedule(0);
    });
  };

  /** Gives the journal one entry after the other until there is none, or something fails. */
  const work = async (): Promise<Problem | null> => {
    try {
      for (;;) {
        act();
        held ??= next();
        if (inbox.hasRoom()) for (const done of waiters.splice(0)) done();
        if (held === null) return null;
        await give(held);
        if (problem !== null || lost !== null) tell(null);
      }
    } catch (error) {
      for (const { refused } of turns.splice(0)) refused(error);
      return problemFrom(["journal"], error, log) ?? failed;
    }
  };

  const give = async ({ batch, done, known, refused }: Entry): Promise<void> => {
    try {
      const answer = journal.append(batch);
      attempt(decodeAhead);
      await answer;
    } catch (error) {
      if (refused === undefined) throw error;
      held = null;
      refused(error);
      return;
    }
    held = null;
    done?.();
    if (known !== undefined) written.push(known);
  };

  const act = (): void => {
    for (let first = written[0]; first !== undefined; first = written[0]) {
      first();
      written.shift();
    }
  };

  const makeKnown = (outcome: Outcome): void => outcomes.say(batches.commit(outcome));

  const next = (): Entry | null => {
    const turn = nextTurn() ?? nextSpill() ?? nextSlice();
    const wanted = stopped ? null : inbox.wanted();
    if (turn !== null || wanted === null) return turn;
    inbox.refill(journal.spilled(wanted));
    return nextSlice();
  };

  const isDue = ({ after }: Turn): boolean => after <= inbox.passed();

  const nextTurn = (): Entry | null => {
    for (;;) {
      const place = turns.findIndex(isDue);
      const [turn] = place < 0 ? [] : turns.splice(place, 1);
      if (turn === undefined) return null;
      try {
        return turn.make();
      } catch (error) {
        turn.refused(error);
      }
    }
  };

  const nextSpill = (): Entry | null => {
    const heard = inbox.toSpill();
    if (heard.length === 0) return null;
    return { batch: { spilled: heard, more: true }, done: () => inbox.spilled(heard.length) };
  };

  const nextSlice = (): Entry | null => {
    decodeAhead();
    const { arrivals } = ahead;
    if (arrivals.length === 0) return null;
    const outcome = batches.apply("redis", arrivals);
    const lastSpillId = inbox.queued(0, arrivals.length).findLast(({ spillId }) => spillId !== undefined)?.spillId;
    const keeping = inbox.queued(0, arrivals.length).findLast((heard) => heard.keeping !== undefined)?.keeping;
    const batch = {
      ...journaledOf(outcome),
      ...(lastSpillId !== undefined && { unspilledTo: lastSpillId }),
      ...(keeping !== undefined && { meta: keeping }),
    };
    const now = clock.elapsed();
    const more = now - flushedAt < (inbox.size() > arrivals.length ? flushMs.busy : flushMs.steady);
    if (!more) flushedAt = now;
    inHand = arrivals.length;
    ahead = { arrivals: [], tookMs: 0 };
    const done = (): void => {
      inbox.journaled(inHand);
      inHand = 0;
    };
    return { batch: { ...batch, more }, done, known: () => makeKnown(outcome) };
  };

  /** Decodes what waits behind the slice in hand, as much as a slice may have. */
  const decodeAhead = (): void => {
    const begun = clock.elapsed() - ahead.tookMs;
    const arrivals = [...ahead.arrivals];
    let tookMs = ahead.tookMs;
    const isFull = (): boolean => arrivals.length >= sliceMessages || tookMs >= sliceMs;
    let goesOn = inbox.queued(inHand + arrivals.length - 1, 1)[0]?.goesOn === true;
    while (goesOn || !isFull()) {
      const [heard] = inbox.queued(inHand + arrivals.length, 1);
      if (heard === undefined) break;
      arrivals.push(arrivalOf(heard));
      tookMs = clock.elapsed() - begun;
      goesOn = heard.goesOn === true;
    }
    ahead = { arrivals, tookMs };
  };

  const arrivalOf = (heard: Heard): Arrival => {
    try {
      return messageArrival(heard, decode(heard.payload));
    } catch (error) {
      log.error("decoding failed, which it should never do", { error: errorTrail(error) });
      return messageArrival(heard, { ok: false, rejection: ownFailure, messageId: null, publishedAt: null });
    }
  };

  /** How the last attempt went. */
  const tell = (failure: Problem | null): void => {
    const before = problem;
    const now = failure ?? (lost !== null && inbox.isOverflowing() ? flooded : null);
    if (now === null && before === null && lost === null) return;
    if (now === null) {
      log.info("the journal takes messages again", { lost: lost?.count ?? 0 });
      // Some may have been let go since it was told the last time.
      if (lost !== null) troubles.say({ problem: before ?? flooded, lost });
      lost = null;
    } else if (before === null) log.error("messages wait in memory", { kind: now.kind });
    problem = now;
    if (now === null) troubles.say(null);
    else if (failure !== null || before === null) troubles.say({ problem: now, lost });
  };

  /** What must not hold up those who come after. */
  const attempt = (task: () => void): void => {
    try {
      task();
    } catch (error) {
      log.error("something failed on the way of the messages", { error: errorTrail(error) });
    }
  };

  const inTurn = <T>(make: (settle: (value: T) => void) => Entry, after = 0): Promise<T> =>
    new Promise((resolve, reject) => {
      turns.push({ make: () => ({ ...make(resolve), refused: reject }), after, refused: reject });
      begin();
    });

  const write = (make: () => Writing, after?: number): Promise<void> =>
    inTurn((resolve) => {
      const { batch, known = () => undefined } = make();
      return {
        batch,
        known: () => {
          known();
          resolve();
        },
      };
    }, after);

  const put = (make: () => Outcome): Promise<Outcome> =>
    inTurn((resolve) => {
      const outcome = make();
      return {
        batch: journaledOf(outcome),
        known: () => {
          makeKnown(outcome);
          resolve(outcome);
        },
      };
    });

  schedule(0);
  return {
    receive,
    /** Says what the journal has, which may be acted on. */
    taken: outcomes.hear,
    /** Says at each attempt that the journal refuses, or that messages had to be let go; null when that is over. */
    troubled: troubles.hear,
    /** Journals an outcome that is made between two slices of messages. Rejects when the journal refuses it. */
    put,
    /** Takes arrivals between two slices of messages. Rejects when the journal refuses them; then nothing came of them. */
    take: (way: Way, arrivals: readonly Arrival[]): Promise<Outcome> => put(() => batches.apply(way, arrivals)),
    /**
     * Writes what is made when it is its turn, between two slices of messages, on the ground of what is known then. Rejects
     * when the journal refuses it; then nothing came of it.
     */
    write: (make: () => Writing): Promise<void> => write(make),
    /** The same, when all that has been heard by now is journaled, so that nothing of it comes afterwards. */
    writeAfterHeard: (make: () => Writing): Promise<void> => write(make, inbox.passedByNow()),
    /** Whether what can wait elsewhere may come, and resolves when it may. */
    hasRoom: inbox.hasRoom,
    room: (): Promise<void> =>
      new Promise((resolve) => {
        if (inbox.hasRoom()) resolve();
        else waiters.push(resolve);
      }),
    /** Messages wait in memory, or something is on its way to the journal. */
    isBusy: (): boolean => inbox.size() > 0 || working !== null,
    /** How many messages had to be let go in this run. */
    letGo: (): number => letGo,
    /** When the oldest was heard of what is in memory alone; null when there is none. */
    oldestAt: inbox.oldestAt,
    /** Journals what waits in memory, decoded or not, and takes no more messages. */
    stop: async (): Promise<void> => {
      stopped = true;
      while (working !== null) await working;
      begin();
      while (working !== null) await working;
      for (const { refused } of turns.splice(0)) refused(new ProblemError(stoppedProblem));
      const left = inbox.unkept();
      const [first] = left;
      if (first === undefined) return;
      lose(left.length, first.receivedAt);
      log.error("stopped before all that waited in memory could be written", { count: left.length });
      troubles.say({ problem: problem ?? flooded, lost });
    },
  };
};
export type Ingest = ReturnType<typeof createIngest>;

/** What the journal has to have of it. */
const journaledOf = ({ messages, kept, changes, cycles, released }: Outcome): JournalBatch => ({
  messages,
  matches: kept,
  changes,
  cycles,
  released,
});
