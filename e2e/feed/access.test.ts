import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../fixtures/redis.ts";
import { until } from "../fixtures/until.ts";
import { backWithinMs, listener, ms, redisFor, report, slackMs, updates } from "./listener.ts";

const refusedBy = async (url: string): Promise<string> => {
  const feed = listener(url);
  feed.subscriber.start();
  const { cause } = await feed.becomes("refused");
  expect(feed.logged.join("\n")).toContain(cause.kind);
  expect(JSON.stringify([feed.seen, feed.logged])).not.toContain("hunter2");
  return `${cause.kind}: ${cause.message}`;
};

test("a password is missing, wrong, right", async () => {
  const redis = await redisFor({ password: "letmein" });
  const plain = `redis://127.0.0.1:${redis.port}`;
  expect(await refusedBy(plain)).toBe("redis-auth-required: Redis wants a password and REDIS_URL has none.");
  expect(await refusedBy(`redis://:hunter2@127.0.0.1:${redis.port}`)).toBe(
    "redis-auth-wrong: Redis does not accept the user name and password in REDIS_URL.",
  );
  expect(await refusedBy(`redis://nobody:hunter2@127.0.0.1:${redis.port}`)).toContain("redis-auth-wrong");
  const feed = listener(redis.url);
  feed.subscriber.start();
  await feed.becomes("live");
  await feed.receives(redis);
});

test("options in the address are used, as clients know them", async () => {
  const redis = await redisFor({ password: "letmein" });
  const options = "password=let%6Dein&client_name=desk@home&db=2&family=4&protocol=2";
  const feed = listener(`redis://localhost:${redis.port}?${options}`);
  feed.subscriber.start();
  await feed.becomes("live");
  await feed.receives(redis);
  expect(await redis.command("CLIENT", "LIST", "TYPE", "pubsub")).toMatch(/name=desk@home .*db=2 .*resp=2/);
});

test("a password changed while connected: heard on, refused after a loss, heard again when it is put right", async () => {
  const redis = await redisFor({ password: "letmein" });
  const feed = listener(redis.url);
  feed.subscriber.start();
  await feed.becomes("live");
  await redis.command("CONFIG", "SET", "requirepass", "changed");
  // Redis lets those who are in stay: to be live is still the truth.
  await feed.receives(redis);
  await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  const { cause } = await feed.becomes("refused");
  expect(cause.kind).toBe("redis-auth-wrong");
  await redis.command("CONFIG", "SET", "requirepass", "letmein");
  const back = await feed.receives(redis);
  report(`password put right: heard again after ${ms(back)}`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
});

/** A user who may do what `rules` say and nothing else. */
const withUser = async (rules: string) => {
  const redis = await redisFor();
  await redis.command("ACL", "SETUSER", "desk", "on", ">hunter2", "-@all", "resetchannels", ...rules.split(" "));
  return { redis, url: `redis://desk:hunter2@127.0.0.1:${redis.port}` };
};

test("an ACL user who may publish on its probe channel proves itself by publishing", async () => {
  const { redis, url } = await withUser("+subscribe +publish &fogis:* &avspark:probe:*");
  const feed = listener(url);
  feed.subscriber.start();
  expect(await feed.becomes("live")).toMatchObject({ proof: "publish" });
  await feed.receives(redis);
});

test.each([
  ["no probe channel", "+subscribe +publish +ping &fogis:*"],
  ["no PUBLISH", "+subscribe +ping &fogis:* &avspark:probe:*"],
  ["not even PING", "+subscribe &fogis:*"],
])("an ACL user with %s proves itself by PING", async (_name, rules) => {
  const { redis, url } = await withUser(rules);
  const feed = listener(url);
  feed.subscriber.start();
  expect(await feed.becomes("live")).toMatchObject({ proof: "ping" });
  const first = feed.subscriber.provenAt() ?? 0;
  await until(() => (feed.subscriber.provenAt() ?? 0) > first);
  await feed.receives(redis);
  redis.kill("SIGSTOP");
  const { cause } = await feed.becomes("reconnecting");
  expect(cause.kind).toBe("redis-frozen");
});

test("a server without RESP3 lets a subscriber do nothing but PING", async () => {
  const redis = await redisFor({ conf: ['rename-command HELLO ""'] });
  const feed = listener(redis.url);
  feed.subscriber.start();
  expect(await feed.becomes("live")).toMatchObject({ proof: "ping" });
  const first = feed.subscriber.provenAt() ?? 0;
  await until(() => (feed.subscriber.provenAt() ?? 0) > first);
  await feed.receives(redis);
  expect(feed.path()).toEqual(["connecting", "subscribing", "live"]);
});

test("NOPERM on a channel names it; on an extra one the others are heard", async () => {
  const { redis, url } = await withUser("+subscribe +ping &fogis:*");
  const refused = listener(url, { channels: { required: [updates, "secret:alerts"], extra: [] } });
  refused.subscriber.start();
  expect(await refused.becomes("refused")).toMatchObject({
    cause: {
      kind: "redis-no-permission",
      message: 'The Redis user may not subscribe to the channel "secret:alerts".',
    },
  });

  const feed = listener(url, {
    channels: { required: [updates], extra: ["match_updates_v1", "fogis:matches:updates:v1"] },
  });
  feed.subscriber.start();
  expect(await feed.becomes("live")).toMatchObject({ channels: [updates, "fogis:matches:updates:v1"] });
  await feed.receives(redis);

  await redis.command("ACL", "SETUSER", "desk", "&secret:*");
  await refused.becomes("live", { withinMs: backWithinMs + slackMs });
});

test("a permission taken away while connected is a loss, and then a refusal", async () => {
  const { redis, url } = await withUser("+subscribe +ping &fogis:*");
  const feed = listener(url);
  feed.subscriber.start();
  await feed.becomes("live");
  await redis.command("ACL", "SETUSER", "desk", "resetchannels", "&other:*");
  const { cause } = await feed.becomes("refused");
  expect(cause.kind).toBe("redis-no-permission");
});

test("an address with a database number, and a user name, is used as it stands", async () => {
  const redis = await redisFor();
  const feed = listener(`redis://default:@127.0.0.1:${redis.port}/3`);
  feed.subscriber.start();
  await feed.becomes("live");
  expect(String(await redis.command("CLIENT", "LIST"))).toMatch(/name=avspark .*db=3/);
  await feed.receives(redis);
});

test("no connection is free", async () => {
  const redis = await redisFor();
  await redis.publish("warm", "up");
  await redis.command("CONFIG", "SET", "maxclients", "1");
  const feed = listener(redis.url);
  feed.subscriber.start();
  const { cause } = await feed.becomes("reconnecting");
  expect(cause).toMatchObject({ kind: "redis-unreachable", message: expect.stringContaining("maxclients") });
  await redis.command("CONFIG", "SET", "maxclients", "100");
  await feed.becomes("live");
});

test("what answers is not Redis", async () => {
  const web = createServer((_request, response) => response.end("hello")).listen(0, "127.0.0.1");
  onTestFinished(() => void web.close());
  await once(web, "listening");
  const address = web.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const feed = listener(`redis://127.0.0.1:${port}`);
  feed.subscriber.start();
  expect(await feed.becomes("refused")).toMatchObject({
    cause: {
      kind: "redis-protocol",
      message: `What answers at 127.0.0.1:${port} is not Redis, or wants TLS (rediss://).`,
    },
  });
});

test.each([
  ["redis://nowhere.invalid:6379", "redis-unreachable"],
  [`redis://127.0.0.1:${await freePort()}`, "redis-unreachable"],
])("%s: %s", async (url, kind) => {
  const feed = listener(url);
  feed.subscriber.start();
  expect((await feed.becomes("reconnecting")).cause.kind).toBe(kind);
});

test("an address that cannot be used is a refusal that says so", async () => {
  const feed = listener("redis://desk:hunter2@localhost:port");
  feed.subscriber.start();
  const { cause } = await feed.becomes("refused");
  expect(cause.kind).toBe("configuration-invalid");
  expect(cause.message).not.toContain("hunter2");
});
