import { Worker } from "node:worker_threads";
import type { Answer, Begin, Order } from "./protocol.ts";

/** A thread that has begun. */
export type RunningThread = {
  /** Buffers that are handed over are ours no longer. */
  readonly give: (order: Order, handedOver: readonly ArrayBuffer[]) => void;
};

export type StartThread = (
  begin: Begin,
  hear: {
    readonly answer: (answer: Answer) => void;
    /** Something was thrown; the end follows. */
    readonly failed: (error: unknown) => void;
    /** Once, after the last answer. */
    readonly ended: () => void;
  },
) => RunningThread;

/** A thread is a worker. */
export const startWorker =
  (create: (begin: Begin) => Worker): StartThread =>
  (begin, hear) => {
    const worker = create(begin);
    worker.on("message", hear.answer);
    worker.on("error", hear.failed);
    worker.on("exit", hear.ended);
    return { give: (order, handedOver) => worker.postMessage(order, [...handedOver]) };
  };

/** As a source beside this one, or as the bundler leaves it: above the folder of what programs share. */
const program = new URL(import.meta.url.endsWith(".ts") ? "./writer.ts" : "../journal-writer.js", import.meta.url);

/** A batch lives shortly; without a bound V8 gives it three times as much in the long run, and is no faster. */
const maxYoungGenerationSizeMb = 16;

export const startThread = startWorker(
  (begin) =>
    new Worker(program, {
      workerData: begin,
      name: "journal",
      resourceLimits: { maxYoungGenerationSizeMb },
    }),
);
