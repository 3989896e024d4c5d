import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startRedis } from "../fixtures/redis.ts";
import { serve } from "../fixtures/serve.ts";
import { avspark } from "./avspark.ts";

/** A Node of the oldest kind that Avspark runs on, where this machine has one beside the project's own. */
const oldNode = (process.env.PATH ?? "")
  .split(delimiter)
  .map((path) => `${path}/node`)
  .find((path) => spawnSync(path, ["--version"], { encoding: "utf8" }).stdout?.startsWith("v20."));

it.runIf(oldNode !== undefined)("what is built serves and asks on Node 20", async () => {
  const node = oldNode ?? "";
  const redis = await startRedis();
  onTestFinished(redis.close);
  const served = await serve({ REDIS_URL: redis.url }, { wrap: ([, ...rest]) => [node, ...rest] });
  onTestFinished(() => void served.stop());
  const args = ["--url", served.address];
  for (const command of ["status", "stats", "config", "restart", "test", "preview"])
    expect(await avspark([command, ...args], { node })).toMatchObject({ code: 0, stderr: "" });
  expect(await avspark(["man"], { node })).toMatchObject({ code: 0, stderr: "" });
  expect(await avspark(["bundle", "-", ...args], { node })).toMatchObject({ code: 0, stderr: "" });
  expect(await served.stop()).toBe(0);
});
