import { setTimeout as pause } from "node:timers/promises";
import { startRedis } from "../e2e/fixtures/redis.ts";
import { serve } from "../e2e/fixtures/serve.ts";
import { until } from "../e2e/fixtures/until.ts";
import { guideMatch, updateOf, updates } from "../e2e/http/wire.ts";
import { type Bench, type Figure, milliseconds, perSecond, quantile } from "./bench.ts";
import { ask, type Measured } from "./http/measure.ts";
import { cpuSeconds } from "./processes.ts";

const rate = 2000;
const seconds = 10;
const messagesPerSecond = 500;
const matches = 1000;
const limitMs = 50;

/** Publishes at an even pace until it is told to end; answers how many. */
const publishUntil = async (publish: (message: string) => Promise<unknown>, ended: AbortSignal): Promise<number> => {
  const begun = performance.now();
  let published = 0;
  while (!ended.aborted) {
    const due = ((performance.now() - begun) * messagesPerSecond) / 1000;
    const batch: Promise<unknown>[] = [];
    for (; published < due; published += 1) {
      batch.push(
        publish(updateOf([guideMatch(1 + (published % matches), { anlaggningnamn: `Provvallen ${published}` })])),
      );
    }
    await Promise.all(batch);
    await pause(10);
  }
  return published;
};

const figures = (what: string, { took, failed, seconds: lasted }: Measured): readonly Figure[] => {
  const p99 = quantile(took, 0.99);
  return [
    { what: `${what}: answered`, value: perSecond(took.length / lasted), limit: "none fails", held: failed === 0 },
    { what: `${what}: p50`, value: milliseconds(quantile(took, 0.5)) },
    { what: `${what}: p99`, value: milliseconds(p99), limit: `under ${limitMs} ms`, held: p99 < limitMs },
    { what: `${what}: slowest`, value: milliseconds(Math.max(...took)) },
  ];
};

export const bench: Bench = {
  title: `GET /redis-status ${rate} times a second for ${seconds} s from another process`,
  run: async () => {
    const redis = await startRedis();
    const served = await serve({ REDIS_URL: redis.url, AVSPARK_LOG_LEVEL: "warn" });
    try {
      await until(async () => (await fetch(`${served.address}/ready`)).ok, { everyMs: 50 });
      const url = `${served.address}/redis-status`;
      const cpuBefore = cpuSeconds(served.pid);
      const quiet = await ask(url, rate, seconds);
      const cpu = cpuSeconds(served.pid) - cpuBefore;
      const end = new AbortController();
      const publishing = publishUntil((message) => redis.publish(updates, message), end.signal);
      // By then every match is known, and what is measured goes on for ever.
      await pause((matches / messagesPerSecond) * 1000);
      const busy = await ask(url, rate, seconds);
      end.abort();
      const published = await publishing;
      const stats = await fetch(`${served.address}/redis-stats`);
      const received = (await stats.text()).match(/"total_messages_received":(\d+)/)?.[1];
      return [
        ...figures("while nothing comes in", quiet),
        { what: "the service's own work for one request", value: `${Math.round((cpu / quiet.took.length) * 1e6)} µs` },
        ...figures(`while ${messagesPerSecond} messages a second come in`, busy),
        { what: "messages published", value: String(published) },
        { what: "messages received by then", value: String(received) },
      ];
    } finally {
      await served.stop();
      await redis.close();
    }
  },
};
