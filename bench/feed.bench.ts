import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { startRedis } from "../e2e/fixtures/redis.ts";
import { serve } from "../e2e/fixtures/serve.ts";
import { until } from "../e2e/fixtures/until.ts";
import { type Bench, cpuSeconds, type Figure, perSecond } from "./bench.ts";
import type { Publication } from "./feed/messages.ts";
import { startPublisher } from "./feed/publish.ts";

const burst: Publication = {
  channel: "fogis:matches:updates",
  count: 50_000,
  bytes: 2048,
  perSecond: null,
  matches: 2000,
  together: 1,
  news: true,
};
const wantedPerSecond = 15_000;

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
const measure = async (publication: Publication, redisConf: readonly string[]) => {
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
      await pause(50);
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
    };
  } finally {
    publisher.close();
    await served.stop();
    await redis.close();
  }
};

const burstFigures = async (what: string, given: Partial<Publication>): Promise<readonly Figure[]> => {
  const { rate, lost, cpuMicros, sent } = await measure({ ...burst, ...given }, [
    "client-output-buffer-limit pubsub 0 0 0",
  ]);
  return [
    {
      what,
      value: perSecond(rate),
      limit: `${perSecond(wantedPerSecond)} or more, none lost`,
      held: rate >= wantedPerSecond && lost === 0,
    },
    {
      what: "  published at; the service's own work for one",
      value: `${perSecond(sent)}; ${Math.round(cpuMicros)} µs`,
    },
  ];
};

const steadyFigures = async (): Promise<readonly Figure[]> => {
  const { lost, reconnects } = await measure({ ...burst, perSecond: 10_000 }, []);
  return [
    {
      what: "10,000 a second for 5 s under Redis's default limit",
      value: `${lost} lost, ${reconnects} reconnects`,
      limit: "none lost",
      held: lost === 0 && reconnects === 0,
    },
  ];
};

export const bench: Bench = {
  title: `${burst.count} messages of 2 KB at full speed, from publish to journal, Redis's own limit lifted`,
  run: async () => [
    ...(await burstFigures("2,000 matches, the same again and again", { news: false })),
    ...(await burstFigures("2,000 matches, something new each time", {})),
    ...(await burstFigures("each about another match", { matches: burst.count })),
    ...(await steadyFigures()),
  ],
};
