import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, type TestContext, test } from "vitest";
import { clusterOf, isUp } from "../cluster/desk.ts";
import { pairOf } from "../cluster/pair.ts";
import { createTelling, inGoogle, inRadicale, watch } from "../cluster/telling.ts";
import { type Way, waysOf } from "../cluster/ways.ts";
import { ms, report } from "../feed/listener.ts";
import { type Radicale, startRadicale } from "../fixtures/radicale.ts";
import { startRedis } from "../fixtures/redis.ts";
import { type ServiceUnderTest, startService } from "../fixtures/service.ts";
import { eventually } from "../service/world.ts";
import { primaryCalendar } from "../stand-ins/google-calendar/server.ts";
import { spawnGoogle } from "../stand-ins/google-calendar/spawn.ts";

const matches = 500;
const calendar = "matcher";
const mostHandOverMs = 8000;
const mostFailoverMs = 6000;

type Node = { readonly service: ServiceUnderTest; readonly ways: Awaited<ReturnType<typeof waysOf>> };

const world = async (context: Pick<TestContext, "onTestFinished">) => {
  const { onTestFinished } = context;
  const publisher = await startRedis();
  onTestFinished(() => publisher.close());
  const pair = await pairOf(context);
  const radicale = await startRadicale();
  onTestFinished(() => radicale.close());
  const google = await spawnGoogle({ latencyMs: 20 });
  onTestFinished(google.stop);
  const folder = await mkdtemp(join(tmpdir(), "avspark-nodes-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const tokenFile = join(folder, "token.json");
  await writeFile(tokenFile, JSON.stringify(await google.order("tokenFile")));
  const calendars = { caldav: await radicale.makeCalendar(calendar), google: google.url };
  const nodes = await Promise.all(
    Array.from({ length: 3 }, async (): Promise<Node> => {
      const ways = await waysOf(context, { publisher: publisher.url, pair, calendars });
      const service = await startService({
        AVSPARK_CALENDARS: "caldav,google",
        CALDAV_USERNAME: radicale.username,
        CALDAV_PASSWORD: radicale.password,
        GOOGLE_CALENDAR_ID: primaryCalendar,
        GOOGLE_CALENDAR_TOKEN_FILE: tokenFile,
        AVSPARK_DESK: "prov",
        AVSPARK_POLL_INTERVAL: "0",
        ...ways.settings,
      });
      onTestFinished(async () => void (await service.close()));
      return { service, ways };
    }),
  );
  for (const { service } of nodes) await isUp(service);
  return { publisher, pair, radicale, google, nodes };
};

/** For how long a calendar was not written, at the longest, since this was asked. */
const pausesOf = (radicale: Radicale) => {
  let last = performance.now();
  let longest = 0;
  let isOver = false;
  const looking = (async () => {
    let changedAt = await radicale.changedAt(calendar);
    while (!isOver) {
      const now = await radicale.changedAt(calendar);
      if (now !== changedAt) {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
        changedAt = now;
      }
      await pause(10);
    }
  })();
  return async (): Promise<number> => {
    isOver = true;
    await looking;
    return Math.max(longest, performance.now() - last);
  };
};

const writesCaldav = async ({ service }: Node): Promise<boolean> =>
  (await clusterOf(service)).turns.some(({ target, isOurs }) => target === "caldav" && isOurs);

test("three nodes lose a process, a while, a way, their servers: nothing is missing, wrong, twice or older over newer", async (context) => {
  const { publisher, pair, radicale, google, nodes } = await world(context);
  const telling = createTelling(publisher, matches);
  const places = [inRadicale(radicale, calendar), inGoogle(google)];
  await telling.each();
  for (const place of places) await telling.isIn(place, 180_000);
  const watching = places.map((place) => watch(place, 500));

  const writer = () =>
    eventually(async () => {
      for (const node of nodes) if (await writesCaldav(node)) return node;
      return null;
    });
  const figures: { readonly fault: string; readonly pauseMs: number; readonly mostMs: number | null }[] = [];
  /** While it is told of changes something befalls the nodes; afterwards all is as it was told. */
  const befall = async (fault: string, work: () => Promise<void>, mostMs: number | null): Promise<void> => {
    const over = pausesOf(radicale);
    await telling.during(work(), 5);
    const pauseMs = await over();
    report(`${fault}: the calendar was not written for ${ms(pauseMs)} at the longest`);
    figures.push({ fault, pauseMs, mostMs });
    for (const place of places) await telling.isIn(place, 180_000);
    for (const { service } of nodes) await isUp(service);
  };
  const kill = async (): Promise<void> => {
    const { service } = await writer();
    service.kill("SIGKILL");
    await service.ended();
    await pause(10_000);
    await service.restart();
    await isUp(service);
  };
  const stopFor = async (): Promise<void> => {
    const { service } = await writer();
    service.kill("SIGSTOP");
    await pause(20_000);
    service.kill("SIGCONT");
  };
  const cut = (from?: readonly Way[]) => async (): Promise<void> => {
    const { ways } = await writer();
    ways.cut(from);
    await pause(20_000);
    ways.mend();
  };
  const failOver = () => pair.failOver(1000, pause);
  const without = async (): Promise<void> => {
    const all = [...pair.servers, pair.sentinel];
    for (const server of all) server.kill("SIGSTOP");
    await pause(15_000);
    for (const server of all) server.kill("SIGCONT");
  };

  for (let n = 0; n < 3; n += 1) await befall("the writer is killed", kill, mostHandOverMs);
  await befall("the writer is stopped for 20 s", stopFor, mostHandOverMs);
  await befall("the writer is cut off from what the nodes share", cut(["shared"]), mostHandOverMs);
  await befall("the writer is cut off from the publisher", cut(["publisher"]), mostHandOverMs);
  await befall("the writer is cut off from the calendars", cut(["calendars"]), mostHandOverMs);
  await befall("the writer is cut off from all", cut(), mostHandOverMs);
  for (let n = 0; n < 2; n += 1) await befall("the master dies with the end of the log", failOver, mostFailoverMs);
  await befall("15 s without the shared server", without, null);

  for (const stop of watching) expect(await stop()).toEqual([]);
  for (const { service } of nodes)
    for (let match = 0; match < matches; match += 1) {
      const { changes } = await service.call("match", { id: telling.idOf(match) });
      const pitches = changes
        .toReversed()
        .flatMap(({ difference }) => (difference.field === "venue" ? [String(difference.after)] : []));
      const [, ...later] = telling.pitchesOf(match);
      expect(pitches, telling.idOf(match)).toEqual(later.map((pitch) => `Plan ${pitch}`));
    }
  expect(figures.filter(({ pauseMs, mostMs }) => mostMs !== null && pauseMs > mostMs)).toEqual([]);
});
