import { setTimeout as wait } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { createFollow } from "../../src/main/remote/follow.ts";
import type { Delta } from "../../src/shared/snapshot.ts";
import { ms, redisFor, report } from "../feed/listener.ts";
import { json, startMatchServer } from "../fixtures/match-server.ts";
import { serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { ask } from "../http/ask.ts";
import { range } from "../http/events.ts";
import { fogisMatch, updateOf, updates } from "../http/wire.ts";
import { attach } from "../remote/attached.ts";

const clients = 18;
const matches = 2000;
const perSecond = 50;
const seconds = 60;
const tickMs = 20;

const tokenOf = { AVSPARK_HTTP_TOKEN: "a-token-for-the-office-1234" };
const way = { token: tokenOf.AVSPARK_HTTP_TOKEN, caFile: null };

const venueOf = (change: number): string => `Provvallen ${change}`;
const changeIn = (venue: string | null): number | null =>
  Number(/^Provvallen (\d+)$/.exec(venue ?? "")?.[1] ?? Number.NaN) || null;
const share = (times: readonly number[], part: number): number =>
  times.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(times.length * part) - 1)] ?? 0;

/** A service that has a season's matches. */
const office = async (many: number) => {
  const redis = await redisFor();
  const server = await startMatchServer(json({ matches: range(1, many).map((id) => fogisMatch(id)) }));
  onTestFinished(server.close);
  const served = await serve({
    ...tokenOf,
    REDIS_URL: redis.url,
    AVSPARK_MATCHES_URL: server.url,
    AVSPARK_POLL_INTERVAL: "0",
  });
  onTestFinished(async () => void (await served.stop()));
  const headers = { authorization: `Bearer ${way.token}` };
  await until(
    async () => JSON.parse((await ask(`${served.address}/matches?limit=1`, { headers })).text).total === many,
    {
      everyMs: 200,
      withinMs: 120_000,
    },
  );
  return { redis, served, headers };
};

it(`${clients} clients and two windows at ${perSecond} changes a second: every change arrives at each, without a hole`, async () => {
  const { redis, served } = await office(matches);
  const publishedAt = new Map<number, number>();
  const late: number[] = [];
  const heard = range(1, clients + 2).map(() => new Set<number>());
  let snapshots = 0;
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
  const windows = [];
  for (const desk of [clients, clients + 1]) {
    const window = await attach(
      { AVSPARK_SERVICE_URL: served.address, AVSPARK_SERVICE_TOKEN: way.token },
      { onDelta: (delta) => note(desk, delta) },
    );
    await window.live(60_000);
    windows.push(window);
  }
  for (const desk of range(0, clients - 1)) {
    const hangUp = createFollow(way)(served.address, {
      alive: () => undefined,
      hello: () => undefined,
      whole: () => {
        snapshots += 1;
      },
      delta: (delta) => note(desk, delta),
      ended: (problem) => {
        throw new Error(problem.message);
      },
    });
    onTestFinished(hangUp);
  }
  await until(() => snapshots === clients, { withinMs: 60_000 });

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
    `${clients + 2} desks, ${perSecond} changes a second for ${seconds} s, ${matches} matches: p50 ${ms(share(late, 0.5))}, p99 ${ms(share(late, 0.99))}, most ${ms(Math.max(...late))}`,
  );
  // A hole would have been mended by another one.
  expect(snapshots).toBe(clients);
  for (const window of windows) expect(window.shown().matches).toHaveLength(matches);
  expect(share(late, 0.99)).toBeLessThan(400);
});

it("answers twenty snapshots of 10,000 matches at once", async () => {
  const { served, headers } = await office(10_000);
  // What a start brings with it is no part of it.
  const atRest = async (): Promise<boolean> => {
    const { text } = await ask(`${served.address}/redis-status`, { headers });
    return JSON.parse(text).redis_status.calendars.every(({ there }: { readonly there: number }) => there === 10_000);
  };
  await until(atRest, { everyMs: 500, withinMs: 120_000 });
  const begun = performance.now();
  const times = await Promise.all(
    range(1, 20).map(async () => {
      const { status } = await ask(`${served.address}/snapshot?from=0`, {
        headers: { ...headers, "accept-encoding": "gzip" },
      });
      expect(status).toBe(200);
      return performance.now() - begun;
    }),
  );
  report(`20 snapshots of 10,000 matches at once: the last after ${ms(Math.max(...times))}`);
  expect(Math.max(...times)).toBeLessThan(1500);
});
