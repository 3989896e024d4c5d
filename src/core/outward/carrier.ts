import type { Alert } from "../../shared/alert.ts";
import { hourMs, minuteMs } from "../../shared/duration.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import type { MessengerStatus } from "../../shared/outward.ts";
import type { Problem, ProblemKind } from "../../shared/problem.ts";
import type { Wording } from "../../shared/text/sentences.ts";
import { createAbort } from "../abort.ts";
import { backoff } from "../backoff.ts";
import { problemFrom } from "../port-problem.ts";
import type { Clock, Digest, Log } from "../ports.ts";
import type { WriteBehind } from "../write-behind.ts";
import { type Messenger, MessengerProblem, type OutwardMessage } from "./messenger.ts";
import {
  alertCame,
  matchCame,
  nextParts,
  type Outbox,
  type Part,
  type Present,
  partsRefused,
  partsSent,
  readOutbox,
  troublesOver,
} from "./outbox.ts";
import { messageOf, testMessage, threadOf } from "./wording.ts";

/** What comes together is told together. */
const gatherMs = 2000;
/** Between messages that follow each other; after the third of them the pause grows. */
const pauseMs = 1000;
const burst = 3;
const longestPauseMs = 5 * minuteMs;

const firstRetryMs = 5000;
const longestRetryMs = 15 * minuteMs;
/** Whatever a server asks for. */
const longestWaitMs = hourMs;
/** Failed attempts in a row before somebody should know; and before a message that is refused is let go. */
const patience = 3;

/** A trouble is over when it has stayed away for so long; for longer, each time that it came back all the same. */
const calmMs = 5 * minuteMs;
const longestCalmMs = hourMs;
const forgetfulMs = 6 * hourMs;

/** A message under way when the service ends is waited for, so that it is not sent again. */
const endingMs = 3000;

/** What no further attempt mends. */
const forPerson: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  "configuration-invalid",
  "messenger-certificate",
  "messenger-sign-in",
  "messenger-not-found",
  "messenger-redirect",
]);

const unforeseen: Problem = { kind: "internal", message: "A notice could not be sent, for an error of Avspark's own." };

export type CarrierOptions = {
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly log: Log;
  readonly digest: Digest;
  readonly writeBehind: Pick<WriteBehind, "write" | "flushed">;
  /** The journal's small facts. */
  readonly meta: Readonly<Record<string, string>>;
  readonly wording: () => Wording;
  readonly present: () => Present;
  readonly onStatus: () => void;
  readonly onTrouble: (problem: Problem | null) => void;
};

type Failing = { readonly since: Instant; readonly tries: number; readonly problem: Problem };

/** Carries notices out through one messenger: one at a time, in order, again until they have arrived. */
export const createCarrier = (options: CarrierOptions) => {
  const { messenger, clock, log, digest, writeBehind, present, onStatus } = options;
  const fact = `outward-${messenger.name}`;
  let outbox = readOutbox(options.meta[fact]);
  let failing: Failing | null = null;
  /** By `elapsed`: no message leaves before. */
  let due = 0;
  let sentAt = 0;
  let pause = 0;
  let sentInRow = 0;
  let sending: Promise<void> | null = null;
  let cancel: (() => void) | null = null;
  let stopped = false;
  const abort = createAbort();
  /** Since when troubles are over, by `elapsed`. */
  const overSince = new Map<string, number>();
  /** How often a trouble was said to be over lately, and when last. */
  const calmed = new Map<string, { readonly times: number; readonly at: number }>();

  const now = (): Instant => instantOf(clock.now());

  const setTo = (next: Outbox): void => {
    if (next === outbox) return;
    outbox = next;
    writeBehind.write({ meta: { [fact]: JSON.stringify(outbox) } });
    onStatus();
  };

  const lookAt = (elapsed: number): void => {
    if (stopped) return;
    cancel?.();
    cancel = clock.after(Math.max(0, elapsed - clock.elapsed()), () => {
      cancel = null;
      look();
    });
  };

  /** What has just come waits for what comes with it. */
  const came = (next: Outbox): void => {
    const isFirst = outbox.waiting.length === 0;
    setTo(next);
    if (isFirst) due = Math.max(due, clock.elapsed() + gatherMs);
    if (outbox.waiting.length > 0 && cancel === null) lookAt(due);
  };

  const timesOver = (key: string): number => {
    const before = calmed.get(key);
    return before === undefined || clock.elapsed() - before.at > forgetfulMs ? 0 : before.times;
  };

  const isSettled = (key: string): boolean => {
    const since = overSince.get(key) ?? clock.elapsed();
    overSince.set(key, since);
    const failures = timesOver(key) + 1;
    const calm = backoff({ baseMs: calmMs, capMs: longestCalmMs, failures, random: 0, least: 1 });
    return clock.elapsed() - since >= calm;
  };

  const look = (): void => {
    if (sending !== null || stopped) return;
    const facts = present();
    // What came back begins its calm anew.
    const holding = new Set(facts.alerts.filter(({ state }) => state.name !== "resolved").map(({ key }) => key));
    for (const key of overSince.keys()) if (holding.has(key)) overSince.delete(key);
    setTo(troublesOver(outbox, { alerts: facts.alerts, isSettled, since: now() }));
    const { outbox: next, parts } = nextParts(outbox, facts);
    setTo(next);
    const [first, ...rest] = parts;
    if (first === undefined) return;
    if (due > clock.elapsed()) {
      lookAt(due);
      return;
    }
    sending = send([first, ...rest]).then(() => {
      sending = null;
      lookAt(due);
    });
  };

  const send = async (parts: readonly [Part, ...Part[]]): Promise<void> => {
    const message = messageOf(parts, { digest, wording: options.wording(), lost: outbox.lost });
    const failure = await attempt(message);
    if (failure === null) await arrived(parts);
    else if (!stopped) failed(parts, failure);
  };

  /** null: it has arrived. */
  const attempt = async (
    message: OutwardMessage,
  ): Promise<{ problem: Problem; retryAfterMs: number | null } | null> => {
    try {
      await messenger.send(message, abort.signal);
      return null;
    } catch (error) {
      const problem = problemFrom(["messenger"], error, log) ?? unforeseen;
      return { problem, retryAfterMs: error instanceof MessengerProblem ? error.retryAfterMs : null };
    }
  };

  const arrived = async (parts: readonly Part[]): Promise<void> => {
    pause = pauseAfter();
    sentAt = clock.elapsed();
    due = sentAt + pause;
    for (const part of parts) {
      if (part.kind !== "over") continue;
      const { key } = part.alert;
      calmed.set(key, { times: timesOver(key) + 1, at: clock.elapsed() });
      overSince.delete(key);
    }
    setTo(partsSent(outbox, parts, { at: now(), threadOf: (part) => threadOf(part, digest) }));
    works();
    // The next one leaves when the journal has it that this one has: whatever ends us, no more than one is sent again.
    await writeBehind.flushed();
  };

  /** Three follow each other closely; a flood of them would be read by nobody. */
  const pauseAfter = (): number => {
    sentInRow = clock.elapsed() - sentAt > pause + minuteMs ? 1 : sentInRow + 1;
    if (sentInRow < burst) return pauseMs;
    const failures = sentInRow - burst + 1;
    return backoff({ baseMs: minuteMs / 2, capMs: longestPauseMs, failures, random: 0, least: 1 });
  };

  const works = (): void => {
    if (failing !== null) log.info("notices leave again", { messenger: messenger.name });
    failing = null;
    onStatus();
    options.onTrouble(null);
  };

  const failed = (parts: readonly Part[], failure: { problem: Problem; retryAfterMs: number | null }): void => {
    const { problem } = failure;
    const tries = (failing?.tries ?? 0) + 1;
    failing = { since: failing?.since ?? now(), tries, problem };
    const wait = backoff({
      ...{ baseMs: firstRetryMs, capMs: longestRetryMs, failures: tries },
      ...{ random: clock.random(), least: 0.5 },
    });
    due = clock.elapsed() + Math.max(wait, Math.min(failure.retryAfterMs ?? 0, longestWaitMs));
    log.warn("a notice did not leave", { messenger: messenger.name, kind: problem.kind, tries });
    if (problem.kind === "messenger-rejected" && tries % patience === 0) setTo(partsRefused(outbox, parts));
    onStatus();
    if (tries >= patience || forPerson.has(problem.kind)) options.onTrouble(problem);
  };

  // What the run before left.
  if (outbox.waiting.length > 0) lookAt(clock.elapsed() + gatherMs);

  return {
    name: messenger.name,
    server: messenger.server,
    /** `since`: when it came; the same for all that carry it, since they name it by that. */
    alert: (alert: Alert, since: Instant): void => came(alertCame(outbox, alert, since)),
    matches: (ids: readonly string[], since: Instant): void =>
      came(ids.reduce((next, id) => matchCame(next, id, since), outbox)),
    look,
    status: (): MessengerStatus => ({
      name: messenger.name,
      server: messenger.server,
      waiting: outbox.waiting.length,
      lastSentAt: outbox.lastSentAt,
      failure:
        failing === null
          ? null
          : {
              since: failing.since,
              problem: failing.problem,
              retryAt: instantOf(clock.now() + Math.max(0, due - clock.elapsed())),
            },
    }),
    test: async (at: Instant): Promise<Problem | null> => {
      const failure = await attempt(testMessage(at, { digest, wording: options.wording() }));
      if (failure === null) {
        setTo({ ...outbox, lastSentAt: at });
        due = clock.elapsed();
        works();
        look();
      }
      return failure?.problem ?? null;
    },
    stop: async (): Promise<void> => {
      stopped = true;
      cancel?.();
      const stopWaiting = clock.after(endingMs, abort.abort);
      await sending;
      stopWaiting();
    },
  };
};
