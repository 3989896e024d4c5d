import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import type { JournalBatch } from "../../../core/journal.ts";
import type { Log, LogFields } from "../../../core/ports.ts";
import { ProblemError } from "../../../shared/problem.ts";
import { type Database, openDatabase } from "./database.ts";
import { write } from "./write.ts";
import type { Answer, Order } from "./writer-thread.ts";

// The program of the journal's own thread: see writer-thread.ts.

const file = z.string().parse(workerData);
const answer = (said: Answer): void => parentPort?.postMessage(said);

const say = (message: string, fields: LogFields = {}): void => answer({ kind: "said", message, fields });
const log: Log = { debug: say, info: say, warn: say, error: say, part: () => log };

let database: Database | null = null;
let last: Answer = { kind: "taken" };

const append = (batch: JournalBatch): Answer => {
  if (batch.follows === true && last.kind === "refused") return last;
  try {
    database ??= openDatabase({ file, log });
    write(database, batch);
    return { kind: "taken" };
  } catch (error) {
    if (error instanceof ProblemError) return { kind: "refused", problem: error.problem };
    throw error;
  }
};

parentPort?.on("message", (order: Order) => {
  if (order.kind === "append") {
    last = append(order.batch);
    answer(last);
  } else {
    database?.close();
    parentPort?.close();
  }
});
