import { setTimeout as wait } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { messageSummarySchema } from "../../src/shared/message.ts";
import { ms, redisFor, report } from "../feed/listener.ts";
import { serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { ask } from "../http/ask.ts";
import { type EventReader, range, readEvents } from "../http/events.ts";
import { guideMatch, updateOf, updates } from "../http/wire.ts";

const clients = 100;
const perSecond = 500;
const seconds = 60;
const tickMs = 20;

/** More than this nobody needs who is merely sent events. */
const memoryLimit = 300 * 1024 * 1024;

const memoryOf = async (address: string): Promise<number> =>
  Number(/^avspark_memory_bytes\{kind="resident"\} (\d+)$/m.exec((await ask(`${address}/metrics`)).text)?.[1]);

/** Publishes at an even pace, each message about one of a few hundred matches. */
const publishFor = async (publish: (message: string) => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  let published = 0;
  while (published < seconds * perSecond) {
    const due = Math.min(((performance.now() - begun) * perSecond) / 1000, seconds * perSecond);
    const batch = [];
    for (; published < due; published += 1) {
      batch.push(publish(updateOf([guideMatch(1 + (published % 300), { anlaggningnamn: `Provvallen ${published}` })])));
    }
    await Promise.all(batch);
    await wait(tickMs);
  }
  return published;
};

const receivedAt = (data: unknown): number => Date.parse(messageSummarySchema.parse(data).receivedAt);

it(`${clients} clients at ${perSecond} messages a second, one of them stopped: nobody waits, the stopped one is dropped and misses nothing`, async () => {
  const redis = await redisFor();
  const served = await serve({ REDIS_URL: redis.url });
  onTestFinished(async () => void (await served.stop()));
  await until(async () => (await ask(`${served.address}/ready`)).status === 200, { everyMs: 100 });

  const query = "?types=message";
  const readers: EventReader[] = [];
  onTestFinished(() => {
    for (const reader of readers) reader.close();
  });
  for (const _ of range(1, clients)) readers.push(await readEvents(served.address, { query }));
  const [stopped, ...others] = readers;
  if (stopped === undefined) throw new Error("There is no client to stop.");
  stopped.pause();

  let mostMemory = await memoryOf(served.address);
  const memoryBefore = mostMemory;
  let published = 0;
  const watching = setInterval(() => {
    void memoryOf(served.address).then((memory) => {
      mostMemory = Math.max(mostMemory, memory);
    });
  }, 1000);
  try {
    published = await publishFor((message) => redis.publish(updates, message));
  } finally {
    clearInterval(watching);
  }
  const begun = performance.now();
  await until(() => others.every((reader) => reader.messageIds().length === published), { withinMs: 60_000 });
  const rest = performance.now() - begun;
  for (const other of others) expect(other.messageIds()).toEqual(range(1, published));

  await until(() => served.complaints().includes("an event stream was dropped"), { withinMs: 120_000, everyMs: 500 });
  stopped.resume();
  await until(() => stopped.ended());
  const again = await readEvents(served.address, { query, lastEventId: stopped.lastEventId() });
  readers.push(again);
  await until(() => again.messageIds().at(-1) === published, { withinMs: 60_000 });
  expect([...stopped.messageIds(), ...again.messageIds()]).toEqual(range(1, published));
  expect(others.some((reader) => reader.ended())).toBe(false);
  expect(mostMemory).toBeLessThan(memoryLimit);

  report(`${published} messages to ${others.length} clients; the last had them ${ms(rest)} after the end`);
  const delays = others.flatMap(({ told }) => told.map(({ at, data }) => at - receivedAt(data))).sort((a, b) => a - b);
  const quantile = (q: number): string => ms(delays[Math.floor(q * (delays.length - 1))] ?? Number.NaN);
  report(
    `from the service's receipt to a client's reading: p50 ${quantile(0.5)}, p99 ${quantile(0.99)}, most ${quantile(1)}`,
  );
  report(`memory: ${Math.round(memoryBefore / 1e6)} MB before, at most ${Math.round(mostMemory / 1e6)} MB`);
  report(`the stopped one had ${stopped.messageIds().length} and came back for ${again.messageIds().length}`);
});
