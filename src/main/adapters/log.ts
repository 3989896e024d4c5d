import { join } from "node:path";
import pino from "pino";
import pretty from "pino-pretty";
import { redactPayload } from "../../core/feed/redact.ts";
import type { Log, LogFields } from "../../core/ports.ts";
import type { LogLevel } from "../../shared/log.ts";
import { ProblemError, raise } from "../../shared/problem.ts";
import { systemClock } from "./clock.ts";
import { fileThatComesBack, withoutWaiting } from "./log-streams.ts";

export type Logging = {
  readonly log: Log;
  /** Until the next start; for one part, or for all of them. Throws ProblemError for a part that does not exist. */
  readonly setLevel: (level: LogLevel, part: string | null) => void;
  readonly close: () => Promise<void>;
};

export const logFile = "avspark.log";

/** JSON lines in a rotating file of the data folder, readable lines on stderr. */
export const openLogging = (options: {
  readonly folder: string;
  readonly level: LogLevel;
  /** What of it is said on stderr as well: all, unless told otherwise. */
  readonly sayFrom?: LogLevel;
}): Logging => {
  const file = fileThatComesBack({ folder: join(options.folder, "logs"), name: logFile }, systemClock.elapsed);
  const terminal = pretty({
    destination: withoutWaiting(process.stderr),
    // Node knows NO_COLOR and what the terminal can do.
    colorize: process.stderr.isTTY && process.stderr.hasColors(),
    ignore: "pid,hostname,part",
    messageFormat: "{part}: {msg}",
  });
  const root = pino(
    { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.multistream([
      { level: "trace", stream: file },
      { level: options.sayFrom ?? "trace", stream: terminal },
    ]),
  );
  const parts = new Map<string, pino.Logger>();
  const partOf = (name: string): pino.Logger => {
    const known = parts.get(name) ?? root.child({ part: name });
    parts.set(name, known);
    return known;
  };
  return {
    log: logOver(partOf("app"), partOf),
    setLevel: (level, part) => {
      if (part === null) root.level = level;
      const chosen = part === null ? [...parts.values()] : [parts.get(part) ?? noPart([...parts.keys()])];
      for (const logger of chosen) logger.level = level;
    },
    close: () => new Promise((resolve) => file.end(() => resolve())),
  };
};

const noPart = (parts: readonly string[]): never =>
  raise("not-found", `There is no such part; those that log are ${parts.toSorted().join(", ")}.`, "part");

const logOver = (logger: pino.Logger, partOf: (name: string) => pino.Logger): Log => {
  const write =
    (level: "debug" | "info" | "warn" | "error") =>
    (message: string, fields: LogFields = {}): void =>
      logger[level](plain(fields), message);
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    part: (name) => logOver(partOf(name), partOf),
  };
};

/** Fields as they may be written: no message of a foreign error unredacted, since it may repeat what was sent. */
const plain = (fields: LogFields): LogFields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value instanceof Error ? described(value) : value]),
  );

const described = (error: Error): LogFields => {
  if (error instanceof ProblemError) return error.problem;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    message: redactPayload(error.message),
    trace: frames.slice(0, 8).map((line) => line.trim()),
  };
};
