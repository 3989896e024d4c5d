import type { ClusterStatus, Connection } from "../../shared/connection.ts";
import { minuteMs } from "../../shared/duration.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { type Problem, ProblemError } from "../../shared/problem.ts";
import { createAbort } from "../abort.ts";
import { errorTrail } from "../error-name.ts";
import { isProblemOf } from "../port-kinds.ts";
import { problemFrom } from "../port-problem.ts";
import type { Clock, DeskLog, Log } from "../ports.ts";
import type { ConnectionSettings } from "./connection-state.ts";
import { createEar } from "./ear.ts";
import { heardIn, wordIn } from "./log-entry.ts";
import { createStreamReader, type StreamReaderOptions } from "./stream-reader.ts";
import { createSubscriber } from "./subscriber.ts";
import type { Word } from "./word.ts";
import { createWordOrder } from "./word-order.ts";

const newer: Problem = {
  kind: "cluster-newer",
  message:
    "A newer Avspark writes to the log of the desk. This one has stopped reading it, and does not know what has come since.",
};
/** What a person said is answered within this, or nobody can say whether it holds. */
const tellWithinMs = 5000;
/** To erase somebody is to look through all that is kept. */
const eraseWithinMs = 10 * minuteMs;
const unanswered: Problem = {
  kind: "cluster-lost",
  message: "The log of the desk has not answered in time: what was asked for may still come into force.",
};
const overtaken: Problem = {
  kind: "cluster-lost",
  message: "What was decided about it on another node counts as later, and stands.",
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
  /** Of a text a short mark that tells nothing of it. */
  readonly markOf: (text: string) => string;
  /** For how long the log has what was said. */
  readonly keepHours: number;
  /** How it stands has changed. */
  readonly onState: () => void;
  /** Does what a person said on one of the nodes. Rejects when it cannot be so, and when the journal refuses. */
  readonly take: (word: Word, at: Instant) => Promise<void>;
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
    heardIn: (entry, { now }) => {
      const heard = heardIn(entry, { name, now, text });
      return heard && [heard];
    },
    onHalted: () => look(),
    apart: (entry, now) => {
      const said = wordIn(entry, { now, text });
      return said === null ? null : () => takeWord(said);
    },
  });
  /** Those who wait until what they said has come back. */
  const waiting = new Map<string, { readonly done: () => void; readonly failed: (error: unknown) => void }>();
  let lastWord = 0;
  const order = createWordOrder({ ...options, now: clock.now() });

  const takeWord = async ({ said, word, at }: NonNullable<ReturnType<typeof wordIn>>) => {
    const asker = waiting.get(said.name);
    // Whoever made it may be lost, and with them what the log loses.
    ear.keepWord({ name: said.name, word: JSON.stringify(word), first: said.id }, Math.max(0, clock.now() - at));
    const news = order.newsIn(word, said);
    if (news === null) {
      asker?.failed(new ProblemError(overtaken));
      return {};
    }
    try {
      await options.take(news, instantOf(at));
      asker?.done();
      return order.took(news, said);
    } catch (error) {
      // It is read again when the journal takes it.
      if (error instanceof ProblemError && isProblemOf("journal", error.problem)) throw error;
      if (asker === undefined) log.warn("What was decided elsewhere cannot be so here.", { error: errorTrail(error) });
      asker?.failed(error);
      return {};
    }
  };

  /** Tells all nodes, and resolves when this one has done what it told: by then it stands in the order that is everybody's. */
  const tell = async (word: Word): Promise<void> => {
    // Nobody here would read it back.
    if (reader.isHalted()) throw new ProblemError(newer);
    lastWord += 1;
    const name = `${deskLog.node}-${lastWord}`;
    const text = JSON.stringify(word);
    const { signal, abort } = createAbort();
    let give = (): void => undefined;
    const back = new Promise<void>((resolve, reject) => {
      waiting.set(name, { done: resolve, failed: reject });
      give = () => reject(new ProblemError(unanswered));
    });
    const cancel = clock.after(word.kind === "erase" ? eraseWithinMs : tellWithinMs, () => {
      abort();
      give();
    });
    try {
      const say = async (): Promise<void> => {
        const writer = await deskLog.write(signal);
        try {
          await writer.tell({ name, word: text, first: null });
        } finally {
          writer.close();
        }
      };
      await Promise.race([
        back,
        say()
          .catch(refuse)
          .then(() => back),
      ]);
    } finally {
      cancel();
      waiting.delete(name);
    }
  };

  const refuse = (error: unknown): never => {
    const cause = problemFrom(["subscription"], error, log);
    throw new ProblemError(lost(cause ?? { message: "It could not be told." }) ?? unanswered);
  };
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
    tell,
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
    status: (): Omit<ClusterStatus, "desk" | "turns" | "nodes" | "clockOffMs" | "serverFaults"> => ({
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
