import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { expect, type TestContext, vi } from "vitest";
import type { Connection } from "../../src/shared/connection.ts";
import type { Look } from "../fixtures/look.ts";
import { type MatchServer, startMatchServer } from "../fixtures/match-server.ts";
import { type RedisServer, type RedisSettings, startRedis } from "../fixtures/redis.ts";
import { type ServiceUnderTest, startService } from "../fixtures/service.ts";
import { until } from "../fixtures/until.ts";
import { brokenIn, timelines } from "./timeline.ts";
import { byId, createTruth, factsIn, type Truth } from "./truth.ts";

/** Short, so that what takes half a minute in real life is seen in a second. */
export const quick = {
  REDIS_HEALTH_CHECK_INTERVAL: "0.5",
  REDIS_SOCKET_TIMEOUT: "1",
  REDIS_CONNECTION_TIMEOUT: "2",
  AVSPARK_POLL_INTERVAL: "0",
} as const;
export const noticedWithinMs = 1500;
/** Redis that is back is heard again within 2 s after the wait between attempts, and never later than this. */
export const backWithinMs = 5000;
/** What a busy machine may add. */
export const slackMs = 2500;

/** Waits for what is seen over HTTP; seldom enough that the looking does not slow down what is looked at. */
export const eventually: typeof until = (condition, options) =>
  until(condition, { everyMs: 50, withinMs: 30_000, ...options });

/** Waits until a claim holds; tells what it last found otherwise. The claim is asked once, so that it cannot wait for one thing and claim another. */
const eventuallyHolds = (claim: () => Promise<void>): Promise<void> =>
  vi.waitFor(claim, { interval: 50, timeout: 30_000 });

export type World = {
  readonly redis: RedisServer;
  readonly source: MatchServer;
  readonly truth: Truth;
  readonly service: ServiceUnderTest;
};

type WorldOptions = {
  readonly settings?: Readonly<Record<string, string>>;
  readonly redis?: RedisSettings;
  readonly truth?: Parameters<typeof createTruth>[0];
  readonly wrap?: NonNullable<Parameters<typeof startService>[1]>["wrap"];
  /** Redis is there but does not run. */
  readonly down?: boolean;
};

/** A redis-server, a source of lists that tells the truth, and the service that listens to both; they end with the test. */
export const worldFor = async (
  { onTestFinished }: Pick<TestContext, "onTestFinished">,
  { settings = {}, redis: conf, truth: size, wrap, down = false }: WorldOptions = {},
): Promise<World> => {
  const truth = createTruth(size);
  const redis = await startRedis(conf);
  onTestFinished(() => redis.close());
  if (down) await redis.stop();
  const source = await startMatchServer(truth.answer);
  onTestFinished(() => source.close());
  const service = await startService(
    { ...quick, REDIS_URL: redis.url, AVSPARK_MATCHES_URL: source.url, ...settings },
    wrap === undefined ? {} : { wrap },
  );
  onTestFinished(async () => void (await service.close()));
  return { redis, source, truth, service };
};

/** Waits until the connection is in a state; answers it. */
export const becomes = <S extends Connection["state"]>(
  look: Look,
  state: S,
  withinMs = 20_000,
): Promise<Extract<Connection, { state: S }>> => {
  let seen: Connection | null = null;
  return eventually(
    async () => {
      seen = await look.connection();
      return isIn(seen, state) ? seen : null;
    },
    { withinMs, what: () => `${state}; it is ${JSON.stringify(seen)}` },
  );
};

const isIn = <S extends Connection["state"]>(
  connection: Connection,
  state: S,
): connection is Extract<Connection, { state: S }> => connection.state === state;

/** Up and heard, with everything known. */
export const settle = async (world: World): Promise<void> => {
  await becomes(world.service, "live");
  await hearsAgain(world);
  await expectAllWell(world);
};

/** After how long the service says anything but that it hears. */
export const noticed = async ({ service }: World, since: number): Promise<number> => {
  await eventually(async () => (await service.connection()).state !== "live", { everyMs: 20, what: () => "not live" });
  return performance.now() - since;
};

/** Lets time pass: how long a fault lasts is part of it. */
export const waitUntil = (at: number): Promise<void> => pause(Math.max(0, at - performance.now()));

/** Tells of changes until one is heard; answers after how long. */
export const hearsAgain = async ({ truth, redis, service }: World, since = performance.now()): Promise<number> => {
  const { total_messages_received: before } = await service.stats();
  await eventually(
    async () => {
      await truth.tell(redis).catch(() => undefined);
      return (await service.stats()).total_messages_received > before;
    },
    { what: () => "a message that is heard" },
  );
  return performance.now() - since;
};

/** Waits until everything that was published so far has been taken in: Redis keeps the order. */
export const allHeard = async ({ redis, service }: World): Promise<void> => {
  const id = randomUUID();
  const last = { message_id: id, type: "processing_status", payload: { status: "completed" } };
  await redis.publish("fogis:processor:status", JSON.stringify(last));
  await eventually(async () => (await service.call("messages", { limit: 1 })).messages[0]?.messageId === id, {
    what: () => "the last message",
  });
};

/** Waits until what the service knows is the truth, nothing more and nothing less. */
export const expectTruth = async ({ truth, service }: Pick<World, "truth" | "service">): Promise<void> => {
  const knownNow = async () => (await service.matches()).map(factsIn).sort(byId);
  await eventuallyHolds(async () => expect(await knownNow()).toEqual(truth.matches()));
};

/** Waits until a list has filled every gap there was. */
export const expectGapsClosed = async ({ service }: Pick<World, "service">): Promise<void> => {
  const open = async () => (await service.gaps()).filter(({ state }) => state !== "closed");
  await eventuallyHolds(async () => expect(await open()).toEqual([]));
  for (const gap of await service.gaps()) {
    expect(gap.brought).not.toBeNull();
    expect(Date.parse(gap.filledAt ?? "")).toBeGreaterThanOrEqual(Date.parse(gap.to ?? ""));
    expect(Date.parse(gap.to ?? "")).toBeGreaterThanOrEqual(Date.parse(gap.from));
  }
};

/** Nothing twice and nothing missing in our own record. */
export const expectWholeTimelines = async (world: Pick<World, "service">): Promise<void> => {
  for (const [id, changes] of await timelines(world)) expect(brokenIn(changes), id).toEqual([]);
};

export const expectAllWell = async (world: World): Promise<void> => {
  await expectTruth(world);
  await expectGapsClosed(world);
  await expectWholeTimelines(world);
  await eventuallyHolds(async () => expect(await world.service.health()).toMatchObject({ level: "ok" }));
};
