import { startRedis } from "../e2e/fixtures/redis.ts";
import { serve } from "../e2e/fixtures/serve.ts";
import { until } from "../e2e/fixtures/until.ts";
import { fogisMatch, updateOf, updates } from "../e2e/http/wire.ts";
import { type Bench, megabytes, milliseconds, quantile } from "./bench.ts";

const matches = 10_000;
const rounds = 20;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

const timedOften = async (work: () => Promise<unknown>): Promise<readonly number[]> => {
  const all: number[] = [];
  for (let round = 0; round < rounds; round += 1) all.push(await timed(work));
  return all;
};

export const bench: Bench = {
  title: `GET /matches with ${matches} matches`,
  run: async () => {
    const redis = await startRedis();
    const served = await serve({ REDIS_URL: redis.url, AVSPARK_LOG_LEVEL: "warn" });
    try {
      await until(async () => (await fetch(`${served.address}/ready`)).ok, { everyMs: 50 });
      for (let first = 1; first <= matches; first += 1000) {
        await redis.publish(updates, updateOf(Array.from({ length: 1000 }, (_, index) => fogisMatch(first + index))));
      }
      const total = async () =>
        (await (await fetch(`${served.address}/matches?limit=1`)).text()).match(/"total":(\d+)/)?.[1];
      const arrived = await timed(() =>
        until(async () => Number(await total()) === matches, { withinMs: 120_000, everyMs: 100 }),
      );
      const get = async (path: string, headers: Record<string, string> = {}) => {
        const answer = await fetch(served.address + path, { headers });
        return { etag: answer.headers.get("etag") ?? "", bytes: (await answer.arrayBuffer()).byteLength };
      };
      const { etag, bytes } = await get("/matches");
      return [
        { what: "from the first message until all are known", value: milliseconds(arrived) },
        {
          what: `all of them (${megabytes(bytes)})`,
          value: milliseconds(quantile(await timedOften(() => get("/matches")), 0.5)),
        },
        {
          what: "unchanged, by ETag",
          value: milliseconds(quantile(await timedOften(() => get("/matches", { "if-none-match": etag })), 0.5)),
        },
        {
          what: "a page of 100",
          value: milliseconds(quantile(await timedOften(() => get("/matches?limit=100")), 0.5)),
        },
        {
          what: "found by a word",
          value: milliseconds(quantile(await timedOften(() => get("/matches?search=hemma%205000")), 0.5)),
        },
      ];
    } finally {
      await served.stop();
      await redis.close();
    }
  },
};
