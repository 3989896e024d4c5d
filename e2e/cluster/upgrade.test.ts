import { expect, test } from "vitest";
import { ms, report } from "../feed/listener.ts";
import { folder } from "../fixtures/folder.ts";
import { startRadicale } from "../fixtures/radicale.ts";
import type { ServiceUnderTest } from "../fixtures/service.ts";
import { eventually } from "../service/world.ts";
import { clusterOf, deskOf, isUp, knownBy } from "./desk.ts";
import { newerIn } from "./newer.ts";
import { createTelling, inRadicale, watch } from "./telling.ts";

const matches = 60;
const calendar = "matcher";
const noticedWithinMs = 2000;

const problemOf = async (node: ServiceUnderTest) => (await clusterOf(node)).problem?.kind ?? null;
const hasStopped = async (node: ServiceUnderTest): Promise<boolean> => (await problemOf(node)) === "cluster-newer";
const writes = async (node: ServiceUnderTest): Promise<boolean> =>
  (await clusterOf(node)).turns.some(({ isOurs }) => isOurs);

test("three nodes are upgraded one after the other: those that cannot read what the newer ones write stop and leave the calendar to them, and nothing is lost", {
  timeout: 360_000,
}, async (context) => {
  const radicale = await startRadicale();
  context.onTestFinished(() => radicale.close());
  const desk = await deskOf(context, {
    nodes: 3,
    settings: {
      AVSPARK_CALENDARS: "caldav",
      CALDAV_URL: await radicale.makeCalendar(calendar),
      CALDAV_USERNAME: radicale.username,
      CALDAV_PASSWORD: radicale.password,
    },
  });
  const newer = await newerIn(await folder());
  const telling = createTelling(desk.publisher, matches);
  const place = inRadicale(radicale, calendar);
  await telling.each();
  await telling.isIn(place);
  const stopWatching = watch(place, 200);

  // The one that writes the calendar is upgraded last: it has to leave that to one of the others before.
  const writer = await eventually(async () => {
    for (const node of desk.nodes) if (await writes(node)) return node;
    return null;
  });
  const [first, second] = desk.nodes.filter((node) => node !== writer);
  if (first === undefined || second === undefined) throw new Error("Three nodes are needed.");

  const upgrade = async (node: ServiceUnderTest): Promise<void> => {
    await node.restart(undefined, newer);
    await isUp(node);
  };
  await telling.during(upgrade(first));
  // It says to the log what the others have not said yet; what a person decides it says alone.
  const id = telling.idOf(0);
  const begun = performance.now();
  await first.call("note", { matchId: id, text: "Efter uppgraderingen", by: "Bo" });
  for (const node of [second, writer])
    await eventually(() => hasStopped(node), { everyMs: 20, withinMs: noticedWithinMs });
  report(`two nodes met what a newer one had written, and had said so after ${ms(performance.now() - begun)}`);
  for (const node of [second, writer]) {
    await eventually(async () => (await node.health()).level === "critical", { withinMs: noticedWithinMs });
    await expect(node.call("decline", { matchId: id, declined: true })).rejects.toMatchObject({
      problem: { kind: "cluster-newer" },
    });
  }
  await telling.during(
    eventually(() => writes(first)),
    2,
  );
  report(`the newer node had the calendar ${ms(performance.now() - begun)} after that`);
  // The calendar has it all, though one node alone still follows.
  await telling.isIn(place);
  expect(await writes(writer)).toBe(false);

  await telling.during(upgrade(second));
  expect(await hasStopped(writer)).toBe(true);
  await telling.during(upgrade(writer), 2);
  await telling.isIn(place);
  expect(await stopWatching()).toEqual([]);
  for (const node of desk.nodes) {
    await eventually(async () => (await knownBy(node)).length === telling.told(), {
      what: () => `all ${telling.told()} known`,
    });
    expect(await problemOf(node)).toBeNull();
    const { match } = await node.call("match", { id });
    expect(match.notes.map(({ text }) => text)).toEqual(["Efter uppgraderingen"]);
    expect((await node.gaps()).filter(({ cause }) => cause.kind === "stream")).toEqual([]);
  }
});
