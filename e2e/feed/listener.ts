import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import type { ConnectionSettings } from "../../src/core/feed/connection-state.ts";
import type { GapEvent } from "../../src/core/feed/gaps.ts";
import { createSubscriber } from "../../src/core/feed/subscriber.ts";
import type { Clock, SubscribedChannels } from "../../src/core/ports.ts";
import { systemClock } from "../../src/main/adapters/clock.ts";
import { createRedisSubscription, type RedisSettings } from "../../src/main/adapters/redis/subscription.ts";
import type { Connection } from "../../src/shared/connection.ts";
import { type RedisServer, type RedisSettings as RedisServerSettings, startRedis } from "../fixtures/redis.ts";
import { rememberingLog } from "../fixtures/remembering-log.ts";
import { until } from "../fixtures/until.ts";

export const updates = "fogis:matches:updates";

/** Short, so that what takes half a minute in real life is seen in a second. */
export const quick: ConnectionSettings = {
  connectionTimeoutMs: 2000,
  subscriptionTimeoutMs: 1000,
  socketTimeoutMs: 1000,
  healthCheckIntervalMs: 500,
  retryDelayMs: 1000,
  maxRetries: 3,
  autoReconnect: true,
  retryOnTimeout: true,
};

/** Redis that is back is heard again within 2 s after the wait between attempts, and never later than this. */
export const backWithinMs = 5000;
/** What a busy machine may add. */
export const slackMs = 1000;

type Heard = { readonly channel: string; readonly payload: string };
type Seen = { readonly at: number; readonly connection: Connection };

/** The subscriber with the real adapter, remembering everything it said. */
export const listenTo = (
  url: string,
  options: {
    readonly settings?: Partial<ConnectionSettings>;
    readonly channels?: SubscribedChannels;
    readonly tls?: Partial<RedisSettings["tls"]>;
    readonly onMessage?: (channel: string, payload: Uint8Array) => void;
    readonly clock?: Clock;
    readonly stream?: string;
  } = {},
) => {
  const settings = { ...quick, ...options.settings };
  const heard: Heard[] = [];
  const seen: Seen[] = [];
  const gaps: GapEvent[] = [];
  const logged: string[] = [];
  const subscriber = createSubscriber({
    subscription: createRedisSubscription({
      url,
      setting: "REDIS_URL",
      marks: null,
      tls: { caFile: null, certFile: null, keyFile: null, servername: null, ...options.tls },
      connectionTimeoutMs: settings.connectionTimeoutMs,
      stream: options.stream ?? null,
    }),
    clock: options.clock ?? systemClock,
    log: rememberingLog(logged),
    settings,
    channels: options.channels ?? { required: [updates], extra: [] },
    onMessage:
      options.onMessage ?? ((channel, payload) => heard.push({ channel, payload: Buffer.from(payload).toString() })),
    onState: (connection) => seen.push({ at: performance.now(), connection }),
    onGap: (event) => gaps.push(event),
  });

  const becomes = <S extends Connection["state"]>(
    state: S,
    what: { readonly withinMs?: number } = {},
  ): Promise<Extract<Connection, { state: S }>> =>
    until(
      () => {
        const connection = subscriber.state();
        return is(connection, state) ? connection : null;
      },
      { everyMs: 2, what: () => `${state}; it is ${JSON.stringify(subscriber.state())}`, ...what },
    );

  return {
    subscriber,
    heard,
    seen,
    gaps,
    logged,
    becomes,
    /** Publishes until what was published is heard, and says after how long. */
    receives: async (redis: { publish: (channel: string, message: string) => Promise<number> }): Promise<number> => {
      const begun = performance.now();
      await until(
        async () => {
          const word = randomUUID();
          if ((await redis.publish(updates, word).catch(() => 0)) === 0) return false;
          return until(() => heard.some(({ payload }) => payload === word), { withinMs: 100, everyMs: 1 }).catch(
            () => false,
          );
        },
        { what: () => "a message that is heard" },
      );
      return performance.now() - begun;
    },
    /** The states it went through, without repetition. */
    path: (): readonly string[] =>
      seen.map(({ connection }) => connection.state).filter((state, index, all) => state !== all[index - 1]),
    stop: () => subscriber.stop(),
  };
};

/** The same for one test: it ends with the test. */
export const listener = (...args: Parameters<typeof listenTo>): ReturnType<typeof listenTo> => {
  const listening = listenTo(...args);
  onTestFinished(listening.stop);
  return listening;
};

export const redisFor = async (settings?: RedisServerSettings): Promise<RedisServer> => {
  const redis = await startRedis(settings);
  onTestFinished(() => redis.close());
  return redis;
};

export const ms = (value: number): string => `${Math.round(value)} ms`;

/** Figures for people; shown when a run asks for them. */
export const report = (line: string): void => {
  if (process.env.AVSPARK_TEST_FIGURES !== undefined) process.stdout.write(`  ${line}\n`);
};

const is = <S extends Connection["state"]>(
  connection: Connection,
  state: S,
): connection is Extract<Connection, { state: S }> => connection.state === state;
