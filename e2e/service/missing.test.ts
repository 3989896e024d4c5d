import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { avspark } from "../cli/avspark.ts";
import { startRedis } from "../fixtures/redis.ts";
import { type Served, serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";

const health = z.object({
  mode: z.string(),
  health: z.object({ level: z.string(), problem: z.object({ kind: z.string(), message: z.string() }).optional() }),
});
const checks = z.object({ checks: z.array(z.object({ id: z.string(), outcome: z.string(), found: z.string() })) });

const started = async (settings: Readonly<Record<string, string>>): Promise<Served> => {
  const served = await serve(settings);
  onTestFinished(() => void served.stop());
  return served;
};

const healthOf = async ({ address }: Served) => health.parse(await (await fetch(`${address}/health`)).json());

const failedChecks = async ({ address }: Served) => {
  const { stdout } = await avspark(["check", "--json", "--url", address]);
  const { checks: all } = checks.parse(JSON.parse(stdout));
  return Object.fromEntries(all.flatMap(({ id, outcome, found }) => (outcome === "failed" ? [[id, found]] : [])));
};

test("with nothing configured the demo runs, and its calendar is named so", async () => {
  const served = await started({ LOG_LEVEL: "WARNING" });
  expect((await healthOf(served)).mode).toBe("demo");
  expect(await (await fetch(`${served.address}/calendar.ics`)).text()).toMatch(/^X-WR-CALNAME:Avspark \(demo\)\r$/m);
});

test.each([
  ["REDIS_ULR", "redis://localhost"],
  ["REDIS_PASSWORD", "hunter2"],
  ["REDIS_CONNECTION_TIMEOUT", "5"],
  ["AVSPARK_CALENDARS", "ics"],
])("%s alone starts no demo: the service runs, and says that REDIS_URL is missing", async (name, value) => {
  const served = await started({ [name]: value });
  expect((await healthOf(served)).mode).toBe("live");
  await until(async () => (await healthOf(served)).health.problem?.kind === "configuration-invalid", {
    what: () => "what is missing in health",
  });
  expect(served.complaints()).toContain("REDIS_URL is not set; it should be set, or REDIS_PUBSUB_ENABLED set to false");
  const failed = await failedChecks(served);
  expect(failed.configuration).toContain("REDIS_URL should be set");
  expect(failed.redis).toBe("REDIS_URL is not set.");
  expect(served.complaints()).not.toContain("hunter2");
});

test("settings of a calendar that AVSPARK_CALENDARS does not name: said, and the checks fail", async () => {
  const redis = await startRedis();
  onTestFinished(redis.close);
  const served = await started({
    REDIS_URL: redis.url,
    CALDAV_URL: "https://dav.example.com/",
    CALDAV_PASSWORD: "hunter2",
  });
  const sentence =
    "AVSPARK_CALENDARS should be a list that names caldav as well, since CALDAV_URL, CALDAV_PASSWORD do nothing without it.";
  await until(async () => (await healthOf(served)).health.level === "warning", { what: () => "a warning" });
  expect((await healthOf(served)).health.problem).toMatchObject({ kind: "configuration-invalid", message: sentence });
  const failed = await failedChecks(served);
  expect(failed["calendar-target"]).toBe(sentence);
  expect(failed.configuration).toBe(sentence);
});

test("a calendar that is named and lacks its address: the feed goes on without it", async () => {
  const redis = await startRedis();
  onTestFinished(redis.close);
  const served = await started({ REDIS_URL: redis.url, AVSPARK_CALENDARS: "ics,google,caldav" });
  await until(async () => (await healthOf(served)).health.level === "warning", { what: () => "a warning" });
  expect((await healthOf(served)).health.problem?.message).toContain("GOOGLE_CALENDAR_ID should be set");
  expect(served.complaints()).toContain("CALDAV_URL is not set; it should be set when AVSPARK_CALENDARS names caldav.");
  expect((await failedChecks(served))["calendar-target"]).toContain("GOOGLE_CALENDAR_ID should be set");
});
