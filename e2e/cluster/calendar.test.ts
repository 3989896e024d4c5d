import { setTimeout as pause } from "node:timers/promises";
import { expect, type TestContext, test } from "vitest";
import { ms, report } from "../feed/listener.ts";
import { startRadicale } from "../fixtures/radicale.ts";
import type { ServiceUnderTest } from "../fixtures/service.ts";
import { eventually } from "../service/world.ts";
import { clusterOf, deskOf, isUp, knownBy } from "./desk.ts";
import { createTelling, inRadicale, watch } from "./telling.ts";

const matches = 60;
const calendar = "matcher";

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

const writerOf = async (nodes: readonly ServiceUnderTest[]): Promise<ServiceUnderTest> =>
  eventually(async () => {
    for (const node of nodes) if (await isWriter(node)) return node;
    return null;
  });

const isWriter = async (node: ServiceUnderTest): Promise<boolean> =>
  (await clusterOf(node)).turns.some(({ isOurs }) => isOurs);

const lastWrite = async (node: ServiceUnderTest): Promise<string | null> =>
  (await node.call("redisStatus")).redis_status.calendars.find(({ name }) => name === "caldav")?.lastWriteAt ?? null;

test("one of two nodes writes; killed, it is followed by the other, and nothing is missing, twice or older over newer", {
  timeout: 240_000,
}, async (context) => {
  const { desk, radicale } = await deskWithCalendar(context);
  const telling = createTelling(desk.publisher, matches);
  const place = inRadicale(radicale, calendar);
  await telling.each();
  await telling.isIn(place);
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

  const stopWatching = watch(place);
  await telling.during(pause(2000));
  const killedAt = performance.now();
  writer.kill("SIGKILL");
  const followed = async (): Promise<void> => {
    await eventually(() => isWriter(other), { everyMs: 20 });
    const turnMs = performance.now() - killedAt;
    await eventually(async () => (await lastWrite(other)) !== null, { everyMs: 20 });
    const handOverMs = performance.now() - killedAt;
    report(
      `the writer was killed: the other had the turn after ${ms(turnMs)}, and had written after ${ms(handOverMs)}`,
    );
    await writer.restart();
    await isUp(writer);
  };
  await telling.during(followed());
  await telling.isIn(place);

  // The one that writes is stopped in the middle of it and goes on when the other has written for long.
  const stopped = async (): Promise<void> => {
    other.kill("SIGSTOP");
    await eventually(() => isWriter(writer));
    await pause(3000);
    other.kill("SIGCONT");
    await isUp(other);
  };
  await telling.during(stopped());
  await telling.isIn(place);
  expect(await stopWatching()).toEqual([]);
  for (const node of desk.nodes) await eventually(async () => (await knownBy(node)).length === telling.told());
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
