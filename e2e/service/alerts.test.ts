import { expect, type TestContext, test } from "vitest";
import type { AlertCause } from "../../src/shared/alert.ts";
import type { Health } from "../../src/shared/snapshot.ts";
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

const status = (what: string, cycle: number): string =>
  JSON.stringify({ type: "processing_status", payload: { status: what, details: { cycle_number: cycle } } });
const complaint = (alertType: string, severity: string, message: string): string =>
  JSON.stringify({ type: "system_alert", payload: { alert_type: alertType, severity, message } });

test.concurrent("a cycle that fails is one alert though it is told twice, and over when a later one completes", async (context) => {
  const world = await serviceFor(context, {});
  const { redis, service } = world;
  const failed = () => service.readings().alerts.filter(({ cause }) => cause.kind === "cycle-failed");
  await redis.publish(
    "fogis:system:alerts",
    complaint("processing_error", "error", "Match processing failed: Timeout"),
  );
  await redis.publish("fogis:processor:status", status("failed", 7));
  await until(() => failed().some(({ cause }) => cause.kind === "cycle-failed" && cause.cycle === 7));
  expect(service.readings().alerts).toMatchObject([{ count: 1, cause: { text: "Match processing failed: Timeout" } }]);
  expect(service.readings().health).toMatchObject({ level: "warning", problem: { kind: "cycle-failed" } });
  await redis.publish("fogis:processor:status", status("completed", 8));
  await until(() => failed()[0]?.state.name === "resolved");
  expect(service.readings().health.level).toBe("ok");
  await redis.publish("fogis:processor:status", status("failed", 9));
  await until(() => failed().length === 2);
  expect(failed().map(({ state }) => state.name)).toEqual(["active", "resolved"]);
});

test.concurrent("nothing says that all is well while an alert holds; it is quieted over HTTP", async (context) => {
  const world = await serviceFor(context, {});
  const { redis, service, address } = world;
  const get = async (path: string) => (await fetch(address + path)).json();
  const post = async (path: string, body: object): Promise<number> => {
    const headers = { "content-type": "application/json" };
    return (await fetch(address + path, { method: "POST", headers, body: JSON.stringify(body) })).status;
  };
  expect(await get("/health")).toMatchObject({ health: { level: "ok" } });
  // What the window and the tray are told from now on.
  let told: Health | null = null;
  service.subscribe(({ set }) => {
    told = set.health ?? told;
  });
  await redis.publish("fogis:system:alerts", complaint("stop", "critical", "All processing stopped"));
  await until(() => alertOf(world, "system"), { what: () => "an alert" });
  const id = alertOf(world, "system")?.id ?? 0;
  const unwell = { level: "critical", problem: { kind: "publisher-alert", message: "All processing stopped" } };
  expect(await get("/health")).toMatchObject({ health: unwell });
  expect(await get("/redis-status")).toMatchObject({ redis_status: { health: unwell } });
  expect(service.snapshot().health).toMatchObject(unwell);
  await until(() => told?.level === "critical", { what: () => "news for the window" });
  expect(await get("/alerts")).toMatchObject({ success: true, alerts: [{ id, state: { name: "active" } }] });
  // Matches arrive all the same: that is what readiness is about.
  expect(await get("/ready")).toMatchObject({ ready: true });

  expect(await post("/snooze", { id, until: new Date(Date.now() + 3_600_000).toISOString() })).toBe(200);
  expect(await get("/alerts")).toMatchObject({ alerts: [{ id, state: { name: "snoozed" } }] });
  expect(await get("/health")).toMatchObject({ health: unwell });
  expect(await post("/acknowledge", { id })).toBe(200);
  expect(await get("/health")).toMatchObject({ health: { level: "ok" } });
  await until(() => told?.level === "ok", { what: () => "news for the window" });
  expect(await get("/alerts")).toMatchObject({ alerts: [] });
  expect(await get("/alerts?all=true")).toMatchObject({ alerts: [{ id, state: { name: "acknowledged" } }] });
  expect(await post("/reactivate", { id })).toBe(200);
  expect(await get("/health")).toMatchObject({ health: unwell });
  expect(await Promise.all(["/acknowledge", "/reactivate"].map((path) => post(path, { id: 999 })))).toEqual([404, 404]);
  expect(service.readings().health.level).toBe("critical");
});
