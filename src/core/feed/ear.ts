import { minuteMs } from "../../shared/duration.ts";
import { type Problem, ProblemError } from "../../shared/problem.ts";
import { createAbort } from "../abort.ts";
import { backoff } from "../backoff.ts";
import { pause } from "../pause.ts";
import { problemFrom } from "../port-problem.ts";
import type { Clock, DeskLog, Log, LogWriter, Saying, Telling } from "../ports.ts";
import type { Limits } from "./inbox.ts";
import { createNumbering } from "./numbering.ts";

/** As much is said in one go. */
const batchLimits: Limits = { messages: 200, bytes: 8 * 1024 * 1024 };
/** What was said stays at hand for so long, should the log lose its end: longer than any failover takes. */
const keptMs = 2 * minuteMs;
const keptBytes = 64 * 1024 * 1024;
/** As much may wait to be said; then the newest is let go, which is a gap. */
const unsaidLimits: Limits = { messages: 65_536, bytes: 128 * 1024 * 1024 };
const retry = { baseMs: 200, capMs: 4000, least: 0.5 } as const;
/** Those who end say what they still have, if the log takes it within this. */
const lastWordsMs = 1000;

const failed: Problem = {
  kind: "internal",
  message: "The log of the desk could not be written, for an error of ours.",
};

export type EarOptions = {
  readonly write: DeskLog["write"];
  readonly clock: Clock;
  readonly log: Log;
  /** How long the log may take for an answer. */
  readonly answerWithinMs: number;
  /** Whether it can be written has changed. */
  readonly onState: () => void;
  /** What came then was let go, and whatever comes until there is room again. */
  readonly onLost: (from: number) => void;
};

type Told = { readonly telling: Telling; readonly toldAt: number };

type Kept = { readonly saying: Saying; readonly saidAt: number | null };

/**
 * Says to the log of the desk what is heard here, by names that make it stand there once, whoever else says it. What was said
 * stays at hand for a while: whenever a connection is made anew, all of it is said again, so that a log that has lost its end
 * gets it back.
 */
export const createEar = (options: EarOptions) => {
  const { clock, log } = options;
  const numbering = createNumbering();
  /** In order; this connection has said the first `said` of them. */
  let kept: Kept[] = [];
  let said = 0;
  let bytes = { unsaid: 0, all: 0 };
  let unsaid = 0;
  let isLosing = false;
  let words: readonly Told[] = [];
  let writer: LogWriter | null = null;
  let problem: Problem | null = null;
  /** This connection is of no more use to us, whatever it still answers. */
  let isDropped = false;
  let state: "new" | "running" | "stopped" = "new";
  let wake = (): void => undefined;

  /** `receivedAt` by the wall clock. */
  const hear = (channel: string, payload: Uint8Array, receivedAt: number): void => {
    const name = numbering.next(channel);
    if (name === null) return;
    if (bytes.unsaid >= unsaidLimits.bytes || unsaid >= unsaidLimits.messages) {
      if (!isLosing) options.onLost(receivedAt);
      isLosing = true;
      return;
    }
    isLosing = false;
    unsaid += 1;
    kept.push({ saying: { ...name, payload, heardAt: clock.elapsed(), isAgain: false }, saidAt: null });
    bytes = { unsaid: bytes.unsaid + payload.byteLength, all: bytes.all + payload.byteLength };
    wake();
  };

  const nextBatch = (): readonly Saying[] => {
    const batch: Saying[] = [];
    let size = 0;
    for (let at = said; at < kept.length && batch.length < batchLimits.messages && size < batchLimits.bytes; at += 1) {
      const one = kept[at];
      if (one === undefined) break;
      batch.push(one.saidAt === null ? one.saying : { ...one.saying, isAgain: true });
      size += one.saying.payload.byteLength;
    }
    return batch;
  };

  const note = (count: number): void => {
    const now = clock.elapsed();
    for (let at = said; at < said + count; at += 1) {
      const one = kept[at];
      if (one === undefined || one.saidAt !== null) continue;
      bytes = { ...bytes, unsaid: bytes.unsaid - one.saying.payload.byteLength };
      unsaid -= 1;
      kept[at] = { ...one, saidAt: now };
    }
    said += count;
    forget(now);
  };

  const forget = (now: number): void => {
    let count = 0;
    for (; count < said; count += 1) {
      const one = kept[count];
      if (one === undefined || one.saidAt === null) break;
      if (now - one.saidAt < keptMs && bytes.all <= keptBytes) break;
      bytes = { ...bytes, all: bytes.all - one.saying.payload.byteLength };
    }
    if (count === 0) return;
    kept = kept.slice(count);
    said -= count;
  };

  const within = <T>(work: Promise<T>, onLate: () => void): Promise<T> =>
    new Promise((resolve, reject) => {
      const cancel = clock.after(options.answerWithinMs, () => {
        onLate();
        reject(new ProblemError({ kind: "redis-timeout", message: "Redis did not answer in time." }));
      });
      work.then(resolve, reject).finally(cancel);
    });

  const open = (): Promise<LogWriter> => {
    const { signal, abort } = createAbort();
    let isLate = false;
    const opened = options.write(signal).then((made) => {
      if (isLate) made.close();
      return made;
    });
    return within(opened, () => {
      isLate = true;
      abort();
    });
  };

  const tell = (next: Problem | null): void => {
    if (next?.message === problem?.message) return;
    if (next === null) log.info("the log of the desk is written again");
    else if (problem === null) log.warn("the log of the desk cannot be written", { kind: next.kind });
    problem = next;
    options.onState();
  };

  const woken = (): Promise<void> =>
    new Promise((resolve) => {
      wake = () => {
        wake = () => undefined;
        resolve();
      };
    });

  /** Says what there is to say over one connection, until that is of no more use. */
  const sayAll = async (mine: LogWriter, onDone: () => void): Promise<void> => {
    let hasWords = true;
    while (writer === mine) {
      const batch = nextBatch();
      if (batch.length === 0 && hasWords) {
        // After what was heard: they may be about it.
        hasWords = false;
        await sayWords(mine);
      } else if (batch.length === 0) {
        tell(null);
        onDone();
        await woken();
      } else {
        await within(mine.append(batch), () => undefined);
        if (writer === mine) note(batch.length);
      }
    }
  };

  const forgetWords = (): void => {
    words = words.filter(({ toldAt }) => clock.elapsed() - toldAt < keptMs);
  };

  const sayWords = async (mine: LogWriter): Promise<void> => {
    forgetWords();
    for (const { telling } of words) await within(mine.tell(telling), () => undefined);
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    while (state === "running") {
      try {
        const mine = await open();
        writer = mine;
        said = 0;
        await sayAll(mine, () => {
          failures = 0;
        });
      } catch (error) {
        if (isDropped) failures = 0;
        else {
          failures += 1;
          tell(problemFrom(["subscription"], error, log) ?? failed);
        }
      }
      drop();
      isDropped = false;
      if (failures > 0) await pause(clock, backoff({ ...retry, failures, random: clock.random() }));
    }
  };

  const drop = (): void => {
    isDropped = true;
    writer?.close();
    writer = null;
    wake();
  };

  return {
    hear,
    mark: numbering.mark,
    /** The log has had what a person said on some node, so long ago: it stays at hand on all of them as what was heard does. */
    keepWord: (telling: Telling, agoMs: number): void => {
      if (words.some(({ telling: { name } }) => name === telling.name)) return;
      words = [...words, { telling, toldAt: clock.elapsed() - agoMs }];
      forgetWords();
    },
    start: (): void => {
      state = "running";
      void run();
    },
    /** The log may have lost its end: what is at hand is said again. */
    again: drop,
    /** Why the log cannot be written; null when it can. */
    problem: (): Problem | null => problem,
    /** How much was heard and is not in the log as far as is known. */
    unsaid: (): number => unsaid,
    stop: async (): Promise<void> => {
      if (state !== "running") return;
      const until = clock.elapsed() + lastWordsMs;
      while (unsaid > 0 && problem === null && clock.elapsed() < until) await pause(clock, 20);
      state = "stopped";
      drop();
    },
  };
};
