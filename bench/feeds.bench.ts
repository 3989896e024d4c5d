import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { startRedis } from "../e2e/fixtures/redis.ts";
import { serve } from "../e2e/fixtures/serve.ts";
import { until } from "../e2e/fixtures/until.ts";
import { fogisMatch, updateOf, updates } from "../e2e/http/wire.ts";
import { contract } from "../src/shared/contract.ts";
import { type Bench, type Figure, milliseconds, perSecond, quantile } from "./bench.ts";
import { cpuSeconds } from "./processes.ts";

const people = 10_000;
const matches = 10_000;
const placesInMatch = 3;
const changesPerSecond = 50;
/** Of these changes one in so many gives somebody's place to another. */
const eachPlace = 10;
const rate = 11;
const seconds = 60;
const limitMs = 50;

const roles = ["Huvuddomare", "Assisterande 1", "Assisterande 2"] as const;

/** `turn`: who has its last place. */
const matchOf = (n: number, turn: number, rest: object = {}): object =>
  fogisMatch(n + 1, {
    tid: `/Date(${Date.now() + ((n % 200) + 1) * 86_400_000})/`,
    tavlingnamn: `Provserien ${n % 40}`,
    ...rest,
    domaruppdraglista: roles.slice(0, placesInMatch).map((role, place) => {
      const person = (n * placesInMatch + place + (place === placesInMatch - 1 ? turn : 0)) % people;
      return {
        personid: 1 + person,
        personnamn: `Prov Domare ${person}`,
        domarrollnamn: role,
        mobiltelefon: `07${String(person).padStart(8, "0")}`,
      };
    }),
  });

const loadSchema = z.object({
  took: z.array(z.number()),
  statuses: z.record(z.string(), z.int()),
  firstMs: z.number(),
  bytes: z.int(),
});

const load = async (urls: readonly string[], perSecondAsked: number): Promise<z.infer<typeof loadSchema>> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "feeds/load-child.ts"), String(perSecondAsked)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(urls.join("\n"));
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (some: string) => {
    text += some;
  });
  await once(child, "close");
  return loadSchema.parse(JSON.parse(text));
};

/** Changes matches at an even pace until it is told to end. */
const changeUntil = async (publish: (message: string) => Promise<unknown>, ended: AbortSignal): Promise<number> => {
  const begun = performance.now();
  let changed = 0;
  while (!ended.aborted) {
    for (; changed < ((performance.now() - begun) * changesPerSecond) / 1000; changed += 1) {
      const n = (changed * 7919) % matches;
      const turn = changed % eachPlace === 0 ? 1 + changed : 0;
      await publish(updateOf([matchOf(n, turn, { anlaggningnamn: `Provvallen ${changed}` })]));
    }
    await pause(10);
  }
  return changed;
};

const figures = (what: string, { took, statuses }: z.infer<typeof loadSchema>): readonly Figure[] => {
  const p99 = quantile(took, 0.99);
  const said = Object.entries(statuses).map(([status, count]) => `${count} × ${status}`);
  const good = Object.keys(statuses).every((status) => status === "200" || status === "304");
  return [
    { what: `${what}: answered`, value: said.join(", "), limit: "none fails", held: good },
    { what: `${what}: p50`, value: milliseconds(quantile(took, 0.5)) },
    { what: `${what}: p99`, value: milliseconds(p99), limit: `under ${limitMs} ms`, held: p99 < limitMs },
    { what: `${what}: slowest`, value: milliseconds(Math.max(...took)) },
  ];
};

export const bench: Bench = {
  title: `${people.toLocaleString("en")} calendars, each fetched every 15 minutes (${rate} a second), on one core beside ${changesPerSecond} changes a second`,
  run: async () => {
    const redis = await startRedis();
    const served = await serve(
      { REDIS_URL: redis.url, AVSPARK_LOG_LEVEL: "warn", AVSPARK_FEEDS_HOST: "127.0.0.1", AVSPARK_FEEDS_PORT: "0" },
      { wrap: (command) => ["taskset", "-c", "0", ...command] },
    );
    const publish = (message: string) => redis.publish(updates, message);
    try {
      await until(async () => (await fetch(`${served.address}/ready`)).ok, { everyMs: 50 });
      for (let n = 0; n < matches; n += 250)
        await publish(updateOf(Array.from({ length: 250 }, (_, i) => matchOf(n + i, 0))));
      const known = async (): Promise<number> => {
        const answer = await fetch(`${served.address}/matches?limit=1`);
        return z.object({ total: z.int() }).parse(await answer.json()).total;
      };
      await until(async () => (await known()) === matches, { withinMs: 120_000, everyMs: 500 });
      const begun = performance.now();
      const answer = await fetch(`${served.address}/make-feed`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ for: { kind: "everybody" } }),
      });
      const { feeds } = contract.makeFeed.output.parse(await answer.json());
      const madeMs = performance.now() - begun;
      const urls = feeds.flatMap(({ address }) => address ?? []);
      const asked = (count: number) => urls.filter((_, n) => n % Math.floor(urls.length / count) === 0).slice(0, count);

      // Both the file of all matches and the lists settle first.
      await pause(5000);
      const cpuBefore = cpuSeconds(served.pid);
      const quiet = await load(asked(rate * seconds), rate);
      const cpu = cpuSeconds(served.pid) - cpuBefore;
      const end = new AbortController();
      const changing = changeUntil(publish, end.signal);
      const busy = await load(asked(rate * seconds), rate);
      const rush = await load(asked(2000), 200);
      end.abort();
      const changed = await changing;
      return [
        { what: "calendars made in one go", value: `${feeds.length} in ${milliseconds(madeMs)}` },
        {
          what: "fetched whole, packed",
          value: `${Math.round(quiet.bytes / quiet.took.length)} bytes each, ${perSecond((quiet.took.length / quiet.firstMs) * 1000)}`,
        },
        ...figures("while nothing changes", quiet),
        {
          what: "the service's whole work for one request, fetched whole and asked again",
          value: `${Math.round((cpu / quiet.took.length) * 1e6)} µs`,
        },
        ...figures(`beside ${changesPerSecond} changes a second`, busy),
        ...figures("beside them, 200 requests a second", rush),
        { what: "changes published", value: String(changed) },
      ];
    } finally {
      await served.stop();
      await redis.close();
    }
  },
};
