import { expect, test } from "vitest";
import { killWhileAdding, said, stream, streamAlone } from "./stream-kills.ts";
import { becomes, eventually, expectGapsClosed, quick, type World, worldFor } from "./world.ts";

const statusOf = async ({ service }: World) => (await service.call("redisStatus")).redis_status;

const add = async ({ redis }: World, ...numbers: readonly number[]): Promise<void> => {
  for (const n of numbers) await redis.command("XADD", stream, "*", "data", said(n));
};

const knownIn = async ({ service }: World) =>
  (await service.call("messages", { limit: 1000, channel: stream })).messages;

const knows = async (world: World, ...numbers: readonly number[]): Promise<void> => {
  const ids = numbers.map((n) => `said-${n}`);
  await eventually(async () => (await knownIn(world)).length >= ids.length, { what: () => `${ids.length} messages` });
  expect((await knownIn(world)).map(({ messageId }) => messageId).toReversed()).toEqual(ids);
};

test.concurrent("a stream alone: what is there, what comes, and what comes while nobody is there", async (context) => {
  const world = await worldFor(context, { settings: { ...streamAlone, AVSPARK_MATCHES_URL: "" } });
  const { service, redis } = world;
  const missing = await becomes(service, "live");
  expect(missing).toMatchObject({ channels: [stream], trouble: { problem: { kind: "redis-stream-missing" } } });
  const alertStates = async () =>
    (await service.call("alerts", { all: true })).alerts.flatMap(({ cause, state }) =>
      cause.kind === "stream" ? [state.name] : [],
    );
  await eventually(async () => (await alertStates()).join() === "active");
  await add(world, 0, 1);
  await knows(world, 0, 1);
  await eventually(async () => (await alertStates()).join() === "resolved");
  const status = await statusOf(world);
  expect(status).toMatchObject({
    enabled: true,
    status: "connected",
    subscription_status: { active_channels: [stream] },
  });
  expect(status.stream).toMatchObject({ name: stream, behind: 0 });
  await eventually(
    async () => (await service.connection()).state === "live" && (await service.health()).level === "ok",
  );

  service.kill("SIGKILL");
  await service.ended();
  await add(world, 2, 3);
  await service.restart();
  await knows(world, 0, 1, 2, 3);

  await redis.stop();
  await becomes(service, "reconnecting");
  await redis.restart();
  // It kept nothing: the stream is another.
  await becomes(service, "live");
  await eventually(async () => (await service.gaps()).length === 1);
  expect(await service.gaps()).toMatchObject([{ cause: { kind: "stream", loss: "remade" }, state: "unfilled" }]);
  await add(world, 4);
  await knows(world, 0, 1, 2, 3, 4);
});

test.concurrent.for([
  ["with entries", ["XADD", stream, "*", "data", said(0), "data", said(1)], 2],
  ["empty", ["XGROUP", "CREATE", stream, "somebody", "$", "MKSTREAM"], 0],
] as const)("a stream that comes later, %s, is no trouble from then on", async ([, command, count], context) => {
  // Not so long does anybody wait for the next probe.
  const settings = { ...streamAlone, AVSPARK_MATCHES_URL: "", REDIS_HEALTH_CHECK_INTERVAL: "300" };
  const world = await worldFor(context, { settings });
  const missing = await becomes(world.service, "live");
  expect(missing).toMatchObject({ trouble: { problem: { kind: "redis-stream-missing" } } });
  const [name, ...rest] = command;
  await world.redis.command(name, ...rest);
  await eventually(async () => {
    const connection = await world.service.connection();
    return connection.state === "live" && connection.trouble === null;
  });
  await knows(world, ...Array.from({ length: count }, (_, n) => n));
});

test.concurrent("trimmed past us while we were away: one gap, which the list fills", async (context) => {
  const world = await worldFor(context, { settings: streamAlone });
  const { service, redis, source, truth } = world;
  await add(world, 0, 1, 2);
  await knows(world, 0, 1, 2);
  service.kill("SIGKILL");
  await service.ended();
  await add(world, 3, 4, 5, 6);
  await redis.command("XTRIM", stream, "MAXLEN", "2");
  source.answerWith(truth.answer);
  await service.restart();
  await knows(world, 0, 1, 2, 5, 6);
  await expectGapsClosed(world);
  expect(await service.gaps()).toMatchObject([{ cause: { kind: "stream", loss: "trimmed" }, state: "closed" }]);
  // What is trimmed behind us is no loss.
  await redis.command("XTRIM", stream, "MAXLEN", "0");
  await service.restart();
  await add(world, 7);
  await knows(world, 0, 1, 2, 5, 6, 7);
  expect(await service.gaps()).toHaveLength(1);
});

test.concurrent("what is on the channel and in the stream is one change, and a channel's gap stays a gap", async (context) => {
  const world = await worldFor(context, { settings: { ...quick, REDIS_STREAM: stream } });
  const { service, redis } = world;
  const { channels } = await becomes(service, "live");
  expect(channels).toContain(stream);
  expect(channels).toContain("fogis:matches:updates");
  for (const n of [1, 201, 401]) {
    await add(world, n);
    await redis.publish("fogis:matches:updates", said(n));
  }
  await eventually(async () => (await service.stats()).total_messages_received === 6);
  expect((await service.stats()).duplicate_messages).toBe(3);
  const { changes } = await service.call("match", { id: "7000001" });
  expect(changes.toReversed().map(({ difference }) => difference.field)).toEqual(["added", "venue", "venue"]);
  await service.restart();
  await becomes(service, "live");
  await expectGapsClosed(world);
  expect((await service.gaps()).map(({ cause }) => cause.kind)).toEqual(["not-running"]);
});

test.concurrent("what is said while we listen is news, wherever the server's clock stands and whichever way it comes", async (context) => {
  const world = await worldFor(context, { settings: { ...quick, REDIS_STREAM: stream } });
  const { service, redis } = world;
  const minutesAgo = (minutes: number): string => `${Date.now() - minutes * 60_000}-0`;
  const changes = async () =>
    (await service.call("match", { id: "7000001" })).changes.map(({ difference }) => difference.field);
  // What was there before is as old as it says, so that a word on the channel is newer.
  await redis.command("XADD", stream, minutesAgo(9), "data", said(1));
  await becomes(service, "live");
  await redis.publish("fogis:matches:updates", said(201));
  await eventually(async () => (await changes()).length === 2);
  await redis.command("XADD", stream, minutesAgo(5), "data", said(401));
  await eventually(async () => (await service.stats()).total_messages_received === 3);
  expect((await changes()).toReversed()).toEqual(["added", "venue", "venue"]);
});

test.concurrent("a key that is no stream: refused where it is all there is, told beside the channels", async (context) => {
  const world = await worldFor(context, { settings: { ...quick, REDIS_STREAM: stream } });
  const { service, redis } = world;
  await becomes(service, "live");
  await redis.command("SET", stream, "no stream");
  await eventually(async () => {
    const connection = await service.connection();
    return connection.state === "live" && connection.trouble?.problem.kind === "redis-stream";
  });
  await service.restart({ ...streamAlone, REDIS_URL: redis.url });
  expect(await becomes(service, "refused")).toMatchObject({ cause: { kind: "redis-stream" } });
  expect((await statusOf(world)).status).toBe("disconnected");
  await redis.command("DEL", stream);
  await add(world, 0);
  await knows(world, 0);
});

test.concurrent("a frozen server is silent, and what came meanwhile is read afterwards", async (context) => {
  const world = await worldFor(context, { settings: streamAlone });
  const { service, redis } = world;
  await add(world, 0);
  await knows(world, 0);
  redis.kill("SIGSTOP");
  await becomes(service, "silent");
  redis.kill("SIGCONT");
  await becomes(service, "live");
  await add(world, 1);
  await knows(world, 0, 1);
  expect(await service.gaps()).toEqual([]);
});

test.concurrent("entries in other forms, and what is no message waits in quarantine", async (context) => {
  const world = await worldFor(context, { settings: { ...streamAlone, AVSPARK_MATCHES_URL: "" } });
  const { service, redis } = world;
  const match = { matchid: 7_000_009, hemmalag: "Alfa", bortalag: "Beta" };
  const entry = (...fields: readonly string[]) => redis.command("XADD", stream, "*", ...fields);
  await entry("type", "match_updates", "message_id", "flat", "payload", JSON.stringify({ matches: [match] }));
  await entry("matchid", "7000010", "hemmalag", "Gamma", "bortalag", "Delta");
  await entry("source", "publisher", "body", JSON.stringify([{ ...match, arena: "Plan 1" }]));
  await entry("a", "1", "b", "2");
  await eventually(async () => (await service.stats()).total_messages_received === 4);
  const messages = await knownIn(world);
  expect(messages.map(({ verdict }) => verdict).toReversed()).toEqual(["valid", "valid", "valid", "invalid"]);
  expect((await service.matches()).map(({ id }) => id).sort()).toEqual(["7000009", "7000010"]);
  expect((await service.matches()).find(({ id }) => id === "7000009")?.venue).toBe("Plan 1");
});

test("killed at random while entries are added: each is known once", { timeout: 240_000 }, (context) =>
  killWhileAdding(context, { entries: 3000, kills: 5 }),
);
