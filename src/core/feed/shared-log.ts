import type { ClusterStatus, Connection } from "../../shared/connection.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Clock, DeskLog, Log } from "../ports.ts";
import type { ConnectionSettings } from "./connection-state.ts";
import { createEar } from "./ear.ts";
import { heardIn } from "./log-entry.ts";
import { createStreamReader, type StreamReaderOptions } from "./stream-reader.ts";
import { createSubscriber } from "./subscriber.ts";

const newer: Problem = {
  kind: "cluster-newer",
  message:
    "A newer Avspark writes to the log of the desk. This one has stopped reading it, and does not know what has come since.",
};
const silent = "Redis has not answered the last test message.";

export type SharedLogOptions = Pick<
  StreamReaderOptions,
  "stored" | "waitMs" | "room" | "hasRoom" | "receive" | "keep" | "missed"
> & {
  readonly deskLog: DeskLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: ConnectionSettings;
  readonly text: (bytes: Uint8Array) => string | null;
  /** How it stands has changed. */
  readonly onState: () => void;
  /** What is heard from then on is let go: the log has not taken for long what waits. */
  readonly onLost: (from: number) => void;
};

/**
 * The log that the nodes of a desk share: what is heard here is said to it, and what is acted on is what it has, in its order.
 * Each half has connections of its own, so that a node that is deaf follows the others, and one that hears keeps what it hears
 * until the log takes it.
 */
export const createSharedLog = (options: SharedLogOptions) => {
  const { deskLog, clock, log, text, onState } = options;
  const { name } = deskLog;
  // Whoever leaves the log for good does not know what the others know.
  const settings = { ...options.settings, autoReconnect: true };
  let trouble: { readonly problem: Problem; readonly since: Instant } | null = null;

  const reader = createStreamReader({
    ...options,
    name,
    lookMs: settings.healthCheckIntervalMs,
    heardIn: (entry, { now }) => heardIn(entry, { name, now, text }),
    onHalted: () => look(),
  });
  const ear = createEar({
    write: deskLog.write,
    clock,
    log,
    answerWithinMs: settings.connectionTimeoutMs + settings.socketTimeoutMs,
    onState: () => look(),
    onLost: options.onLost,
  });
  const subscriber = createSubscriber({
    subscription: deskLog.subscription,
    clock,
    log,
    settings,
    channels: { required: [], extra: [] },
    onMessage: () => undefined,
    onStream: (link) => (link === null ? reader.end() : reader.begin(link)),
    onState: ({ state }) => {
      // It may be another server than it was, without the end of the log.
      if (state === "live") ear.again();
      look();
    },
    // Away from a log nothing of it is missed.
    onGap: () => undefined,
  });

  const look = (): void => {
    const problem = reader.isHalted() ? newer : (lostIn(subscriber.state()) ?? lost(ear.problem()));
    if (problem?.message !== trouble?.problem.message)
      trouble = problem === null ? null : { problem, since: trouble?.since ?? instantOf(clock.now()) };
    onState();
  };

  return {
    hear: ear.hear,
    mark: ear.mark,
    start: (): void => {
      subscriber.start();
      ear.start();
    },
    woke: subscriber.woke,
    stop: async (): Promise<void> => {
      await ear.stop();
      subscriber.stop();
    },
    /** What keeps this node from following the others, or from telling them; null: nothing. */
    trouble: () => trouble,
    status: (): Omit<ClusterStatus, "desk" | "turns"> => ({
      node: deskLog.node,
      connection: subscriber.state(),
      log: reader.status(),
      unsaid: ear.unsaid(),
      problem: trouble?.problem ?? null,
    }),
  };
};
export type SharedLog = ReturnType<typeof createSharedLog>;

const lost = (cause: Pick<Problem, "message"> | null): Problem | null =>
  cause === null ? null : { kind: "cluster-lost", message: `The log of the desk is out of reach. ${cause.message}` };

const lostIn = (connection: Connection): Problem | null => {
  switch (connection.state) {
    case "reconnecting":
    case "refused":
    case "stopped":
      return lost(connection.cause);
    case "silent":
      return lost({ message: silent });
    // A log that nobody has written to yet is no trouble.
    case "live":
      return connection.trouble?.problem.kind === "redis-stream-missing"
        ? null
        : lost(connection.trouble?.problem ?? null);
    case "disabled":
    case "connecting":
    case "subscribing":
      return null;
  }
};
