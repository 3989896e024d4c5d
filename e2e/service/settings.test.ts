import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { expect, type TestContext, test } from "vitest";
import { becomes, eventually, expectAllWell, hearsAgain, settle, waitUntil, worldFor } from "./world.ts";

test.concurrent("REDIS_AUTO_RECONNECT=false: stays stopped and says so, until POST /redis-restart", async (context) => {
  const world = await worldFor(context, { settings: { REDIS_AUTO_RECONNECT: "false" } });
  const { service, redis, truth } = world;
  await settle(world);
  await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  const { cause } = await becomes(service, "stopped");
  expect(cause?.kind).toBe("redis-closed");
  expect(await service.call("redisStatus")).toMatchObject({
    redis_status: { status: "disconnected", subscription_status: { subscription_active: false } },
  });
  expect(await service.health()).toMatchObject({ level: "warning", action: "restart" });
  await truth.tell(redis);
  await waitUntil(performance.now() + 1500);
  expect((await service.connection()).state).toBe("stopped");
  expect(await service.call("redisRestart")).toMatchObject({
    message: "Redis subscription restarted",
    connection: { state: "live" },
  });
  await hearsAgain(world);
  await expectAllWell(world);
});

test.concurrent("the channels are the configured ones, and no others", async (context) => {
  const world = await worldFor(context, {
    settings: {
      AVSPARK_MATCHES_URL: "",
      REDIS_MATCH_UPDATES_CHANNEL: "my:matches",
      REDIS_PROCESSOR_STATUS_CHANNEL: "my:status",
      REDIS_SYSTEM_ALERTS_CHANNEL: "my:alerts",
      AVSPARK_EXTRA_MATCH_CHANNELS: "my:more,my:matches,{my,own}:updates",
    },
  });
  const { service, redis } = world;
  const channels = ["my:matches", "my:status", "my:alerts", "my:more", "{my,own}:updates"];
  expect((await becomes(service, "live")).channels).toEqual(channels);
  expect((await service.call("redisStatus")).redis_status.subscription_status.active_channels).toEqual(channels);
  const update = (id: number): string =>
    JSON.stringify({ type: "match_updates", payload: { matches: [{ matchid: id, hemmalag: "Alfa" }] } });
  expect(await redis.publish("fogis:matches:updates", update(1))).toBe(0);
  await redis.publish("my:matches", update(2));
  await redis.publish("my:more", update(3));
  await redis.publish("{my,own}:updates", update(4));
  await redis.publish("my:status", JSON.stringify({ type: "processing_status", payload: { status: "failed" } }));
  await eventually(async () => (await service.stats()).total_messages_received === 4);
  expect((await service.matches()).map(({ id }) => id)).toEqual(["2", "3", "4"]);
  expect((await service.call("messages")).messages.map(({ channel }) => channel)).toEqual([
    "my:status",
    "{my,own}:updates",
    "my:more",
    "my:matches",
  ]);
});

/** Stands between the service and Redis, and may let a word of ours fall under the table. */
const startProxy = async ({ onTestFinished }: Pick<TestContext, "onTestFinished">, port: number) => {
  let swallowed: RegExp | null = null;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => [near, far].map((each) => each.destroy()));
    }
    near.on("data", (data) => {
      if (swallowed?.test(data.toString()) !== true) far.write(data);
    });
    far.on("data", (data) => near.write(data));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = server.address();
  return {
    url: `redis://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    swallow: (word: RegExp | null) => {
      swallowed = word;
    },
  };
};

test.concurrent("REDIS_SUBSCRIPTION_TIMEOUT: a subscription that nobody confirms", async (context) => {
  const world = await worldFor(context, { settings: { REDIS_SUBSCRIPTION_TIMEOUT: "0.3" } });
  const { service, redis, source } = world;
  await settle(world);
  const proxy = await startProxy(context, redis.port);
  proxy.swallow(/subscribe/i);
  await service.restart({
    REDIS_URL: proxy.url,
    AVSPARK_MATCHES_URL: source.url,
    REDIS_SUBSCRIPTION_TIMEOUT: "0.3",
    REDIS_RETRY_DELAY: "0.05",
  });
  const { cause } = await becomes(service, "reconnecting");
  expect(cause).toMatchObject({
    kind: "redis-timeout",
    message: "Redis did not confirm the subscription within 0.3 seconds.",
  });
  proxy.swallow(null);
  await hearsAgain(world);
});

test.concurrent("REDIS_SOCKET_TIMEOUT and REDIS_HEALTH_CHECK_INTERVAL: a probe that never comes back", async (context) => {
  const world = await worldFor(context);
  const { service, redis, source } = world;
  await settle(world);
  const proxy = await startProxy(context, redis.port);
  await service.restart({
    REDIS_URL: proxy.url,
    AVSPARK_MATCHES_URL: source.url,
    REDIS_HEALTH_CHECK_INTERVAL: "0.3",
    REDIS_SOCKET_TIMEOUT: "0.6",
    // Attempts that soon fail, with waits between them that are long enough to be seen from outside.
    REDIS_CONNECTION_TIMEOUT: "0.5",
    REDIS_RETRY_DELAY: "1",
  });
  await becomes(service, "live");
  proxy.swallow(/./s);
  const { cause } = await becomes(service, "reconnecting");
  expect(["redis-frozen", "redis-timeout"]).toContain(cause.kind);
  expect((await service.gaps())[0]).toMatchObject({ cause: { kind: "lost", problem: { kind: "redis-frozen" } } });
  proxy.swallow(null);
  await hearsAgain(world);
  await expectAllWell(world);
});
