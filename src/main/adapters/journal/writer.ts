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
  // A thread that nothing more can reach ends by itself, and with it the connections that statements still hold. Never from
  // outside: libsql ends the whole process, this app, where V8 is stopped in the middle of one of its calls.
  end: () => parentPort?.close(),
});
parentPort?.on("message", (order: Order) => writing.take(order));
