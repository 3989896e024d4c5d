import { expect, test } from "vitest";
import { avspark } from "../cli/avspark.ts";
import { startRedis } from "../fixtures/redis.ts";
import { serve } from "../fixtures/serve.ts";
import { eventually } from "../service/world.ts";
import { clusterOf, deskOf } from "./desk.ts";

test("a node says how it does among the others, and ends with 1 when it cannot follow them", async (context) => {
  const desk = await deskOf(context);
  const [node, other] = desk.nodes;
  if (node === undefined || other === undefined) throw new Error("Two nodes are needed.");
  const status = () => avspark(["cluster", "status", "--url", node.address()]);
  const well = await status();
  expect(well).toMatchObject({ code: 0, stderr: "" });
  expect(well.stdout).toContain("follows the desk prov");
  // Each knows all, and which of them it is itself.
  await eventually(async () => (await clusterOf(node)).nodes.length === 2);
  const { nodes } = await clusterOf(node);
  expect(nodes.map(({ state, isUs }) => [state, isUs]).toSorted()).toEqual([
    ["well", false],
    ["well", true],
  ]);
  const theirs = nodes.find(({ isUs }) => !isUs);
  expect((await status()).stdout).toContain(theirs?.name);
  const metrics = await (await fetch(`${node.address()}/metrics`)).text();
  expect(metrics).toContain('avspark_cluster_nodes{state="well"} 2');
  expect(metrics).toContain("avspark_cluster_log_behind 0");
  // What is otherwise at the server than they need it.
  await eventually(async () => (await clusterOf(node)).serverFaults?.length === 0);
  const check = () => avspark(["check", "--only", "redis", "--url", node.address()]);
  expect(await check()).toMatchObject({ code: 0, stdout: expect.stringContaining("set up as they need it") });
  await desk.shared.command("CONFIG", "SET", "appendonly", "no");
  await desk.shared.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
  await eventually(async () => (await clusterOf(node)).serverFaults?.length === 2);
  const odd = await status();
  expect(odd.code).toBe(1);
  expect(odd.stdout).toMatch(/appendonly yes[\s\S]*maxmemory-policy noeviction/);
  const failed = await check();
  expect(failed.code).toBe(1);
  expect(failed.stdout).toMatch(/appendonly yes.*maxmemory-policy noeviction/);
  await desk.shared.command("CONFIG", "SET", "appendonly", "yes");
  await desk.shared.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
  // Who ends is none of them any more; who comes back is who it was.
  await other.restart();
  await eventually(async () => (await clusterOf(other)).nodes.length === 2);
  expect((await clusterOf(other)).nodes.find(({ isUs }) => isUs)?.name).toBe(theirs?.name);
  await desk.shared.stop();
  await eventually(async () => (await node.health()).level === "critical");
  const lost = await status();
  expect(lost.code).toBe(1);
  expect(lost.stdout).toContain("out of reach");
});

test("a machine that is alone says so", async ({ onTestFinished }) => {
  const redis = await startRedis();
  onTestFinished(() => redis.close());
  const service = await serve({ REDIS_URL: redis.url });
  onTestFinished(async () => void (await service.stop()));
  const { code, stdout } = await avspark(["cluster", "status", "--url", service.address]);
  expect({ code, stdout: stdout.trim() }).toEqual({
    code: 0,
    stdout: "This machine is alone: AVSPARK_DESK is not set.",
  });
});
