import { expect, onTestFinished, test } from "vitest";
import type { Link } from "../../src/core/ports.ts";
import { createRedisSubscription } from "../../src/main/adapters/redis/subscription.ts";
import { type Problem, ProblemError } from "../../src/shared/problem.ts";
import type { RedisServer } from "../fixtures/redis.ts";
import { until } from "../fixtures/until.ts";
import { redisFor } from "./listener.ts";

const name = "fogis_matches_stream";
const channels = { required: ["fogis:matches:updates"], extra: [] };
const alone = { required: [], extra: [] };

const linkTo = async (
  redis: RedisServer,
  url = redis.url,
): Promise<{ readonly link: Link; readonly lost: Problem[]; readonly changes: () => number }> => {
  const lost: Problem[] = [];
  let changes = 0;
  const subscription = createRedisSubscription({
    url,
    setting: "REDIS_URL",
    marks: null,
    tls: { caFile: null, certFile: null, keyFile: null, servername: null },
    connectionTimeoutMs: 2000,
    stream: name,
  });
  const link = await subscription.open(
    {
      onMessage: () => undefined,
      onChanged: () => {
        changes += 1;
      },
      onLost: (problem) => lost.push(problem),
    },
    { aborted: false, addEventListener: () => undefined },
  );
  onTestFinished(link.close);
  return { link, lost, changes: () => changes };
};

const streamOf = ({ stream }: Link) => {
  if (stream === null) throw new Error("No stream.");
  return stream;
};

const kindOf = async (doing: Promise<unknown>): Promise<string> => {
  try {
    await doing;
    return "nothing";
  } catch (error) {
    return error instanceof ProblemError ? error.problem.kind : String(error);
  }
};

test.for([2, 3])("over RESP%d it tells what there is, how the stream stands, and waits for more", async (protocol) => {
  const redis = await redisFor();
  const { link, changes } = await linkTo(redis, `${redis.url}?protocol=${protocol}`);
  const stream = streamOf(link);
  expect(await link.subscribe(channels)).toEqual([...channels.required, name]);
  expect(await stream.take("0-0", 10)).toEqual({ state: null, entries: [] });
  expect((await link.probe()).trouble).toMatchObject({ kind: "redis-stream-missing" });
  expect(changes()).toBe(1);

  await redis.command("XADD", name, "1-1", "data", "å", "more", "");
  await redis.command("XADD", name, "2-0", "data", "b");
  const state = { first: "1-1", last: "2-0", length: 2, added: 2, deleted: null };
  const taken = await stream.take("0-0", 1);
  expect(taken).toMatchObject({ state, entries: [{ id: "1-1" }] });
  expect(taken.entries[0]?.fields).toEqual([
    ["data", Buffer.from("å")],
    ["more", Buffer.from("")],
  ]);
  expect((await stream.take("1-1", 9)).entries.map(({ id }) => id)).toEqual(["2-0"]);
  expect(await stream.take("2-0", 9)).toEqual({ state, entries: [] });
  expect((await link.probe()).trouble).toBeNull();
  expect(changes()).toBe(2);

  expect(await stream.wait("2-0", 20)).toBe(false);
  const rung = stream.wait("2-0", 60_000);
  await redis.command("XADD", name, "3-0", "data", "c");
  expect(await rung).toBe(true);
  await redis.command("XDEL", name, "2-0");
  await redis.command("XTRIM", name, "MAXLEN", "0");
  expect((await stream.take("3-0", 9)).state).toEqual({
    first: null,
    last: "3-0",
    length: 0,
    added: 3,
    deleted: "2-0",
  });
});

test("a wait holds up the proof until it is over, and a frozen server gives none", async () => {
  const redis = await redisFor();
  const { link } = await linkTo(redis);
  await link.subscribe(alone);
  const order: string[] = [];
  const waited = streamOf(link)
    .wait("0-0", 50)
    .then(() => order.push("waited"));
  await link.probe().then(() => order.push("proven"));
  await waited;
  expect(order).toEqual(["waited", "proven"]);
  redis.kill("SIGSTOP");
  let answered = false;
  const probe = link.probe().then(() => {
    answered = true;
  });
  await expect(until(() => answered, { withinMs: 300 })).rejects.toThrow();
  redis.kill("SIGCONT");
  await probe;
});

test("a key that is no stream ends the link where the stream is all there is, and is told beside channels", async () => {
  const redis = await redisFor();
  await redis.command("SET", name, "a string");
  const only = await linkTo(redis);
  expect(await kindOf(only.link.subscribe(alone))).toBe("redis-stream");
  const beside = await linkTo(redis);
  expect(await beside.link.subscribe(channels)).toEqual(channels.required);
  expect((await beside.link.probe()).trouble).toMatchObject({ kind: "redis-stream" });
  expect(await kindOf(streamOf(beside.link).take("0-0", 1))).toBe("redis-stream");
  await redis.command("DEL", name);
  await redis.command("XADD", name, "*", "data", "x");
  expect((await streamOf(beside.link).take("0-0", 1)).entries).toHaveLength(1);
  expect((await beside.link.probe()).trouble).toBeNull();
  expect(beside.lost).toEqual([]);
});

test("one that becomes something else while it is read ends the link as well", async () => {
  const redis = await redisFor();
  await redis.command("XADD", name, "*", "data", "x");
  const { link, lost } = await linkTo(redis);
  expect(await link.subscribe(alone)).toEqual([name]);
  await redis.command("SET", name, "a string");
  expect(await kindOf(streamOf(link).wait("0-0", 10))).toBe("redis-stream");
  expect(lost).toMatchObject([{ kind: "redis-stream" }]);
});

test("a user who may not read it is told so, with what is lacking", async () => {
  const redis = await redisFor();
  await redis.command("ACL", "SETUSER", "deaf", "on", ">x", "resetchannels", "&*", "+@pubsub", "+ping", "+hello");
  const { link } = await linkTo(redis, `redis://deaf:x@127.0.0.1:${redis.port}`);
  expect(await link.subscribe(channels)).toEqual(channels.required);
  expect((await link.probe()).trouble).toMatchObject({
    kind: "redis-no-permission",
    message: expect.stringContaining("XREAD"),
  });
  await redis.command(
    "ACL",
    "SETUSER",
    "able",
    "on",
    ">x",
    "~*",
    "+hello",
    "+ping",
    "+xread",
    "+xinfo|stream",
    "+multi",
    "+exec",
  );
  const able = await linkTo(redis, `redis://able:x@127.0.0.1:${redis.port}`);
  expect(await able.link.subscribe(alone)).toEqual([name]);
  expect((await able.link.probe()).trouble).toMatchObject({ kind: "redis-stream-missing" });
});

test("it is read in the database that the address names", async () => {
  const redis = await redisFor({ conf: ["databases 4"] });
  const { link } = await linkTo(redis, redis.url.replace(/0$/, "3"));
  await redis.command("XADD", name, "*", "data", "elsewhere");
  expect((await streamOf(link).take("0-0", 1)).state).toBeNull();
  expect(await kindOf(linkTo(redis, redis.url.replace(/0$/, "9")))).toBe("configuration-invalid");
});

test("the reader's connection is part of the link: without it the link is lost", async () => {
  const redis = await redisFor();
  const { lost } = await linkTo(redis);
  await redis.command("CLIENT", "KILL", "TYPE", "normal");
  await until(() => lost.length > 0);
  expect(lost[0]).toMatchObject({ kind: "redis-closed" });
});
