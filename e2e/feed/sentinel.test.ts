import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../fixtures/redis.ts";
import { knowsReplica, startSentinel } from "../fixtures/sentinel.ts";
import { until } from "../fixtures/until.ts";
import { listener, ms, redisFor, report } from "./listener.ts";

const pair = async () => {
  const master = await redisFor();
  const replica = await redisFor({ conf: [`replicaof 127.0.0.1 ${master.port}`] });
  const sentinel = await startSentinel(master.port);
  onTestFinished(() => sentinel.close());
  await knowsReplica(sentinel);
  // A Sentinel that is down stands first: the next one is asked.
  const url = `redis+sentinel://127.0.0.1:${await freePort()},127.0.0.1:${sentinel.port}/main`;
  return { master, replica, sentinel, url };
};

/** A master that is cut off from the others goes on as if nothing had happened. */
test("another master is named while ours seems well: noticed with the next proof", async () => {
  const { master, replica, sentinel, url } = await pair();
  const feed = listener(url);
  feed.subscriber.start();
  await feed.becomes("live");
  await sentinel.command("SENTINEL", "remove", "main");
  await sentinel.command("SENTINEL", "monitor", "main", "127.0.0.1", String(replica.port), "1");
  await replica.command("REPLICAOF", "NO", "ONE");
  await until(async () => String(await replica.command("CLIENT", "LIST")).includes("name=avspark"));
  await feed.becomes("live");
  await feed.receives(replica);
  expect(
    feed.seen.some(
      ({ connection }) => connection.state === "reconnecting" && connection.cause.message.includes("another master"),
    ),
  ).toBe(true);
  expect(String(await master.command("CLIENT", "LIST"))).not.toContain("name=avspark");
});

test("the master dies: the new one is found and heard", async () => {
  const { master, replica, sentinel, url } = await pair();
  const feed = listener(url);
  feed.subscriber.start();
  await feed.becomes("live");
  await feed.receives(master);
  master.kill("SIGKILL");
  const killed = performance.now();
  await until(async () => (await sentinel.master()) === replica.port);
  const decided = performance.now();
  await feed.receives(replica);
  report(`failover: decided after ${ms(decided - killed)}, heard again ${ms(performance.now() - decided)} later`);
  expect(String(await replica.command("ROLE"))).toContain("master");
  await feed.becomes("live");
});

test("the master is demoted but lives on: we follow the new one", async () => {
  const { master, replica, sentinel, url } = await pair();
  const feed = listener(url);
  feed.subscriber.start();
  await feed.becomes("live");
  // A replica that Sentinel has only just found is not good enough yet.
  await until(() => sentinel.command("SENTINEL", "failover", "main").catch(() => null), { everyMs: 100 });
  await until(async () => String(await replica.command("CLIENT", "LIST")).includes("name=avspark"));
  await feed.becomes("live");
  await feed.receives(replica);
  expect(String(await master.command("CLIENT", "LIST"))).not.toContain("name=avspark");
});

test("no Sentinel answers, or none knows the master", async () => {
  const { sentinel } = await pair();
  const nobody = listener(`redis+sentinel://127.0.0.1:${await freePort()}/main`);
  nobody.subscriber.start();
  const unreachable = await nobody.becomes("reconnecting");
  expect(unreachable.cause).toMatchObject({
    kind: "redis-unreachable",
    message: expect.stringContaining("No Sentinel at"),
  });
  const unknown = listener(`redis+sentinel://127.0.0.1:${sentinel.port}/other`);
  unknown.subscriber.start();
  const { cause } = await unknown.becomes("reconnecting");
  expect(cause).toMatchObject({ kind: "redis-unreachable", message: expect.stringContaining("know no master") });
});
