import { readFileSync } from "node:fs";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { createMessages } from "../../bench/feed/messages.ts";
import { redisFor, report } from "../feed/listener.ts";
import { serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";

const total = 1_000_000;
const perRound = 10_000;
const channel = "fogis:matches:updates";

const megabytesOf = (pid: number): number => {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
};
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test("1,000,000 messages through one service leave its memory flat", { timeout: 40 * 60_000 }, async () => {
  const redis = await redisFor({ conf: ["client-output-buffer-limit pubsub 0 0 0"] });
  const served = await serve({ REDIS_URL: redis.url, AVSPARK_LOG_LEVEL: "warn", AVSPARK_RETENTION_MB: "50" });
  const publisher = new Redis(redis.url);
  try {
    await until(async () => (await fetch(`${served.address}/ready`)).ok);
    const received = async (): Promise<number> => {
      const stats = await (await fetch(`${served.address}/redis-stats`)).text();
      return Number(/"successful_messages":(\d+)/.exec(stats)?.[1]);
    };
    const messages = createMessages({
      channel,
      count: total,
      bytes: 1024,
      perSecond: null,
      matches: 2000,
      together: 1,
      news: true,
    });
    const memory: number[] = [];
    const begun = performance.now();
    for (let sent = 0; sent < total; sent += perRound) {
      const pipeline = publisher.pipeline();
      for (let each = 0; each < perRound; each += 1) pipeline.publish(channel, messages.next().value ?? "");
      await pipeline.exec();
      await until(async () => (await received()) === sent + perRound, { withinMs: 120_000, everyMs: 20 });
      memory.push(megabytesOf(served.pid));
    }
    const quarter = memory.length / 4;
    const [second, last] = [memory.slice(quarter, 2 * quarter), memory.slice(-quarter)].map(mean);
    report(
      `${total} messages in ${Math.round((performance.now() - begun) / 1000)} s: ` +
        `second quarter ${Math.round(second ?? 0)} MB, last ${Math.round(last ?? 0)} MB; ` +
        `every 100,000: ${memory
          .filter((_, index) => index % 10 === 9)
          .map(Math.round)
          .join(", ")}`,
    );
    expect(last).toBeLessThan((second ?? 0) * 1.1);
  } finally {
    publisher.disconnect();
    await served.stop();
  }
});
