import { once } from "node:events";
import { get } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { readEvents } from "../../src/main/server-sent.ts";
import type { Delta } from "../../src/shared/snapshot.ts";
import { ms, redisFor, report } from "../feed/listener.ts";
import { json, startMatchServer } from "../fixtures/match-server.ts";
import { serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { ask } from "../http/ask.ts";
import { range } from "../http/events.ts";
import { fogisMatch, updateOf, updates } from "../http/wire.ts";

const clients = 20;
const matches = 2000;
const perSecond = 50;
const seconds = 30;
const tickMs = 20;

const venueOf = (change: number): string => `Provvallen ${change}`;
const changeIn = (venue: string | null): number | null =>
  Number(/^Provvallen (\d+)$/.exec(venue ?? "")?.[1] ?? Number.NaN) || null;
const share = (times: readonly number[], part: number): number =>
  times.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(times.length * part) - 1)] ?? 0;

/** A client that reads what comes as it comes: with twenty that check each form, this process would be what is measured. */
const hearDeltas = async (address: string, onDelta: (delta: Delta) => void): Promise<() => void> => {
  const [response] = await once(get(`${address}/deltas`), "response");
  let seq: number | null = null;
  void readEvents(response, ({ name, data }) => {
    const told = JSON.parse(data ?? "null");
    if (name !== "hello" && (name !== "delta" || told.seq !== Number(seq) + 1))
      throw new Error(`After ${seq} came ${name} ${told.seq}.`);
    ({ seq } = told);
    if (name === "delta") onDelta(told);
  });
  return () => response.destroy();
};

/** A service that has a season's matches. */
const office = async (many: number) => {
  const redis = await redisFor();
  const server = await startMatchServer(json({ matches: range(1, many).map((id) => fogisMatch(id)) }));
  onTestFinished(server.close);
  const served = await serve({
    REDIS_URL: redis.url,
    AVSPARK_MATCHES_URL: server.url,
    AVSPARK_POLL_INTERVAL: "0",
  });
  onTestFinished(async () => void (await served.stop()));
  await until(async () => JSON.parse((await ask(`${served.address}/matches?limit=1`)).text).total === many, {
    everyMs: 200,
    withinMs: 120_000,
  });
  // What a start brings with it is no part of what is measured.
  const atRest = async (): Promise<boolean> => {
    const { text } = await ask(`${served.address}/redis-status`);
    return JSON.parse(text).redis_status.calendars.every(({ there }: { readonly there: number }) => there === many);
  };
  await until(atRest, { everyMs: 500, withinMs: 120_000 });
  return { redis, served };
};

it(`${clients} clients at ${perSecond} changes a second: every change arrives at each, without a hole`, async () => {
  const { redis, served } = await office(matches);
  const publishedAt = new Map<number, number>();
  const late: number[] = [];
  const heard = range(1, clients).map(() => new Set<number>());
  const note = (desk: number, delta: Delta): void => {
    const now = performance.now();
    for (const { venue } of delta.matches) {
      const change = changeIn(venue);
      const at = change === null ? undefined : publishedAt.get(change);
      if (change === null || at === undefined || heard[desk]?.has(change)) continue;
      heard[desk]?.add(change);
      late.push(now - at);
    }
  };
  for (const desk of range(0, clients - 1))
    onTestFinished(await hearDeltas(served.address, (delta) => note(desk, delta)));

  const begun = performance.now();
  const all = seconds * perSecond;
  let published = 0;
  while (published < all) {
    const due = Math.min(((performance.now() - begun) * perSecond) / 1000, all);
    for (; published < due; published += 1) {
      const change = published + 1;
      publishedAt.set(change, performance.now());
      await redis.publish(
        updates,
        updateOf([fogisMatch(1 + (published % matches), { anlaggningnamn: venueOf(change) })]),
      );
    }
    await wait(tickMs);
  }
  await until(() => heard.every((changes) => changes.size === all), {
    withinMs: 30_000,
    what: () => `all ${all} changes at each: ${heard.map(({ size }) => size).join(", ")}`,
  });
  report(
    `${clients} desks, ${perSecond} changes a second for ${seconds} s, ${matches} matches: p50 ${ms(share(late, 0.5))}, p99 ${ms(share(late, 0.99))}, most ${ms(Math.max(...late))}`,
  );
  expect(share(late, 0.99)).toBeLessThan(400);
});

it("answers twenty snapshots of 10,000 matches at once", async () => {
  const { served } = await office(10_000);
  const begun = performance.now();
  const times = await Promise.all(
    range(1, 20).map(async () => {
      const { status } = await ask(`${served.address}/snapshot?from=0`, {
        headers: { "accept-encoding": "gzip" },
      });
      expect(status).toBe(200);
      return performance.now() - begun;
    }),
  );
  report(`20 snapshots of 10,000 matches at once: the last after ${ms(Math.max(...times))}`);
  expect(Math.max(...times)).toBeLessThan(1500);
});
