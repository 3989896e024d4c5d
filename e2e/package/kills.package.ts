// The packaged app, ended with kill -9 again and again while messages come in. AVSPARK_TEST_KILLS chooses how often.

import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Sqlite from "libsql";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "../../src/main/adapters/journal/harness.ts";
import { contract } from "../../src/shared/contract.ts";
import { inDays, update } from "../fixtures/desk.ts";
import { startRedis } from "../fixtures/redis.ts";
import { until } from "../fixtures/until.ts";
import { builtPackage, createUser, install, isInstalled, openScreen, remove } from "./machine.ts";

const kills = Number(process.env.AVSPARK_TEST_KILLS ?? 100);
/** What one message tells, so that a batch has something to do; forty of them a second. */
const matchesInOne = 5;
const everyMs = 25;
/** As many as a season has, so that each has a timeline that a match may have. */
const known = 2000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const countSchema = z.object({ n: z.number() });
const textSchema = z.object({ integrity_check: z.string() });

/** What the dead app left: looked at in a copy, since looking would already mend it. A hundred copies would fill the memory. */
const leftIn = (folder: string) => {
  const copy = temporaryFolder();
  for (const name of readdirSync(folder).filter((file) => file.startsWith("journal.db") && !file.includes("lock")))
    cpSync(join(folder, name), join(copy, name));
  const database = new Sqlite(join(copy, "journal.db"));
  try {
    const integrity = textSchema.parse(database.prepare("PRAGMA integrity_check").get()).integrity_check;
    const one = (sql: string): number => countSchema.parse(database.prepare(sql).get()).n;
    return {
      integrity,
      counted: one("SELECT coalesce(sum(valid + invalid), 0) AS n FROM stats_channels WHERE step = 60"),
      matches: one("SELECT count(*) AS n FROM matches"),
    };
  } finally {
    database.close();
    rmSync(copy, { recursive: true });
  }
};

test(`${kills} kills under load: it starts each time, the journal is whole, and nothing that was counted is lost`, async () => {
  if (isInstalled()) throw new Error("A package is installed already: dpkg --purge avspark-not-for-release");
  const redis = await startRedis();
  onTestFinished(redis.close);
  const screen = await openScreen();
  onTestFinished(screen.close);
  onTestFinished(remove);
  install(builtPackage());
  const user = await createUser(`avspark-k${process.pid}`, screen);
  onTestFinished(user.remove);
  const folder = join(user.home, ".local/share/avspark");

  /** What the app says that it has: how many messages it counted, and of how many matches. */
  const told = async () => {
    const ask = async (path: string) => (await fetch(`http://127.0.0.1:${user.port}${path}`)).json();
    const { buckets } = contract.stats.output.parse(await ask("/stats?range=24h")).stats;
    const channels = buckets.flatMap((bucket) => Object.values(bucket.channels));
    return {
      counted: channels.reduce((sum, { valid, invalid }) => sum + valid + invalid, 0),
      matches: contract.redisStats.output.parse(await ask("/redis-stats")).statistics.statistics.subscription_stats
        .matches,
    };
  };

  let publishing = true;
  let next = 0;
  const load = (async (): Promise<void> => {
    while (publishing) {
      const some = Array.from({ length: matchesInOne }, () => {
        next += 1;
        return {
          id: 7_000_000 + (next % known),
          home: `Hemma ${next}`,
          away: "Borta BK",
          kickoff: inDays(1 + (next % 60)),
        };
      });
      await redis.publish("fogis:matches:updates", JSON.stringify(update(...some)));
      await pause(everyMs);
    }
  })();
  onTestFinished(async () => {
    publishing = false;
    await load;
  });

  let kept = { counted: 0, matches: 0 };
  const starts: number[] = [];
  for (let round = 1; round <= kills; round += 1) {
    const began = performance.now();
    const app = await user.start({ REDIS_URL: redis.url });
    starts.push(performance.now() - began);
    // What was told before the kill is still so.
    const again = await told();
    expect(again.counted, `messages counted, after kill ${round - 1}`).toBeGreaterThanOrEqual(kept.counted);
    expect(again.matches, `matches, after kill ${round - 1}`).toBeGreaterThanOrEqual(kept.matches);

    await until(async () => (await told()).counted > again.counted + 2, {
      withinMs: 60_000,
      everyMs: 50,
      what: () => "messages that come in",
    });
    await pause(Math.random() * 700);
    kept = await told();
    app.kill("SIGKILL");
    await app.ended;
    await until(() => app.processes().length === 0, { withinMs: 30_000, what: () => "no process of the dead app" });

    const left = leftIn(folder);
    expect(left.integrity, `the journal after kill ${round}`).toBe("ok");
    expect(left.counted, `messages counted in the journal, after kill ${round}`).toBeGreaterThanOrEqual(kept.counted);
    expect(left.matches, `matches in the journal after kill ${round}`).toBeGreaterThanOrEqual(kept.matches);
    if (round % 10 === 0) say(`${round} kills, ${left.counted} messages, ${left.matches} matches`);
  }
  expect(existsSync(folder)).toBe(true);
  const sorted = starts.toSorted((a, b) => a - b);
  say(
    `until it listens: median ${Math.round(sorted[Math.floor(kills / 2)] ?? 0)} ms, longest ${Math.round(sorted.at(-1) ?? 0)} ms`,
  );
});
