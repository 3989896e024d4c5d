import { rm } from "node:fs/promises";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { RedisServer } from "../fixtures/redis.ts";
import { startRedisRelay } from "../fixtures/redis-relay.ts";
import { until } from "../fixtures/until.ts";
import { listener, quick, redisFor } from "./listener.ts";

/*
 * A refusal is an answer: a server that says what is wrong with it lives, and whoever it tells goes on listening. What a real
 * server cannot be brought to say, a relay says in its place.
 */

/** Servers that speak RESP2 alone are asked by PING, which they refuse in more states than PUBLISH. */
const resp2 = (redis: RedisServer): string => `${redis.url}?protocol=2`;

type Feed = ReturnType<typeof listener>;

const liveWith = (feed: Feed, message: string | null): Promise<unknown> =>
  until(
    () => {
      const connection = feed.subscriber.state();
      return connection.state === "live" && (connection.trouble?.problem.message ?? null) === message;
    },
    { what: () => `live with ${message}; it is ${JSON.stringify(feed.subscriber.state())}` },
  );

/** The trouble is told, since one moment and once in the log, while the proof is renewed and the connection stays. */
const staysWith = async (feed: Feed, message: string): Promise<void> => {
  await liveWith(feed, message);
  const first = feed.subscriber.state();
  const proven = feed.subscriber.provenAt() ?? 0;
  await until(() => (feed.subscriber.provenAt() ?? 0) > proven);
  expect(feed.subscriber.state()).toMatchObject({
    state: "live",
    trouble: { problem: { kind: "redis-degraded", message }, since: "trouble" in first ? first.trouble?.since : null },
  });
  expect(feed.logged.filter((line) => line.includes(message))).toHaveLength(1);
};

const endsWell = async (feed: Feed): Promise<void> => {
  await liveWith(feed, null);
  expect(feed.path().filter((state) => state !== "silent")).toEqual(["connecting", "subscribing", "live"]);
  expect(feed.gaps.filter(({ kind }) => kind === "gap-began")).toHaveLength(1);
};

test("MISCONF: it cannot save to its disk", async () => {
  const redis = await redisFor({ conf: ["save 3600 1"] });
  const feed = listener(resp2(redis));
  feed.subscriber.start();
  await liveWith(feed, null);
  // A server that cannot save does not end when it is told to either.
  onTestFinished(async () => void (await redis.command("CONFIG", "SET", "save", "")));
  const [, dir] = z.tuple([z.string(), z.string()]).parse(await redis.command("CONFIG", "GET", "dir"));
  await rm(dir, { recursive: true });
  await redis.command("BGSAVE");
  await staysWith(feed, "Redis cannot save its data to disk, and takes no writes.");
  await redis.command("CONFIG", "SET", "stop-writes-on-bgsave-error", "no");
  await endsWell(feed);
  await feed.receives(redis);
});

test("BUSY: a script runs for long", async () => {
  const redis = await redisFor({ conf: ["busy-reply-threshold 50"] });
  const feed = listener(redis.url);
  feed.subscriber.start();
  await liveWith(feed, null);
  const other = new Redis(redis.url);
  onTestFinished(() => other.disconnect());
  const script = redis.command("EVAL", "while true do end", "0").catch((error: unknown) => error);
  await staysWith(feed, "Redis is busy with a script that takes long.");
  await other.call("SCRIPT", "KILL");
  expect(String(await script)).toContain("killed");
  await endsWell(feed);
  await feed.receives(redis);
});

test("LOADING: it reads its data", async () => {
  const redis = await redisFor({
    conf: ["enable-debug-command yes", "loading-process-events-interval-bytes 1024"],
  });
  const feed = listener(resp2(redis));
  feed.subscriber.start();
  await liveWith(feed, null);
  await redis.command("DEBUG", "POPULATE", "2000", "key", "100");
  await redis.command("CONFIG", "SET", "key-load-delay", "1000");
  const reloaded = redis.command("DEBUG", "RELOAD");
  await staysWith(feed, "Redis is still loading its data.");
  await reloaded;
  await endsWell(feed);
  await feed.receives(redis);
});

test("MASTERDOWN: it is a replica that has lost its master", async () => {
  const redis = await redisFor({ conf: ["replica-serve-stale-data no"] });
  const feed = listener(resp2(redis));
  feed.subscriber.start();
  await liveWith(feed, null);
  await redis.command("REPLICAOF", "127.0.0.1", "1");
  await staysWith(feed, "Redis is a replica that has lost its master.");
  await redis.command("REPLICAOF", "NO", "ONE");
  await endsWell(feed);
  await feed.receives(redis);
});

test.each([
  ["READONLY You can't write against a read only replica.", "Redis is a replica that takes no writes."],
  [
    "NOREPLICAS Not enough good replicas to write.",
    "Redis has fewer replicas than it was told to have, and takes no writes.",
  ],
  ["CLUSTERDOWN The cluster is down", "The Redis cluster is down."],
  ["OOM command not allowed when used memory > 'maxmemory'.", "Redis has used all the memory that it may."],
  ["LOADING Redis is loading the dataset in memory", "Redis is still loading its data."],
])("%s: to a message to ourselves, and to PING", async (refuse, message) => {
  const redis = await redisFor();
  const relay = await startRedisRelay(redis.port);
  onTestFinished(relay.close);
  for (const [command, url] of [
    ["PUBLISH", relay.url],
    ["PING", `${relay.url}?protocol=2`],
  ] as const) {
    const feed = listener(url);
    feed.subscriber.start();
    await liveWith(feed, null);
    relay.treat(command, { refuse });
    await staysWith(feed, message);
    relay.treat(command, "pass");
    await endsWell(feed);
    await feed.receives(redis);
    feed.stop();
  }
});

test.each([
  "ERR unknown command 'PING'",
  "ERR only (P)SUBSCRIBE / (P)UNSUBSCRIBE / QUIT allowed in this context",
  "NOPERM this user has no permissions to run the 'ping' command",
])("a server that knows no probe at all proves itself by saying so: %s", async (refuse) => {
  const redis = await redisFor();
  const relay = await startRedisRelay(redis.port);
  onTestFinished(relay.close);
  for (const command of ["PUBLISH", "PING"]) relay.treat(command, { refuse });
  const feed = listener(relay.url);
  feed.subscriber.start();
  expect(await feed.becomes("live")).toMatchObject({ proof: "ping", trouble: null });
  const proven = feed.subscriber.provenAt() ?? 0;
  await until(() => (feed.subscriber.provenAt() ?? 0) > proven);
  await feed.receives(redis);
});

test("NOAUTH is no proof: the connection is made anew", async () => {
  const redis = await redisFor();
  const relay = await startRedisRelay(redis.port);
  onTestFinished(relay.close);
  const feed = listener(relay.url);
  feed.subscriber.start();
  await liveWith(feed, null);
  relay.treat("PUBLISH", { refuse: "NOAUTH Authentication required." });
  expect(await feed.becomes("refused")).toMatchObject({ cause: { kind: "redis-auth-required" } });
});

test("a server that answers no probe is proven by what it says on the channels, and by that alone", async () => {
  const redis = await redisFor();
  const relay = await startRedisRelay(redis.port);
  onTestFinished(relay.close);
  const feed = listener(relay.url);
  feed.subscriber.start();
  await liveWith(feed, null);
  for (const command of ["PUBLISH", "PING"]) relay.treat(command, "swallow");
  const before = feed.seen.length;
  const begun = performance.now();
  // Twice as long as the time between two probes and the time that each is given.
  const longMs = 2 * (quick.healthCheckIntervalMs + quick.socketTimeoutMs);
  while (performance.now() - begun < longMs) await feed.receives(redis);
  expect(feed.seen.slice(before).map(({ connection }) => connection.state)).not.toContain("reconnecting");
  const { cause } = await feed.becomes("reconnecting");
  expect(cause.kind).toBe("redis-frozen");
});
