import { expect, test } from "vitest";
import type { ConnectionSettings } from "../../src/core/feed/connection-state.ts";
import { backWithinMs, listener, ms, redisFor, report, slackMs } from "../feed/listener.ts";
import { until } from "../fixtures/until.ts";

/** As they are when nobody sets anything. */
const defaults: ConnectionSettings = {
  connectionTimeoutMs: 5000,
  subscriptionTimeoutMs: 1000,
  socketTimeoutMs: 5000,
  healthCheckIntervalMs: 30_000,
  retryDelayMs: 1000,
  maxRetries: 3,
  autoReconnect: true,
  retryOnTimeout: true,
};

const minute = 60_000;

test("with the defaults a server frozen for 50 s is noticed within interval + timeout, and heard when it thaws", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url, { settings: defaults });
  feed.subscriber.start();
  await feed.becomes("live");
  const frozen = performance.now();
  redis.kill("SIGSTOP");
  await feed.becomes("silent", { withinMs: minute });
  const silent = performance.now() - frozen;
  const { cause } = await feed.becomes("reconnecting", { withinMs: minute });
  const noticed = performance.now() - frozen;
  expect(cause.kind).toBe("redis-frozen");
  expect(noticed).toBeLessThan(defaults.healthCheckIntervalMs + defaults.socketTimeoutMs + slackMs);
  await until(() => performance.now() - frozen > 50_000, { withinMs: minute });
  redis.kill("SIGCONT");
  const back = await feed.receives(redis);
  report(
    `SIGSTOP, defaults: silent after ${ms(silent)}, dropped after ${ms(noticed)}, heard ${ms(back)} after SIGCONT`,
  );
  expect(back).toBeLessThan(backWithinMs + slackMs);
});

test("with the defaults, SIGSTOP for 15 s: nothing lost, nothing wrong said", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url, { settings: defaults });
  feed.subscriber.start();
  await feed.becomes("live");
  const frozen = performance.now();
  redis.kill("SIGSTOP");
  await until(() => performance.now() - frozen > 15_000, { withinMs: minute });
  redis.kill("SIGCONT");
  const back = await feed.receives(redis);
  report(`SIGSTOP 15 s, defaults: heard ${ms(back)} after SIGCONT, ${feed.gaps.length - 2} gap events`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
});

test("SIGKILL and back after 30 s", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url, { settings: defaults });
  feed.subscriber.start();
  await feed.becomes("live");
  const killed = performance.now();
  redis.kill("SIGKILL");
  await feed.becomes("reconnecting");
  const noticed = performance.now() - killed;
  await until(() => performance.now() - killed > 30_000, { withinMs: minute });
  await redis.restart();
  const back = await feed.receives(redis);
  report(`SIGKILL, back after 30 s: noticed after ${ms(noticed)}, heard again ${ms(back)} after it was back`);
  expect(back).toBeLessThan(backWithinMs + slackMs);
  expect(feed.gaps.filter(({ kind }) => kind === "gap-began")).toHaveLength(2);
});

test("100 flaps in a minute", async () => {
  const redis = await redisFor();
  const feed = listener(redis.url, { settings: defaults });
  feed.subscriber.start();
  await feed.becomes("live");
  const begun = performance.now();
  for (let flap = 0; flap < 100; flap += 1) {
    await until(() => performance.now() - begun >= flap * 600);
    await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  }
  const attempts = feed.seen.filter(({ connection }) => connection.state === "connecting").length;
  const back = await feed.receives(redis);
  report(`100 flaps in a minute: ${attempts} attempts, heard again ${ms(back)} after the last`);
  expect(attempts).toBeLessThanOrEqual(101);
  expect(back).toBeLessThan(backWithinMs);
});
