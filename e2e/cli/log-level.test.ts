import { expect, it, onTestFinished } from "vitest";
import { startRedis } from "../fixtures/redis.ts";
import { serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { avspark, live } from "./avspark.ts";

const levels = (said: string, part: string): ReadonlySet<string> =>
  new Set([...said.matchAll(/\] (\w+): (\w+): /g)].flatMap(([, level = "", name]) => (name === part ? [level] : [])));

it("AVSPARK_LOG_LEVEL says how much is logged from the start, log-level how much from now on, by part", async () => {
  const redis = await startRedis();
  onTestFinished(redis.close);
  const served = await serve({ REDIS_URL: redis.url, AVSPARK_LOG_LEVEL: "error" });
  onTestFinished(() => void served.stop());
  await live(served);
  const set = async (...args: readonly string[]) =>
    expect(await avspark(["log-level", ...args, "--url", served.address])).toMatchObject({ code: 0 });
  const restart = () => avspark(["restart", "--url", served.address]);
  await restart();
  expect(served.complaints()).toBe("");

  await set("debug", "--part", "redis");
  await restart();
  await until(() => levels(served.complaints(), "redis").has("DEBUG"));
  expect(levels(served.complaints(), "app")).toEqual(new Set());

  await set("info");
  const before = served.complaints().length;
  await restart();
  await until(() => served.complaints().length > before);
  expect(levels(served.complaints().slice(before), "redis")).toEqual(new Set(["INFO"]));
  await served.stop();
  expect(levels(served.complaints(), "app")).toEqual(new Set(["INFO"]));
});
