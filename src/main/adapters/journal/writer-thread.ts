import { once } from "node:events";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Journal, JournalBatch } from "../../../core/journal.ts";
import type { Log, LogFields } from "../../../core/ports.ts";
import { type Problem, ProblemError, raise } from "../../../shared/problem.ts";
import { storageProblem } from "./storage-problem.ts";

export type Order = { readonly kind: "append"; readonly batch: JournalBatch } | { readonly kind: "end" };
export type Answer =
  | { readonly kind: "taken" }
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "said"; readonly message: string; readonly fields: LogFields };

export type WriterThread = {
  readonly append: Journal["append"];
  /** Resolves when all that was given is written and the file is let go. */
  readonly end: () => Promise<void>;
};

/** As a source beside this one, or as the bundler leaves it: above the folder of what programs share. */
const program = new URL(import.meta.url.endsWith(".ts") ? "./writer.ts" : "../journal-writer.js", import.meta.url);

/** A batch lives shortly; without a bound V8 gives it three times as much in the long run, and is no faster. */
const maxYoungGenerationSizeMb = 16;

type Pending = { readonly resolve: () => void; readonly reject: (error: ProblemError) => void };

/**
 * A thread with a connection of its own to the journal's file, begun with the first batch. SQLite lets one connection write
 * at a time and the others wait; readers see a batch whole or not at all.
 */
export const createWriterThread = ({ file, log }: { readonly file: string; readonly log: Log }): WriterThread => {
  const pending: Pending[] = [];
  let thread: Worker | null = null;
  let ended = false;

  const refuseAll = (error: unknown): void => {
    const problem = storageProblem({ error, folder: dirname(file), log });
    for (const { reject } of pending.splice(0)) reject(problem);
  };

  const begin = (): Worker => {
    const begun = new Worker(program, {
      workerData: file,
      name: "journal",
      resourceLimits: { maxYoungGenerationSizeMb },
    });
    begun.on("message", (answer: Answer) => {
      if (answer.kind === "said") log.debug(answer.message, answer.fields);
      else if (answer.kind === "taken") pending.shift()?.resolve();
      else pending.shift()?.reject(new ProblemError(answer.problem));
    });
    begun.on("error", refuseAll);
    begun.on("exit", (code) => {
      thread = null;
      refuseAll(new Error(`The journal's thread ended with code ${code}.`));
    });
    return begun;
  };

  return {
    append: (batch) =>
      new Promise<void>((resolve, reject) => {
        if (ended) raise("journal-failed", "The journal is closed.");
        thread ??= begin();
        pending.push({ resolve, reject });
        const { moved, handedOver } = inOnePiece(batch);
        thread.postMessage({ kind: "append", batch: moved } satisfies Order, handedOver);
      }),
    end: async () => {
      ended = true;
      if (thread === null) return;
      const gone = once(thread, "exit");
      thread.postMessage({ kind: "end" } satisfies Order);
      await gone;
    },
  };
};

/** Payloads lie in whatever the socket brought. Put end to end they are handed over rather than copied with all around them. */
const inOnePiece = (batch: JournalBatch) => {
  const { messages = [], spilled = [] } = batch;
  const bytes = [...messages, ...spilled].reduce((sum, { payload }) => sum + (payload?.byteLength ?? 0), 0);
  const piece = Buffer.allocUnsafeSlow(bytes);
  let end = 0;
  const move = (payload: Uint8Array): Uint8Array => {
    const start = end;
    piece.set(payload, start);
    end += payload.byteLength;
    return piece.subarray(start, end);
  };
  const moved: JournalBatch = {
    ...batch,
    messages: messages.map((message) =>
      message.payload === null ? message : { ...message, payload: move(message.payload) },
    ),
    spilled: spilled.map((message) => ({ ...message, payload: move(message.payload) })),
  };
  return { moved, handedOver: [piece.buffer] };
};
