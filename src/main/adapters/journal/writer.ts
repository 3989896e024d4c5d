import { parentPort, workerData } from "node:worker_threads";
import type { Log, LogFields } from "../../../core/ports.ts";
import { type Answer, beginSchema, type Order, type SaidLevel } from "./protocol.ts";
import { createWriting } from "./writing.ts";

// The program of the journal's own thread: see thread.ts.

const answer = (said: Answer): void => parentPort?.postMessage(said);

const say =
  (level: SaidLevel) =>
  (message: string, fields: LogFields = {}): void =>
    answer({ kind: "said", level, message, fields });
const log: Log = { debug: say("debug"), info: say("info"), warn: say("warn"), error: say("error"), part: () => log };

const writing = createWriting({
  begin: beginSchema.parse(workerData),
  log,
  answer,
  // Connections that statements still hold are closed with the thread.
  end: () => process.exit(),
});
parentPort?.on("message", (order: Order) => writing.take(order));
