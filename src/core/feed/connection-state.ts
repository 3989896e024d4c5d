import type { Config } from "../../shared/config.ts";
import type { Connection, GapCause } from "../../shared/connection.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import type { Problem, ProblemKind } from "../../shared/problem.ts";
import type { Moment } from "../moment.ts";
import type { ProbeAnswer } from "../ports.ts";

/** In milliseconds. */
export type ConnectionSettings = {
  readonly connectionTimeoutMs: number;
  readonly subscriptionTimeoutMs: number;
  readonly socketTimeoutMs: number;
  readonly healthCheckIntervalMs: number;
  readonly retryDelayMs: number;
  readonly maxRetries: number;
  readonly autoReconnect: boolean;
  readonly retryOnTimeout: boolean;
};

export const connectionSettings = (config: Config): ConnectionSettings => ({
  connectionTimeoutMs: config.REDIS_CONNECTION_TIMEOUT * 1000,
  subscriptionTimeoutMs: config.REDIS_SUBSCRIPTION_TIMEOUT * 1000,
  socketTimeoutMs: config.REDIS_SOCKET_TIMEOUT * 1000,
  healthCheckIntervalMs: config.REDIS_HEALTH_CHECK_INTERVAL * 1000,
  retryDelayMs: config.REDIS_RETRY_DELAY * 1000,
  maxRetries: config.REDIS_MAX_RETRIES,
  autoReconnect: config.REDIS_AUTO_RECONNECT,
  retryOnTimeout: config.REDIS_RETRY_ON_TIMEOUT,
});

export type Event =
  | { readonly kind: "start" }
  | { readonly kind: "stop"; readonly cause: GapCause }
  | { readonly kind: "restart" }
  | { readonly kind: "disable" }
  /** The machine was asleep. */
  | { readonly kind: "woke" }
  /** The state's alarm went off. */
  | { readonly kind: "alarm" }
  | { readonly kind: "opened"; readonly link: number }
  | { readonly kind: "subscribed"; readonly link: number; readonly channels: readonly string[] }
  | { readonly kind: "probed"; readonly link: number; readonly answer: ProbeAnswer }
  /** What a probe would tell is otherwise than the last one told. */
  | { readonly kind: "changed"; readonly link: number }
  /** An attempt failed or the link is gone. */
  | { readonly kind: "failed"; readonly link: number; readonly problem: Problem };

export type Effect =
  | { readonly kind: "open" | "subscribe" | "probe" | "close"; readonly link: number }
  /** From here on messages may have been missed. */
  | { readonly kind: "gap-began"; readonly from: Moment; readonly cause: GapCause }
  | { readonly kind: "gap-ended" };

export type Context = {
  readonly now: Moment;
  /** Uniform in [0, 1). */
  readonly random: number;
  /** When the last message was received, on whatever link. */
  readonly heardAt: Moment | null;
  readonly settings: ConnectionSettings;
};

/** `sentAt` by `elapsed`. `afterSleep`: sent because the process had not run for a while. */
export type Probe = { readonly sentAt: number; readonly afterSleep: boolean };

/** What the server says is wrong with it, and since when it does. */
export type Trouble = { readonly problem: Problem; readonly since: Instant };

export type Alive = {
  /** By `elapsed`. */
  readonly liveSince: number;
  readonly provenAt: Moment;
  readonly proof: ProbeAnswer["proof"];
  readonly trouble: Trouble | null;
  readonly channels: readonly string[];
  readonly probe: Probe | null;
};

export type Phase =
  | { readonly name: "disabled" }
  | { readonly name: "stopped"; readonly cause: Problem | null }
  | { readonly name: "connecting" }
  | {
      readonly name: "subscribing";
      /** `at` by `elapsed`. */
      readonly confirmed: { readonly channels: readonly string[]; readonly at: number } | null;
    }
  | ({ readonly name: "live" } & Alive)
  | ({ readonly name: "silent"; readonly silentSince: Instant } & Alive)
  | { readonly name: "waiting"; readonly cause: Problem; readonly retryAt: Instant | null };

/** `dueAt` by `elapsed`. */
export type Alarm = { readonly afterMs: number; readonly dueAt: number };

export type State = {
  readonly phase: Phase;
  /** The newest link's number. */
  readonly link: number;
  /** Which attempt in a row this is, or the next one will be; from 1. */
  readonly attempt: number;
  /** When it began, by `elapsed`. */
  readonly attemptedAt: number;
  /** Since when nothing is heard; when hearing, since when that is so. */
  readonly since: Instant;
  readonly alarm: Alarm | null;
};

export type Step = { readonly state: State; readonly effects: readonly Effect[] };

export const initialState = (now: Moment): State => ({
  phase: { name: "stopped", cause: null },
  link: 0,
  attempt: 1,
  attemptedAt: now.elapsed,
  since: instantOf(now.wall),
  alarm: null,
});

/** Kinds that go away only when a person does something. */
export const refusals: ReadonlySet<ProblemKind> = new Set([
  "redis-auth-required",
  "redis-auth-wrong",
  "redis-no-permission",
  "redis-certificate",
  "redis-protocol",
  "redis-stream",
  "configuration-invalid",
]);

/** The state as everybody else sees it. */
export const connectionOf = ({ phase, attempt, since }: State): Connection => {
  switch (phase.name) {
    case "disabled":
      return { state: "disabled", since };
    case "stopped":
      return { state: "stopped", since, cause: phase.cause };
    case "connecting":
    case "subscribing":
      return { state: phase.name, since, attempt };
    case "live": {
      const { proof, channels, trouble } = phase;
      return { state: "live", since, provenAt: instantOf(phase.provenAt.wall), proof, channels, trouble };
    }
    case "silent":
      return {
        state: "silent",
        since: phase.silentSince,
        provenAt: instantOf(phase.provenAt.wall),
        channels: phase.channels,
      };
    case "waiting": {
      const { cause, retryAt } = phase;
      if (refusals.has(cause.kind) || retryAt === null) return { state: "refused", since, attempt, retryAt, cause };
      return { state: "reconnecting", since, attempt, retryAt, cause };
    }
  }
};
