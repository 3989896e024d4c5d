import { expect, test } from "vitest";
import { ms, report } from "../feed/listener.ts";
import {
  backWithinMs,
  eventually,
  expectAllWell,
  hearsAgain,
  noticed,
  settle,
  slackMs,
  type World,
  waitUntil,
  worldFor,
} from "../service/world.ts";

/** As they are when nobody sets anything. */
const defaults = {
  REDIS_HEALTH_CHECK_INTERVAL: "30",
  REDIS_SOCKET_TIMEOUT: "5",
  REDIS_CONNECTION_TIMEOUT: "5",
  AVSPARK_POLL_INTERVAL: "600",
} as const;
const minute = 60_000;

const defaultWorld = async (context: Parameters<typeof worldFor>[0]): Promise<World> => {
  const world = await worldFor(context, { settings: defaults });
  await settle(world);
  return world;
};

test.concurrent("with the defaults: SIGKILL of Redis and back after 30 s", async (context) => {
  const world = await defaultWorld(context);
  const { redis, truth } = world;
  const killed = performance.now();
  redis.kill("SIGKILL");
  const seen = await noticed(world, killed);
  for (let lost = 0; lost < 20; lost += 1) truth.happen();
  await waitUntil(killed + 30_000);
  await redis.restart();
  const back = await hearsAgain(world);
  report(`SIGKILL, back after 30 s: noticed after ${ms(seen)}, heard again ${ms(back)} after it was back`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
  await expectAllWell(world);
});

test.concurrent("with the defaults: a half-open server is noticed within interval + timeout", async (context) => {
  const world = await defaultWorld(context);
  const { redis, service, truth } = world;
  const frozen = performance.now();
  redis.kill("SIGSTOP");
  await eventually(async () => (await service.connection()).state !== "live", { withinMs: minute });
  const seen = performance.now() - frozen;
  truth.happen();
  expect(seen).toBeLessThan(35_000 + slackMs);
  await eventually(async () => (await service.gaps()).length === 2, { withinMs: minute });
  const dropped = performance.now() - frozen;
  expect(dropped).toBeLessThan(35_000 + slackMs);
  await waitUntil(frozen + 50_000);
  const thawed = performance.now();
  redis.kill("SIGCONT");
  const back = await hearsAgain(world, thawed);
  report(
    `SIGSTOP 50 s: not connected after ${ms(seen)}, given up after ${ms(dropped)}, heard ${ms(back)} after SIGCONT`,
  );
  expect(back).toBeLessThan(backWithinMs + slackMs);
  await expectAllWell(world);
});

test.concurrent("with the defaults: SIGSTOP for 15 s", async (context) => {
  const world = await defaultWorld(context);
  const { redis, truth } = world;
  const frozen = performance.now();
  redis.kill("SIGSTOP");
  truth.happen();
  await waitUntil(frozen + 15_000);
  const thawed = performance.now();
  redis.kill("SIGCONT");
  const back = await hearsAgain(world, thawed);
  report(`SIGSTOP 15 s: heard ${ms(back)} after SIGCONT`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
  // Whether that was a gap depends on where in the interval it fell; the list tells what nobody was told.
  await world.service.call("fetchMatches");
  await expectAllWell(world);
});

test.concurrent("with the defaults: 100 flaps in a minute", async (context) => {
  const world = await defaultWorld(context);
  const { redis, truth, source, service } = world;
  const begun = performance.now();
  const requests = source.requests.length;
  for (let flap = 0; flap < 100; flap += 1) {
    await waitUntil(begun + flap * 600);
    await truth.tell(redis);
    await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  }
  const last = performance.now();
  const back = await hearsAgain(world, last);
  const lists = source.requests.length - requests;
  report(
    `100 flaps in a minute: heard ${ms(back)} after the last, ${(await service.gaps()).length} gaps, ${lists} lists`,
  );
  expect(back).toBeLessThan(backWithinMs + slackMs);
  await expectAllWell(world);
});

test.concurrent("SIGKILL of the service at 40 random moments, in the middle of changes", async (context) => {
  const world = await worldFor(context, { truth: { matches: 60 } });
  const { redis, truth, service } = world;
  await settle(world);
  for (let round = 0; round < 40; round += 1) {
    let publishing = true;
    const publisher = (async () => {
      while (publishing) await truth.tell(redis);
    })();
    await waitUntil(performance.now() + Math.random() * 1000);
    service.kill("SIGKILL");
    await service.ended();
    publishing = false;
    await publisher;
    await service.restart();
  }
  await hearsAgain(world);
  await expectAllWell(world);
  report(`SIGKILL of the service 40 times: ${(await service.gaps()).length} gaps, all filled`);
});
