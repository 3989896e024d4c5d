import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { startRedis } from "../../e2e/fixtures/redis.ts";
import { serve } from "../../e2e/fixtures/serve.ts";
import { until } from "../../e2e/fixtures/until.ts";
import { cpuSeconds, peakBytes } from "../processes.ts";
import type { Publication } from "./messages.ts";
import { startPublisher } from "./publish.ts";

const statsSchema = z.object({
  statistics: z.object({
    statistics: z.object({
      subscription_stats: z.object({
        total_messages_received: z.number(),
        successful_messages: z.number(),
        reconnects: z.number(),
      }),
    }),
  }),
});

/** Publishes to a service of its own and waits until every message is decoded and journaled, or it is clear that not all are. */
export const measureService = async (publication: Publication, redisConf: readonly string[]) => {
  const redis = await startRedis({ conf: redisConf });
  const served = await serve({ REDIS_URL: redis.url, AVSPARK_LOG_LEVEL: "warn" });
  const publisher = await startPublisher(redis.port, publication);
  try {
    await until(async () => (await fetch(`${served.address}/ready`)).ok, { everyMs: 50 });
    // A message is counted when the journal has it.
    const stats = async () => {
      const answer = statsSchema.parse(await (await fetch(`${served.address}/redis-stats`)).json());
      return answer.statistics.statistics.subscription_stats;
    };
    const cpuBefore = cpuSeconds(served.pid);
    const begun = performance.now();
    let counted = { at: begun, messages: 0 };
    const sending = publisher.go();
    while (counted.messages < publication.count && performance.now() - counted.at < 5000) {
      // Seldom: its answers are work too.
      await pause(200);
      const { successful_messages: messages } = await stats();
      if (messages > counted.messages) counted = { at: performance.now(), messages };
    }
    const cpu = cpuSeconds(served.pid) - cpuBefore;
    const { reconnects } = await stats();
    return {
      rate: counted.messages / ((counted.at - begun) / 1000),
      lost: publication.count - counted.messages,
      cpuMicros: (cpu / counted.messages) * 1e6,
      sent: publication.count / ((await sending) / 1000),
      reconnects,
      peakBytes: peakBytes(served.pid),
    };
  } finally {
    publisher.close();
    await served.stop();
    await redis.close();
  }
};
