import { expect, test } from "vitest";
import { timelines } from "./timeline.ts";
import {
  allHeard,
  becomes,
  eventually,
  expectAllWell,
  expectGapsClosed,
  expectTruth,
  expectWholeTimelines,
  hearsAgain,
  settle,
  waitUntil,
  worldFor,
} from "./world.ts";

/** The four phases of docs/guide.md, each a configuration. */

test.concurrent("phase 1, HTTP alone: polling carries everything, and Redis is never asked", async (context) => {
  const world = await worldFor(context, {
    settings: { REDIS_PUBSUB_ENABLED: "false", REDIS_URL: "", AVSPARK_POLL_INTERVAL: "0.5" },
  });
  const { service, truth, redis } = world;
  await expectTruth(world);
  expect(await service.call("redisStatus")).toMatchObject({
    redis_status: {
      enabled: false,
      status: "disabled",
      mode: "live",
      subscription_status: { subscription_active: false, active_channels: [] },
    },
  });
  for (let change = 0; change < 5; change += 1) truth.happen();
  truth.drop();
  await expectTruth(world);
  await expectAllWell(world);
  expect(await service.gaps()).toEqual([]);
  await expect(service.call("redisRestart")).rejects.toMatchObject({ problem: { kind: "redis-disabled" } });
  expect(String(await redis.command("CLIENT", "LIST"))).not.toContain("name=avspark");
});

test.concurrent("phase 2, both: Redis is heard at once, lists come as well, and one change stays one", async (context) => {
  const world = await worldFor(context, { settings: { AVSPARK_POLL_INTERVAL: "0.5" } });
  const { service, truth, redis, source } = world;
  await settle(world);
  const requests = source.requests.length;
  for (let change = 0; change < 20; change += 1) await truth.tell(redis);
  await expectTruth(world);
  // What Redis does not tell, the next list does.
  truth.happen();
  await expectAllWell(world);
  await eventually(() => source.requests.length >= requests + 3, {
    what: () => "lists that are fetched all the while",
  });
  await expectWholeTimelines(world);
  expect((await service.connection()).state).toBe("live");
});

test.concurrent("phase 3, compared: what each brought first, and what only one of them brought", async (context) => {
  const world = await worldFor(context);
  const { service, truth, redis } = world;
  await becomes(service, "live");
  await expectTruth(world);
  await expectGapsClosed(world);
  const matches = 12;
  const compared = async () => {
    const { redis: byRedis, http, both } = await service.call("comparison");
    return { redis: byRedis, http, both };
  };
  expect(await compared()).toEqual({
    redis: { first: 0, only: 0 },
    http: { first: matches, only: matches },
    both: 0,
  });
  // The same, told by Redis in three dialects.
  const { total_messages_received: before } = await service.stats();
  for (const { channel, message } of truth.all()) await redis.publish(channel, message);
  await eventually(async () => (await service.stats()).total_messages_received === before + 3);
  expect(await compared()).toMatchObject({ http: { first: matches, only: 0 }, both: matches });
  // Redis tells of a new venue; the list says so later.
  await truth.tell(redis);
  await expectTruth(world);
  expect(await compared()).toMatchObject({ redis: { first: 1, only: 1 }, both: matches });
  await service.call("fetchMatches");
  expect(await compared()).toMatchObject({ redis: { first: 1, only: 0 }, both: matches + 1 });
  // Something that only the list tells.
  truth.drop();
  await service.call("fetchMatches");
  expect(await compared()).toEqual({
    redis: { first: 1, only: 0 },
    http: { first: matches + 1, only: 1 },
    both: matches + 1,
  });
});

test.concurrent("phase 4, Redis with catch-up: lists only at the start, after gaps and on demand", async (context) => {
  const world = await worldFor(context, { settings: { AVSPARK_POLL_INTERVAL: "0" } });
  const { service, truth, redis, source } = world;
  await settle(world);
  const requests = source.requests.length;
  const begun = performance.now();
  for (let change = 0; change < 10; change += 1) {
    await truth.tell(redis);
    await waitUntil(begun + change * 200);
  }
  await expectTruth(world);
  expect(source.requests.length).toBe(requests);
  const gapsBefore = (await service.gaps()).length;
  truth.happen();
  await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  await eventually(async () => (await service.gaps()).length > gapsBefore, { what: () => "a gap" });
  await hearsAgain(world);
  await expectAllWell(world);
  expect(source.requests.length).toBeGreaterThan(requests);
});

test.concurrent("the way back, REDIS_PUBSUB_ENABLED=false: polling goes on, and everything known is kept", async (context) => {
  const both = { AVSPARK_POLL_INTERVAL: "0.5" };
  const world = await worldFor(context, { settings: both });
  const { service, truth, redis, source } = world;
  await settle(world);
  for (let change = 0; change < 10; change += 1) await truth.tell(redis);
  await allHeard(world);
  const before = {
    timelines: await timelines(world),
    messages: (await service.call("messages", { limit: 10_000 })).messages,
  };
  const settings = { ...both, REDIS_URL: redis.url, AVSPARK_MATCHES_URL: source.url };
  await service.restart({ ...settings, REDIS_PUBSUB_ENABLED: "false" });
  expect((await service.connection()).state).toBe("disabled");
  expect(await timelines(world)).toEqual(before.timelines);
  expect((await service.call("messages", { limit: 10_000 })).messages).toEqual(before.messages);
  truth.happen();
  // The gap that the stop left behind is filled too: nobody waits for Redis any more.
  await expectAllWell(world);
  // As it was in phase 4, lists come all the same: there is nothing else.
  await service.restart({ ...settings, AVSPARK_POLL_INTERVAL: "0", REDIS_PUBSUB_ENABLED: "false" });
  await expectTruth(world);
  expect(await service.source()).toMatchObject({ state: "fetched", nextAt: expect.any(String) });
  // And forth again.
  await service.restart(settings);
  await settle(world);
});
