import { expect, test } from "vitest";
import { ms, report } from "../feed/listener.ts";
import { until } from "../fixtures/until.ts";
import {
  backWithinMs,
  becomes,
  eventually,
  expectAllWell,
  expectTruth,
  expectWholeTimelines,
  hearsAgain,
  noticed,
  noticedWithinMs,
  settle,
  slackMs,
  waitUntil,
  worldFor,
} from "./world.ts";

test.concurrent("Redis down at start for 10 s", async (context) => {
  const begun = performance.now();
  const world = await worldFor(context, { down: true });
  const { service, truth, redis } = world;
  const { cause } = await becomes(service, "reconnecting");
  expect(cause.kind).toBe("redis-unreachable");
  // The list carries the service meanwhile.
  await expectTruth(world);
  expect((await service.health()).level).toBe("warning");
  truth.happen();
  await waitUntil(begun + 10_000);
  await redis.restart();
  const back = await hearsAgain(world);
  report(`down at start for 10 s: heard ${ms(back)} after it was there`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
  await expectAllWell(world);
});

test.concurrent.for([300, 1500, 3000])("SIGKILL of Redis and back after %d ms", async (downMs, context) => {
  const world = await worldFor(context);
  const { redis, truth } = world;
  await settle(world);
  const killed = performance.now();
  redis.kill("SIGKILL");
  const seen = await noticed(world, killed);
  expect(seen).toBeLessThan(noticedWithinMs + slackMs);
  for (let lost = 0; lost < 5; lost += 1) truth.happen();
  await waitUntil(killed + downMs);
  await redis.restart();
  const back = await hearsAgain(world);
  report(`SIGKILL, back after ${downMs} ms: noticed after ${ms(seen)}, heard again ${ms(back)} after it was back`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
  await expectAllWell(world);
});

test.concurrent("SIGSTOP of Redis for 15 s: never said to be connected when it is not", async (context) => {
  const world = await worldFor(context);
  const { redis, service, truth } = world;
  await settle(world);
  const frozen = performance.now();
  redis.kill("SIGSTOP");
  const seen = await noticed(world, frozen);
  expect(seen).toBeLessThan(noticedWithinMs + slackMs);
  truth.happen();
  const { redis_status: status } = await service.call("redisStatus");
  expect(status).toMatchObject({ subscription_status: { subscription_active: false, active_channels: [] } });
  expect(status.status).not.toBe("connected");
  // Whoever asks for a test or a new subscription is told that it does not work, and soon.
  expect((await service.call("redisTest")).test_results).toMatchObject({
    overall_success: false,
    connection_test: false,
    subscription_test: false,
    message_handling_test: true,
    errors: [expect.stringMatching(/\.$/)],
  });
  await expect(service.call("redisRestart")).rejects.toMatchObject({ problem: { kind: "redis-timeout" } });
  // The kernel takes new connections for a frozen server: that is not to be heard either.
  while (performance.now() < frozen + 15_000) {
    expect((await service.connection()).state).not.toBe("live");
    await waitUntil(performance.now() + 50);
  }
  const thawed = performance.now();
  redis.kill("SIGCONT");
  const back = await hearsAgain(world, thawed);
  report(`SIGSTOP 15 s: noticed after ${ms(seen)}, heard again ${ms(back)} after SIGCONT`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
  await expectAllWell(world);
});

test.concurrent("CLIENT KILL of our connection", async (context) => {
  const world = await worldFor(context);
  const { redis, truth, service } = world;
  await settle(world);
  const gapsBefore = (await service.gaps()).length;
  const killed = performance.now();
  truth.happen();
  await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  await eventually(async () => (await service.gaps()).length > gapsBefore, { what: () => "a gap" });
  const seen = performance.now() - killed;
  const back = await hearsAgain(world, killed);
  report(`CLIENT KILL: noticed after ${ms(seen)}, heard again after ${ms(back)}`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
  await expectAllWell(world);
  const [gap] = await service.gaps();
  expect(gap).toMatchObject({ cause: { kind: "lost", problem: { kind: "redis-closed" } }, state: "closed" });
  expect(gap?.brought?.changes).toBeGreaterThanOrEqual(1);
});

test.concurrent("the password is changed while connected, and put right", async (context) => {
  const world = await worldFor(context, { redis: { password: "letmein" } });
  const { redis, truth, service } = world;
  await settle(world);
  await redis.command("CONFIG", "SET", "requirepass", "changed");
  // Who is in stays in: to be live is the truth.
  await hearsAgain(world);
  const killed = performance.now();
  await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  const { cause } = await becomes(service, "refused");
  const seen = performance.now() - killed;
  expect(cause).toMatchObject({ kind: "redis-auth-wrong" });
  expect(await service.health()).toMatchObject({ level: "warning", action: "settings" });
  truth.happen();
  const mended = performance.now();
  await redis.command("CONFIG", "SET", "requirepass", "letmein");
  const back = await hearsAgain(world, mended);
  report(`password changed: refused after ${ms(seen)}, heard again ${ms(back)} after it was put right`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
  await expectAllWell(world);
  expect(service.complaints()).not.toMatch(/letmein|changed/);
});

test.concurrent("more is published than Redis will hold for us", async (context) => {
  const world = await worldFor(context, { redis: { conf: ["client-output-buffer-limit pubsub 2mb 1mb 1"] } });
  const { redis, truth, service } = world;
  await settle(world);
  const gapsBefore = (await service.gaps()).length;
  // We do not read while this goes on.
  service.kill("SIGSTOP");
  const load = JSON.stringify({
    type: "processing_status",
    payload: { status: "started" },
    padding: "x".repeat(64 * 1024),
  });
  await until(async () => (await redis.publish("fogis:processor:status", load)) === 0, { everyMs: 0 });
  for (let lost = 0; lost < 5; lost += 1) await truth.tell(redis);
  const goes = performance.now();
  service.kill("SIGCONT");
  await eventually(async () => (await service.gaps()).length > gapsBefore, { what: () => "a gap" });
  const seen = performance.now() - goes;
  const back = await hearsAgain(world, goes);
  const [gap] = await service.gaps();
  const kind = gap?.cause.kind === "lost" ? gap.cause.problem.kind : gap?.cause.kind;
  report(`overrun: noticed after ${ms(seen)} as ${kind}, heard again after ${ms(back)}`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
  await expectAllWell(world);
});

test.concurrent("a flapping server: 20 flaps in 12 s", async (context) => {
  const world = await worldFor(context);
  const { redis, truth, service } = world;
  await settle(world);
  const begun = performance.now();
  for (let flap = 0; flap < 20; flap += 1) {
    await waitUntil(begun + flap * 600);
    await truth.tell(redis);
    await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  }
  const last = performance.now();
  const back = await hearsAgain(world, last);
  report(`20 flaps in 12 s: heard again ${ms(back)} after the last, ${(await service.gaps()).length} gaps`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
  await expectAllWell(world);
});

test.concurrent("SIGKILL of the service itself at random moments", async (context) => {
  const world = await worldFor(context);
  const { redis, truth, service } = world;
  await settle(world);
  const rounds = 5;
  for (let round = 0; round < rounds; round += 1) {
    let publishing = true;
    const publisher = (async () => {
      while (publishing) {
        await truth.tell(redis);
        await waitUntil(performance.now() + 20);
      }
    })();
    await waitUntil(performance.now() + 100 + Math.random() * 700);
    service.kill("SIGKILL");
    await service.ended();
    await waitUntil(performance.now() + Math.random() * 300);
    publishing = false;
    await publisher;
    await service.restart();
    // What was known before it was killed is known at once.
    expect((await service.matches()).length).toBe(12);
  }
  await becomes(service, "live");
  await hearsAgain(world);
  await expectAllWell(world);
  const gaps = await service.gaps();
  report(
    `SIGKILL of the service, ${rounds} times: ${gaps.length} gaps, all filled; ${(await service.stats()).matches} matches`,
  );
  expect(gaps.some(({ cause }) => cause.kind === "not-running")).toBe(true);
  const ids = (await service.call("messages", { limit: 10_000 })).messages.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  await expectWholeTimelines(world);
});
