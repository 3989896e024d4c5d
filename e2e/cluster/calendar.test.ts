import { setTimeout as pause } from "node:timers/promises";
import { expect, type TestContext, test } from "vitest";
import { ms, report } from "../feed/listener.ts";
import { type Radicale, startRadicale } from "../fixtures/radicale.ts";
import type { ServiceUnderTest } from "../fixtures/service.ts";
import { eventually } from "../service/world.ts";
import { channel, clusterOf, type Desk, deskOf, isUp, knownBy } from "./desk.ts";

const matches = 120;
const calendar = "matcher";

/** The n-th change: another pitch, always a higher one, for one of the matches. */
const said = (n: number): string => {
  const match = n % matches;
  return JSON.stringify({
    type: "match_updates",
    payload: {
      matches: [
        {
          match_id: 7_000_000 + match,
          teams: { home: { name: `Lag ${match} BK` }, away: { name: "Borta IF" } },
          date: new Date(Date.now() + (match + 2) * 86_400_000).toISOString().slice(0, 10),
          time: "18:00",
          venue: { name: `Plan ${n}` },
        },
      ],
    },
  });
};

const deskWithCalendar = async (context: Pick<TestContext, "onTestFinished">) => {
  const radicale = await startRadicale();
  context.onTestFinished(() => radicale.close());
  const address = await radicale.makeCalendar(calendar);
  const desk = await deskOf(context, {
    settings: {
      AVSPARK_CALENDARS: "caldav",
      CALDAV_URL: address,
      CALDAV_USERNAME: radicale.username,
      CALDAV_PASSWORD: radicale.password,
    },
  });
  return { desk, radicale };
};

/** In which pitch's words each match stands in the calendar, by the match's team; more than one event is more than one. */
const pitches = async (radicale: Radicale): Promise<ReadonlyMap<string, readonly number[]>> => {
  const found = new Map<string, readonly number[]>();
  for (const text of (await radicale.stored(calendar)).values()) {
    const match = /SUMMARY:.*?Lag (\d+) BK/.exec(text)?.[1];
    const pitch = /LOCATION:Plan (\d+)/.exec(text)?.[1];
    if (match !== undefined && pitch !== undefined) found.set(match, [...(found.get(match) ?? []), Number(pitch)]);
  }
  return found;
};

const writerOf = async (nodes: readonly ServiceUnderTest[]): Promise<ServiceUnderTest> =>
  eventually(async () => {
    for (const node of nodes) if (await isWriter(node)) return node;
    return null;
  });

const isWriter = async (node: ServiceUnderTest): Promise<boolean> =>
  (await clusterOf(node)).turns.some(({ isOurs }) => isOurs);

const lastWrite = async (node: ServiceUnderTest): Promise<string | null> =>
  (await node.call("redisStatus")).redis_status.calendars.find(({ name }) => name === "caldav")?.lastWriteAt ?? null;

/** Looks at the calendar until told to stop; tells of events that went back to an older word, and of doubles. */
const watch = (radicale: Radicale) => {
  const wrong: string[] = [];
  let before = new Map<string, number>();
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const now = new Map<string, number>();
      for (const [match, all] of await pitches(radicale)) {
        if (all.length > 1) wrong.push(`${match} stands there ${all.length} times`);
        const pitch = Math.max(...all);
        if (pitch < (before.get(match) ?? 0)) wrong.push(`${match}: ${pitch} over ${before.get(match)}`);
        now.set(match, pitch);
      }
      before = now;
      await pause(50);
    }
  })();
  return async (): Promise<readonly string[]> => {
    isOver = true;
    await watching;
    return wrong;
  };
};

/** Tells of changes for so long, 20 each second; answers how many there were in all. */
const tell = async ({ publisher }: Desk, from: number, seconds: number): Promise<number> => {
  const begun = performance.now();
  let n = from;
  for (; n < from + seconds * 20; n += 1) {
    await publisher.publish(channel, said(n));
    await pause(Math.max(0, begun + (n - from + 1) * 50 - performance.now()));
  }
  return n;
};

const isAsTold = async (radicale: Radicale, told: number): Promise<void> => {
  const wanted = Array.from({ length: matches }, (_, match) => {
    const last = told - 1 - ((told - 1 - match) % matches);
    return [String(match), [last]] as const;
  });
  const sorted = (all: Iterable<readonly [string, readonly number[]]>) =>
    [...all].sort(([a], [b]) => Number(a) - Number(b));
  await eventually(async () => JSON.stringify(sorted(await pitches(radicale))) === JSON.stringify(sorted(wanted)), {
    withinMs: 60_000,
    what: () => "the calendar as it was told",
  });
};

test("one of two nodes writes; killed, it is followed by the other, and nothing is missing, twice or older over newer", {
  timeout: 240_000,
}, async (context) => {
  const { desk, radicale } = await deskWithCalendar(context);
  let told = 0;
  for (; told < matches; told += 1) await desk.publisher.publish(channel, said(told));
  await isAsTold(radicale, told);
  const writer = await writerOf(desk.nodes);
  const other = desk.nodes.find((node) => node !== writer);
  if (other === undefined) throw new Error("Two nodes are needed.");
  expect(await isWriter(other)).toBe(false);
  expect(await lastWrite(other)).toBeNull();
  // What the other node is to write is not waited for for ever.
  await eventually(async () => {
    const status = (await other.call("redisStatus")).redis_status.calendars.find(({ name }) => name === "caldav");
    return status?.there === matches && status.waiting === 0;
  });
  await expect(other.call("undo", { target: "caldav" })).rejects.toMatchObject({
    problem: { kind: "calendar-elsewhere" },
  });

  const stopWatching = watch(radicale);
  told = await tell(desk, told, 3);
  const telling = tell(desk, told, 12);
  writer.kill("SIGKILL");
  const killedAt = performance.now();
  await writer.ended();
  await eventually(() => isWriter(other), { everyMs: 20 });
  const turnMs = performance.now() - killedAt;
  await eventually(async () => (await lastWrite(other)) !== null, { everyMs: 20 });
  const handOverMs = performance.now() - killedAt;
  report(`the writer was killed: the other had the turn after ${ms(turnMs)}, and had written after ${ms(handOverMs)}`);
  await writer.restart();
  told = await telling;
  await isUp(writer);
  await isAsTold(radicale, told);

  // The one that writes is stopped in the middle of it and goes on when the other has written for long.
  const telling2 = tell(desk, told, 14);
  other.kill("SIGSTOP");
  await eventually(() => isWriter(writer), { everyMs: 50 });
  await pause(3000);
  other.kill("SIGCONT");
  told = await telling2;
  await isAsTold(radicale, told);
  expect(await stopWatching()).toEqual([]);
  for (const node of desk.nodes) await eventually(async () => (await knownBy(node)).length === told);
  expect((await Promise.all(desk.nodes.map(isWriter))).filter(Boolean)).toHaveLength(1);

  // Who ends leaves the turn to the other, which need not wait until it runs out.
  expect(await isWriter(writer)).toBe(true);
  const begun = performance.now();
  const passing = eventually(() => isWriter(other), { everyMs: 20, withinMs: 4000 }).then(
    () => performance.now() - begun,
  );
  const [passedMs] = await Promise.all([passing, writer.restart()]);
  report(`the writer was ended: the other had the turn after ${ms(passedMs)}`);
});
