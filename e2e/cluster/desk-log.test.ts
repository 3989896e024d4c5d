import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { heardIn } from "../../src/core/feed/log-entry.ts";
import type { AbortSignalLike, Saying } from "../../src/core/ports.ts";
import { systemClock } from "../../src/main/adapters/clock.ts";
import { createDeskLog } from "../../src/main/adapters/cluster/desk-log.ts";
import { createLine } from "../../src/main/adapters/cluster/line.ts";
import { createRollCall } from "../../src/main/adapters/cluster/roll-call.ts";
import { createTurns } from "../../src/main/adapters/cluster/turns.ts";
import { createRedisSubscription } from "../../src/main/adapters/redis/subscription.ts";
import { redisFor } from "../feed/listener.ts";
import { startRelay } from "../fixtures/relay.ts";
import { until } from "../fixtures/until.ts";

const never: AbortSignalLike = { aborted: false, addEventListener: () => undefined };
const placeOf = (url: string) => ({
  url,
  setting: "AVSPARK_CLUSTER_URL" as const,
  tls: { caFile: null, certFile: null, keyFile: null, servername: null },
  connectionTimeoutMs: 2000,
});
const logAt = (url: string) =>
  createDeskLog({ desk: "prov", node: "one", place: placeOf(url), keepHours: 48, clock: systemClock });

const saying = (nth: number): Saying => ({
  ...{ mark: "m", channel: "c", nth, heardAt: systemClock.elapsed(), isAgain: false },
  payload: Buffer.from(`said ${nth}`),
});

/** Those that docs/scaling.md names. */
const enough = [
  ...["~avspark:{prov}:*", "resetchannels", "&avspark:probe:*", "+hello", "+ping", "+publish", "+subscribe"],
  ...[
    "+eval",
    "+get",
    "+set",
    "+del",
    ...["+hset", "+hgetall", "+hdel"],
    "+setbit",
    "+expire",
    "+time",
    "+xadd",
    "+xread",
    "+xinfo|stream",
    "+multi",
    "+exec",
  ],
];

test("a user with the permissions that are asked for writes and reads the log", async () => {
  const redis = await redisFor();
  await redis.command("ACL", "SETUSER", "node", "on", ">secret", ...enough);
  const log = logAt(`redis://node:secret@127.0.0.1:${redis.port}`);
  const writer = await log.write(never);
  onTestFinished(writer.close);
  await writer.append([saying(1), saying(2)]);
  await writer.append([saying(2), saying(3)]);
  const link = await log.subscription.open({ onMessage: () => undefined, onLost: () => undefined }, never);
  onTestFinished(link.close);
  expect(await link.subscribe({ required: [], extra: [] })).toEqual([log.name]);
  expect(await link.probe()).toEqual({ proof: "publish", trouble: null });
  const { entries } = (await link.stream?.take("0-0", 10)) ?? { entries: [] };
  const text = (value: Uint8Array): string => Buffer.from(value).toString();
  expect(
    entries.map((entry) => text(heardIn(entry, { now: Date.now(), name: log.name, text })?.payload ?? Buffer.alloc(0))),
  ).toEqual(["said 1", "said 2", "said 3"]);
});

test("what is lacking is told with the setting that it lies in", async () => {
  const redis = await redisFor({ password: "secret" });
  const log = logAt(`redis://127.0.0.1:${redis.port}`);
  await expect(log.write(never)).rejects.toMatchObject({
    problem: { kind: "redis-auth-required", message: expect.stringContaining("AVSPARK_CLUSTER_URL") },
  });
  await redis.command("ACL", "SETUSER", "reader", "on", ">secret", "~*", "&*", "+@all", "-eval");
  const writer = await logAt(`redis://reader:secret@127.0.0.1:${redis.port}`).write(never);
  onTestFinished(writer.close);
  await expect(writer.append([saying(1)])).rejects.toMatchObject({ problem: { kind: "redis-no-permission" } });
});

test("two who hear one channel are told its messages from the same mark on, and nothing before their first", async () => {
  const redis = await redisFor();
  const listen = async () => {
    const heard: string[] = [];
    const subscription = createRedisSubscription({ ...placeOf(redis.url), stream: null, marks: "avspark:marks:prov" });
    const link = await subscription.open(
      {
        onMessage: (_, payload) => heard.push(Buffer.from(payload).toString()),
        onMark: () => heard.push("mark"),
        onLost: () => undefined,
      },
      never,
    );
    onTestFinished(link.close);
    await link.subscribe({ required: ["c"], extra: [] });
    return { heard, link };
  };
  const one = await listen();
  await redis.publish("c", "nobody can name it");
  await one.link.probe();
  await redis.publish("c", "a");
  const other = await listen();
  await redis.publish("c", "b");
  await other.link.probe();
  await redis.publish("c", "d");
  await until(() => one.heard.includes("d") && other.heard.includes("d"));
  expect(one.heard).toEqual(["mark", "a", "b", "mark", "d"]);
  expect(other.heard).toEqual(["mark", "d"]);
});

test("who may not publish marks is refused, since nobody else could name what they hear", async () => {
  const redis = await redisFor();
  await redis.command("ACL", "SETUSER", "mute", "on", ">x", "&*", "+hello", "+ping", "+subscribe");
  const subscription = createRedisSubscription({
    ...placeOf(`redis://mute:x@127.0.0.1:${redis.port}`),
    ...{ stream: null, marks: "avspark:marks:prov" },
  });
  const link = await subscription.open({ onMessage: () => undefined, onLost: () => undefined }, never);
  onTestFinished(link.close);
  await link.subscribe({ required: ["c"], extra: [] });
  await expect(link.probe()).rejects.toMatchObject({ problem: { kind: "redis-no-permission" } });
});

test("what is older than it is kept goes as more comes", async () => {
  const redis = await redisFor({ conf: ["stream-node-max-entries 10"] });
  const log = logAt(redis.url);
  for (let n = 1; n <= 30; n += 1)
    await redis.command("XADD", log.name, `${n}-0`, "v", "1", "channel", "c", "data", "old");
  const writer = await log.write(never);
  onTestFinished(writer.close);
  await writer.append([saying(1), saying(2)]);
  expect(Number(await redis.command("XLEN", log.name))).toBeLessThanOrEqual(12);
});

test("one node at a time has a turn, by the same user; it runs out, and whoever leaves it leaves only his own", async () => {
  const redis = await redisFor();
  await redis.command("ACL", "SETUSER", "node", "on", ">secret", ...enough);
  const place = placeOf(`redis://node:secret@127.0.0.1:${redis.port}`);
  const lines = [createLine(place), createLine(place)] as const;
  for (const line of lines) onTestFinished(line.close);
  const [one, other] = [
    createTurns({ desk: "prov", node: "one", line: lines[0] }),
    createTurns({ desk: "prov", node: "other", line: lines[1] }),
  ];
  expect(await one.take("caldav", 60_000, never)).toEqual({ isOurs: true, holder: "one" });
  expect(await other.take("caldav", 60_000, never)).toEqual({ isOurs: false, holder: "one" });
  await other.leave("caldav");
  expect(await one.take("caldav", 100, never)).toEqual({ isOurs: true, holder: "one" });
  await until(async () => (await other.take("caldav", 60_000, never)).isOurs);
  await other.leave("caldav");
  // The connection is made anew when it is lost.
  await redis.command("CLIENT", "KILL", "TYPE", "normal");
  await until(() =>
    one.take("caldav", 100, never).then(
      ({ isOurs }) => isOurs,
      () => false,
    ),
  );
});

test("a call for the turn that is not answered is given up with its connection, and the next one is made anew", async () => {
  const redis = await redisFor();
  const relay = await startRelay(redis.url);
  onTestFinished(relay.close);
  const line = createLine(placeOf(`${relay.address}/0`));
  onTestFinished(line.close);
  const turns = createTurns({ desk: "prov", node: "one", line });
  const take = () => turns.take("caldav", 60_000, AbortSignal.timeout(500));
  expect(await take()).toMatchObject({ isOurs: true });
  relay.cut();
  await expect(take()).rejects.toMatchObject({ problem: { kind: "redis-closed" } });
  // Nor does one come to be.
  await expect(take()).rejects.toMatchObject({ problem: { kind: expect.stringContaining("redis-") } });
  relay.mend();
  expect(await take()).toMatchObject({ isOurs: true });
});

test("each node says how it does and hears of all how they do, by one clock, until it leaves", async () => {
  const redis = await redisFor();
  await redis.command("ACL", "SETUSER", "node", "on", ">secret", ...enough);
  const line = createLine(placeOf(`redis://node:secret@127.0.0.1:${redis.port}`));
  onTestFinished(line.close);
  const [one, other] = ["one", "other"].map((member) => createRollCall({ desk: "prov", member, line }));
  if (one === undefined || other === undefined) throw new Error("Two are needed.");
  await one.call("well enough", never);
  await until(
    async () => ((await other.call("tired", never)).nodes.find(({ name }) => name === "one")?.agoMs ?? 0) > 20,
  );
  const { nodes, serverTime } = await one.call("well again", never);
  expect(nodes.map(({ name, said }) => [name, said]).toSorted()).toEqual([
    ["one", "well again"],
    ["other", "tired"],
  ]);
  const [seconds] = z.tuple([z.coerce.number(), z.coerce.number()]).parse(await redis.command("TIME"));
  expect(Math.abs(seconds * 1000 - serverTime)).toBeLessThan(60_000);
  await other.leave();
  expect((await one.call("alone", never)).nodes.map(({ name }) => name)).toEqual(["one"]);
  // Who has said nothing for days was taken away.
  await redis.command("HSET", "avspark:{prov}:nodes", "gone", "1000 long ago");
  expect((await one.call("alone", never)).nodes.map(({ name }) => name)).toEqual(["one"]);
});
