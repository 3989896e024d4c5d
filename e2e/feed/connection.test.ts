import { expect, test } from "vitest";
import { longestWaitMs } from "../../src/core/feed/connection.ts";
import { systemClock } from "../../src/main/adapters/clock.ts";
import { until } from "../fixtures/until.ts";
import { backWithinMs, listener, ms, quick, redisFor, report, slackMs, updates } from "./listener.ts";

const noticedWithinMs = quick.healthCheckIntervalMs + quick.socketTimeoutMs;

test("goes live with a proof, hears what is said, and keeps its own probes to itself", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url);
  feed.subscriber.start();
  expect(await feed.becomes("live")).toMatchObject({ proof: "publish", channels: [updates] });
  expect(feed.path()).toEqual(["connecting", "subscribing", "live"]);
  await feed.receives(redis);
  const first = feed.subscriber.provenAt();
  await until(() => (feed.subscriber.provenAt() ?? 0) > (first ?? 0) + quick.healthCheckIntervalMs);
  expect(feed.heard.every(({ channel }) => channel === updates)).toBe(true);
  expect(feed.gaps.map((gap) => gap.kind)).toEqual(["gap-began", "gap-ended"]);
});

test("one connection is enough to subscribe and to probe", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url);
  feed.subscriber.start();
  await feed.becomes("live");
  const clients = String(await redis.command("CLIENT", "LIST"));
  expect(clients.split("\n").filter((line) => line.includes("name=avspark"))).toHaveLength(1);
});

test("Redis that is down at start is found when it comes", async () => {
  const redis = await redisFor();
  await redis.stop();
  const feed = listener(redis.url);
  feed.subscriber.start();
  const { cause } = await feed.becomes("reconnecting");
  expect(cause).toMatchObject({ kind: "redis-unreachable", message: `Nothing listens at 127.0.0.1:${redis.port}.` });
  await until(() => feed.seen.filter(({ connection }) => connection.state === "reconnecting").length >= 3);
  await redis.restart();
  expect(await feed.receives(redis)).toBeLessThan(backWithinMs + slackMs);
});

test.each([300, 1500, 3000])("killed and back after %d ms: noticed at once, heard again, one gap", async (downMs) => {
  const redis = await redisFor();
  const feed = listener(redis.url);
  feed.subscriber.start();
  await feed.becomes("live");
  await feed.receives(redis);
  const gapsBefore = feed.gaps.length;
  const proven = feed.subscriber.provenAt() ?? 0;

  const killed = performance.now();
  redis.kill("SIGKILL");
  await until(() => feed.subscriber.state().state !== "live", { everyMs: 1 });
  const noticed = performance.now() - killed;
  expect(noticed).toBeLessThan(noticedWithinMs);
  await until(() => performance.now() - killed >= downMs);
  await redis.restart();
  const back = await feed.receives(redis);
  report(`SIGKILL, back after ${downMs} ms: noticed after ${ms(noticed)}, heard again ${ms(back)} after it was back`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
  await feed.becomes("live");
  const [began, ended, ...more] = feed.gaps.slice(gapsBefore);
  expect(began).toMatchObject({ kind: "gap-began", cause: { kind: "lost" } });
  expect(began).toHaveProperty("from.wall", expect.any(Number));
  if (began?.kind === "gap-began") expect(began.from.wall).toBeGreaterThanOrEqual(proven);
  expect(ended).toMatchObject({ kind: "gap-ended" });
  expect(more).toEqual([]);
});

test("a frozen server falls silent, is dropped, and is heard again when it thaws", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url);
  feed.subscriber.start();
  await feed.becomes("live");
  const frozen = performance.now();
  redis.kill("SIGSTOP");
  await feed.becomes("silent", { withinMs: noticedWithinMs + slackMs });
  const silentAfter = performance.now() - frozen;
  const { cause } = await feed.becomes("reconnecting", { withinMs: noticedWithinMs + slackMs });
  const droppedAfter = performance.now() - frozen;
  expect(cause.kind).toBe("redis-frozen");
  expect(droppedAfter).toBeLessThan(noticedWithinMs + slackMs);
  // The kernel takes connections for a frozen server: that is not a subscription.
  await until(() => feed.seen.filter(({ connection }) => connection.state === "connecting").length >= 3);
  expect(feed.seen.filter(({ connection }) => connection.state === "live").length).toBeGreaterThan(0);
  redis.kill("SIGCONT");
  const back = await feed.receives(redis);
  report(
    `SIGSTOP: silent after ${ms(silentAfter)}, dropped after ${ms(droppedAfter)}, heard again ${ms(back)} after SIGCONT`,
  );
  expect(back).toBeLessThan(backWithinMs + slackMs);
});

test("a server that freezes for less than the timeout loses nothing and opens no gap", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url, { settings: { socketTimeoutMs: 4000 } });
  feed.subscriber.start();
  await feed.becomes("live");
  redis.kill("SIGSTOP");
  await feed.becomes("silent");
  redis.kill("SIGCONT");
  await feed.becomes("live");
  expect(feed.gaps.map((gap) => gap.kind)).toEqual(["gap-began", "gap-ended"]);
});

test.each([-2, 2])("a clock that was set by %d hours does not hide that the server is frozen", async (hours) => {
  const redis = await redisFor();
  let ahead = 0;
  const feed = listener(redis.url, { clock: { ...systemClock, now: () => systemClock.now() + ahead } });
  feed.subscriber.start();
  await feed.becomes("live");
  ahead = hours * 3_600_000;
  await feed.receives(redis);
  redis.kill("SIGSTOP");
  await feed.becomes("reconnecting", { withinMs: noticedWithinMs + slackMs });
  redis.kill("SIGCONT");
  await feed.becomes("live");
});

test("CLIENT KILL of our connection: noticed at once, subscribed anew", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url);
  feed.subscriber.start();
  await feed.becomes("live");
  await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  const { cause } = await feed.becomes("reconnecting");
  expect(cause.kind).toBe("redis-closed");
  const back = await feed.receives(redis);
  report(`CLIENT KILL: heard again after ${ms(back)}`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
});

test("more than Redis will hold for us: the gap is known, and what follows is heard", async () => {
  const redis = await redisFor({ conf: ["client-output-buffer-limit pubsub 2mb 1mb 1"] });
  const feed = listener(redis.url);
  feed.subscriber.start();
  await feed.becomes("live");
  const before = feed.gaps.length;
  const load = "x".repeat(64 * 1024);
  // We do not read while this goes on: the loop is kept busy between the batches.
  const publisher = (async () => {
    for (let batch = 0; batch < 40 && feed.gaps.length === before; batch += 1) {
      const published = Promise.all(Array.from({ length: 200 }, () => redis.publish(updates, load)));
      const until = performance.now() + 100;
      while (performance.now() < until);
      await published;
    }
  })();
  await publisher;
  await until(() => feed.gaps.length > before);
  expect(feed.gaps[before]).toMatchObject({ kind: "gap-began", cause: { kind: "lost" } });
  const kind = feed.seen.flatMap(({ connection }) =>
    connection.state === "reconnecting" ? [connection.cause.kind] : [],
  );
  report(`overrun: reported as ${kind[0]}`);
  expect(["redis-overrun", "redis-closed"]).toContain(kind[0]);
  expect(await feed.receives(redis)).toBeLessThan(backWithinMs + slackMs);
});

test("100 flaps a minute: no busy loop, no slower recovery", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url);
  feed.subscriber.start();
  await feed.becomes("live");
  const begun = performance.now();
  for (let flap = 0; flap < 25; flap += 1) {
    await until(() => performance.now() - begun >= flap * 600);
    await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  }
  const attempts = feed.seen.filter(({ connection }) => connection.state === "connecting").length;
  const seconds = (performance.now() - begun) / 1000;
  report(`flapping: ${attempts} attempts in ${seconds.toFixed(1)} s`);
  // One for each flap at most, and the waits make it fewer.
  expect(attempts).toBeLessThanOrEqual(26);
  const back = await feed.receives(redis);
  report(`flapping: heard again ${ms(back)} after the last`);
  expect(back).toBeLessThan(longestWaitMs + slackMs);
});

test("REDIS_AUTO_RECONNECT=false: stays stopped after a loss until it is restarted", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url, { settings: { autoReconnect: false } });
  feed.subscriber.start();
  await feed.becomes("live");
  await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  const { cause } = await feed.becomes("stopped");
  expect(cause?.kind).toBe("redis-closed");
  const before = feed.seen.length;
  await redis.publish(updates, "unheard");
  expect(await feed.subscriber.restart()).toMatchObject({ state: "live" });
  expect(feed.seen.slice(before).map(({ connection }) => connection.state)).toEqual([
    "connecting",
    "subscribing",
    "live",
  ]);
  await feed.receives(redis);
  expect(feed.heard.map(({ payload }) => payload)).not.toContain("unheard");
});

test("REDIS_AUTO_RECONNECT=false: REDIS_MAX_RETRIES attempts more at start, then stopped with the reason", async () => {
  const redis = await redisFor();
  await redis.stop();
  const feed = listener(redis.url, { settings: { autoReconnect: false, maxRetries: 2, retryDelayMs: 50 } });
  feed.subscriber.start();
  const { cause } = await feed.becomes("stopped");
  expect(cause?.kind).toBe("redis-unreachable");
  expect(feed.seen.filter(({ connection }) => connection.state === "connecting")).toHaveLength(3);
});

test("REDIS_CONNECTION_TIMEOUT and REDIS_RETRY_DELAY: a server that takes connections and says nothing", async () => {
  const redis = await redisFor();
  redis.kill("SIGSTOP");
  const feed = listener(redis.url, { settings: { connectionTimeoutMs: 300, retryDelayMs: 10 } });
  feed.subscriber.start();
  const { cause } = await feed.becomes("reconnecting");
  expect(cause).toMatchObject({ kind: "redis-timeout", message: "Redis did not answer within 0.3 seconds." });
  await until(() => feed.seen.filter(({ connection }) => connection.state === "connecting").length >= 4);
  redis.kill("SIGCONT");
  await feed.becomes("live");
});

test("a restart by a person subscribes anew at once and says how it went", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url);
  feed.subscriber.start();
  await feed.becomes("live");
  const before = feed.gaps.length;
  expect(await feed.subscriber.restart()).toMatchObject({ state: "live" });
  expect(feed.gaps.slice(before)).toMatchObject([
    { kind: "gap-began", cause: { kind: "restart" } },
    { kind: "gap-ended" },
  ]);
  await redis.stop();
  expect(await feed.subscriber.restart()).toMatchObject({
    state: "reconnecting",
    cause: { kind: "redis-unreachable" },
  });
});

test("waking from sleep on a connection that died meanwhile: known within the timeout, cause asleep", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url, { settings: { healthCheckIntervalMs: 3_600_000 } });
  feed.subscriber.start();
  await feed.becomes("live");
  const before = feed.gaps.length;
  redis.kill("SIGSTOP");
  feed.subscriber.woke();
  await feed.becomes("reconnecting", { withinMs: quick.socketTimeoutMs + slackMs });
  expect(feed.gaps.slice(before)).toMatchObject([{ kind: "gap-began", cause: { kind: "asleep" } }]);
  redis.kill("SIGCONT");
  await feed.receives(redis);
});

test("stopped means stopped: no connection stays, and nothing is heard", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url);
  feed.subscriber.start();
  await feed.becomes("live");
  feed.subscriber.stop();
  await until(async () => !String(await redis.command("CLIENT", "LIST")).includes("name=avspark"));
  expect(await redis.publish(updates, "unheard")).toBe(0);
  expect(feed.heard).toEqual([]);
  expect(feed.subscriber.provenAt()).toBeNull();
});
