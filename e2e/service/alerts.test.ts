import { expect, type TestContext, test } from "vitest";
import type { AlertCause } from "../../src/shared/alert.ts";
import { until } from "../fixtures/until.ts";
import { startService, type TestService } from "../http/service.ts";
import { quick } from "./world.ts";

const updates = "fogis:matches:updates";
const update = JSON.stringify({ type: "match_updates", payload: { matches: [{ matchid: 1, hemmalag: "Alfa" }] } });

const serviceFor = async (
  { onTestFinished }: Pick<TestContext, "onTestFinished">,
  settings: Readonly<Record<string, string>>,
): Promise<TestService> => {
  const service = await startService({ ...quick, ...settings });
  onTestFinished(service.close);
  return service;
};

const alertOf = ({ service }: TestService, kind: AlertCause["kind"]) =>
  service.readings().alerts.find(({ cause }) => cause.kind === kind);

test.concurrent("AVSPARK_SILENCE_AFTER: a channel that falls quiet is an alert, until it speaks again", async (context) => {
  const world = await serviceFor(context, { AVSPARK_SILENCE_AFTER: "1" });
  const { redis, service } = world;
  await redis.publish(updates, update);
  const quiet = await until(() => alertOf(world, "quiet-channel"), { what: () => "an alert" });
  expect(quiet).toMatchObject({
    cause: { channel: updates, lastAt: expect.any(String) },
    level: "warning",
    state: { name: "active" },
  });
  // Channels that never spoke are not quiet.
  expect(service.readings().alerts.filter(({ cause }) => cause.kind === "quiet-channel")).toHaveLength(1);
  expect(service.readings().connection.state).toBe("live");
  await until(async () => {
    await redis.publish(updates, update);
    return alertOf(world, "quiet-channel")?.state.name === "resolved";
  });
});

test.concurrent("REDIS_MAX_RETRIES: so many failed attempts in a row, then an alert until it is heard again", async (context) => {
  const [patient, hasty] = await Promise.all(
    ["1000", "1"].map((retries) => serviceFor(context, { REDIS_MAX_RETRIES: retries, REDIS_RETRY_DELAY: "0.05" })),
  );
  if (patient === undefined || hasty === undefined) throw new Error("Two services were started.");
  for (const { redis } of [patient, hasty]) redis.kill("SIGKILL");
  const alert = await until(() => alertOf(hasty, "feed"), { what: () => "an alert" });
  expect(alert).toMatchObject({ level: "critical", state: { name: "active" } });
  await until(() => {
    const { connection } = patient.service.readings();
    return connection.state === "reconnecting" && connection.attempt > 4;
  });
  expect(alertOf(patient, "feed")).toBeUndefined();
  await hasty.redis.restart();
  await until(() => hasty.service.readings().connection.state === "live");
  expect(alertOf(hasty, "feed")?.state.name).toBe("resolved");
});

test.concurrent("a gap that no list can fill: an alert and a warning, until a person has seen it", async (context) => {
  const world = await serviceFor(context, {});
  const { redis, service } = world;
  // Whoever listens for the first time ever has missed nothing.
  await until(() => service.readings().connection.state === "live");
  expect([service.readings().health.level, service.readings().gaps, service.readings().alerts]).toEqual(["ok", [], []]);
  await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  await until(() => alertOf(world, "gap"), { what: () => "an alert" });
  await service.handlers.acknowledge({});
  expect(service.readings().health.level).toBe("ok");
  // Deaf again at once, which is the same gap going on.
  await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  await until(() => alertOf(world, "gap")?.state.name === "active", { what: () => "an alert again" });
  expect(service.readings().health).toMatchObject({ level: "warning", problem: { kind: "messages-missed" } });
  await service.handlers.acknowledge({});
  expect(service.readings().health.level).toBe("ok");
  expect((await service.handlers.gaps({})).gaps.map(({ state }) => state)).toContain("unfilled");
});

test.concurrent("most messages cannot be read: an alert, until they can again", async (context) => {
  const world = await serviceFor(context, {});
  for (let count = 0; count < 10; count += 1) await world.redis.publish(updates, "nothing");
  expect(await until(() => alertOf(world, "invalid-rising"))).toMatchObject({ state: { name: "active" } });
  for (let count = 0; count < 60; count += 1) await world.redis.publish(updates, update);
  await until(() => alertOf(world, "invalid-rising")?.state.name === "resolved");
});
