import { expect, test } from "vitest";
import { avspark } from "../cli/avspark.ts";
import { startRedis } from "../fixtures/redis.ts";
import { serve } from "../fixtures/serve.ts";
import { eventually } from "../service/world.ts";
import { deskOf } from "./desk.ts";

test("a node says how it does among the others, and ends with 1 when it cannot follow them", async (context) => {
  const desk = await deskOf(context, { nodes: 1 });
  const [node] = desk.nodes;
  if (node === undefined) throw new Error("A node is needed.");
  const status = () => avspark(["cluster", "status", "--url", node.address()]);
  const well = await status();
  expect(well).toMatchObject({ code: 0, stderr: "" });
  expect(well.stdout).toContain("follows the desk prov");
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
