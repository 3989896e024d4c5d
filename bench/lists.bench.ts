import { setTimeout as pause } from "node:timers/promises";
import { startRedis } from "../e2e/fixtures/redis.ts";
import { serve } from "../e2e/fixtures/serve.ts";
import { until } from "../e2e/fixtures/until.ts";
import { fogisMatch, updateOf, updates } from "../e2e/http/wire.ts";
import { type Bench, type Figure, megabytes, milliseconds } from "./bench.ts";
import { cpuSeconds } from "./processes.ts";

const matches = 10_000;
const together = 1000;
const idleSeconds = 60;
const restSeconds = 15;

const figure = (what: string, ms: number, limitMs: number): Figure => ({
  what,
  value: milliseconds(ms),
  limit: `at most ${limitMs} ms`,
  held: ms <= limitMs,
});

export const bench: Bench = {
  title: `GET /matches with ${matches} matches, and doing nothing: the processor's time of the service, all threads together`,
  run: async () => {
    const redis = await startRedis();
    const served = await serve({ REDIS_URL: redis.url, AVSPARK_LOG_LEVEL: "warn" });
    const costOf = async (times: number, act: (turn: number) => Promise<unknown>): Promise<number> => {
      const before = cpuSeconds(served.pid);
      for (let turn = 0; turn < times; turn += 1) await act(turn);
      return ((cpuSeconds(served.pid) - before) * 1000) / times;
    };
    const get = async (path: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(served.address + path, { headers });
      const { byteLength: bytes } = await answer.arrayBuffer();
      return { etag: answer.headers.get("etag") ?? "", status: answer.status, bytes };
    };
    /** The calendar file has all of them, and the list stays as it is. */
    const calm = () =>
      until(
        async () => {
          const { etag } = await get("/matches?limit=1");
          await pause(1500);
          return (await get("/matches?limit=1")).etag === etag;
        },
        { withinMs: 120_000 },
      );
    try {
      await until(async () => (await fetch(`${served.address}/ready`)).ok, { everyMs: 50 });
      for (let first = 1; first <= matches; first += together)
        await redis.publish(
          updates,
          updateOf(Array.from({ length: together }, (_, index) => fogisMatch(first + index))),
        );
      await until(async () => (await get("/matches")).bytes > matches * 500, { withinMs: 120_000, everyMs: 500 });
      await calm();
      const { etag, bytes } = await get("/matches");
      const full = await costOf(40, () => get("/matches"));
      const unchanged = await costOf(1000, async () => {
        const { status } = await get("/matches", { "if-none-match": etag });
        if (status !== 304) throw new Error(`Unchanged, and it answered ${status}.`);
      });
      const page = await costOf(200, () => get("/matches?limit=100"));
      const search = await costOf(50, () => get("/matches?search=hemma%205000"));
      // What the questions have left behind is cleared away first.
      await pause(restSeconds * 1000);
      const idle = await costOf(idleSeconds, () => pause(1000));
      return [
        figure(`all of them (${megabytes(bytes)})`, full, 40),
        figure("unchanged, by ETag", unchanged, 1),
        { what: "a page of 100", value: milliseconds(page) },
        { what: "found by a word", value: milliseconds(search) },
        figure("doing nothing for a second, a minute's mean", idle, 2),
      ];
    } finally {
      await served.stop();
      await redis.close();
    }
  },
};
