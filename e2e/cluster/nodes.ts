import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, type TestContext } from "vitest";
import { ms, report } from "../feed/listener.ts";
import { startRadicale } from "../fixtures/radicale.ts";
import { startRedis } from "../fixtures/redis.ts";
import { type ServiceUnderTest, startService } from "../fixtures/service.ts";
import { eventually } from "../service/world.ts";
import { primaryCalendar } from "../stand-ins/google-calendar/server.ts";
import { spawnGoogle } from "../stand-ins/google-calendar/spawn.ts";
import { clusterOf, isUp } from "./desk.ts";
import { pairOf } from "./pair.ts";
import { createTelling, inGoogle, inRadicale, watch } from "./telling.ts";
import { type Way, waysOf } from "./ways.ts";

const matches = 500;
const calendar = "matcher";
/** A calendar of a machine that is busy takes its time; one that nothing more comes into is not as it should be. */
const standstillMs = 120_000;
/** For so long at most nobody writes the calendar when its writer is lost, and when what the nodes share fails over. */
const handOverMs = 8000;
const failoverMs = 6000;

type Node = { readonly service: ServiceUnderTest; readonly ways: Awaited<ReturnType<typeof waysOf>> };
type Fault = {
  readonly name: string;
  readonly work: () => Promise<void>;
  /** null: while it lasts nobody can write. */
  readonly mostMs: number | null;
};

/** Three nodes, each with ways of its own to the publisher, to what they share, to Radicale and to a stand-in of Google. */
const startNodes = async (context: Pick<TestContext, "onTestFinished">) => {
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

/** Asks again and again for something that changes; answers the longest time in which it did not, when it is told to stop. */
const longestStandstill = (ask: () => Promise<unknown>) => {
  let last = performance.now();
  let longest = 0;
  let isOver = false;
  const looking = (async () => {
    let before = await ask();
    while (!isOver) {
      const now = await ask();
      if (now !== before) {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
        before = now;
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

/** Three nodes that are told of 20 changes a second while faults befall them, and what is to be said of them afterwards. */
export const befallNodes = async (context: Pick<TestContext, "onTestFinished">) => {
  const { publisher, pair, radicale, google, nodes } = await startNodes(context);
  const telling = createTelling(publisher, matches);
  const places = [inRadicale(radicale, calendar), inGoogle(google)];
  const settled = async (): Promise<void> => {
    for (const place of places) await telling.isIn(place, standstillMs);
  };
  await telling.each();
  await settled();
  const watching = places.map((place) => watch(place, 500));
  const pauses: { readonly fault: string; readonly pauseMs: number; readonly mostMs: number | null }[] = [];

  const writer = () =>
    eventually(async () => {
      for (const node of nodes) if (await writesCaldav(node)) return node;
      return null;
    });
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
  const without = async (): Promise<void> => {
    const all = [...pair.servers, pair.sentinel];
    for (const server of all) server.kill("SIGSTOP");
    await pause(15_000);
    for (const server of all) server.kill("SIGCONT");
  };

  return {
    faults: {
      kill: { name: "the writer is killed", work: kill, mostMs: handOverMs },
      stop: { name: "the writer is stopped for 20 s", work: stopFor, mostMs: handOverMs },
      cutShared: { name: "the writer is cut off from what the nodes share", work: cut(["shared"]), mostMs: handOverMs },
      cutPublisher: { name: "the writer is cut off from the publisher", work: cut(["publisher"]), mostMs: handOverMs },
      cutCalendars: { name: "the writer is cut off from the calendars", work: cut(["calendars"]), mostMs: handOverMs },
      cutAll: { name: "the writer is cut off from all", work: cut(), mostMs: handOverMs },
      failOver: {
        name: "the master dies with the end of the log",
        work: () => pair.failOver(1000, pause),
        mostMs: failoverMs,
      },
      without: { name: "15 s without the shared server", work: without, mostMs: null },
    } satisfies Record<string, Fault>,
    /** While it is told of changes something befalls the nodes; afterwards all is as it was told. */
    befall: async ({ name, work, mostMs }: Fault, seconds = 5): Promise<void> => {
      const over = longestStandstill(() => radicale.changedAt(calendar));
      await telling.during(work(), seconds);
      const pauseMs = await over();
      report(`${name}: the calendar was not written for ${ms(pauseMs)} at the longest`);
      pauses.push({ fault: name, pauseMs, mostMs });
      await settled();
      for (const { service } of nodes) await isUp(service);
    },
    /** Nothing was twice or older over newer at any time, each node was told all in order, and nobody was without a writer for too long. */
    judge: async (): Promise<void> => {
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
      report(`${telling.told()} changes were told of, and ${pauses.length} faults befell the nodes`);
      expect(pauses.filter(({ pauseMs, mostMs }) => mostMs !== null && pauseMs > mostMs)).toEqual([]);
    },
  };
};
