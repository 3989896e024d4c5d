import { expect, test } from "vitest";
import { z } from "zod";
import { ms, report } from "../feed/listener.ts";
import { type ServiceUnderTest, startService } from "../fixtures/service.ts";
import { eventually } from "../service/world.ts";
import { changesIn, channel, clusterOf, deskOf, isUp, logKey } from "./desk.ts";

const id = "7000001";
const message = JSON.stringify({
  type: "match_updates",
  payload: {
    matches: [
      {
        matchid: 7_000_001,
        ...{ lag1namn: "Alfa", lag2namn: "Beta", speldatum: "2027-06-01", avsparkstid: "18:00" },
        domaruppdraglista: [{ personnamn: "Ada Prov", personid: 77, domarrollnamn: "Huvuddomare" }],
      },
    ],
  },
});

const matchOn = async (node: ServiceUnderTest) => (await node.call("match", { id })).match;

/** What people wrote of the match, as a node knows it. */
const writtenOn = async (node: ServiceUnderTest) => {
  const { declinedAt, notes, told } = await matchOn(node);
  return { declinedAt, notes, told };
};

test("what is decided and written on one node stands on all within a second, and after the loss of any", async (context) => {
  const desk = await deskOf(context);
  const [one, other] = desk.nodes;
  if (one === undefined || other === undefined) throw new Error("Two nodes are needed.");
  await desk.publisher.publish(channel, message);
  for (const node of desk.nodes)
    await eventually(async () => (await node.matches()).length === 1, { what: () => "the match is known" });

  const begun = performance.now();
  await one.call("decline", { matchId: id, declined: true });
  const answeredMs = performance.now() - begun;
  await eventually(async () => (await matchOn(other)).declinedAt !== null, { everyMs: 10, withinMs: 1000 });
  report(
    `a decision was answered after ${ms(answeredMs)}, and stood on the other after ${ms(performance.now() - begun)}`,
  );
  await other.call("decline", { matchId: id, declined: false });
  await eventually(async () => (await matchOn(one)).declinedAt === null, { withinMs: 1000 });

  const { note } = await one.call("note", { matchId: id, text: "Ring Ada", by: "Bo" });
  await other.call("note", { matchId: id, text: "Ada svarar inte", by: "Cia" });
  await other.call("tell", { matchId: id, told: true, by: "Cia" });
  await eventually(async () => (await matchOn(one)).told.length === 1, { withinMs: 1000 });
  expect((await matchOn(one)).notes.map(({ text }) => text)).toEqual(["Ring Ada", "Ada svarar inte"]);
  expect(await writtenOn(other)).toEqual(await writtenOn(one));

  // Whoever was away reads it; whoever made it may be lost.
  other.kill("SIGKILL");
  await other.ended();
  await one.call("removeNote", { matchId: id, id: note.id });
  await one.call("decline", { matchId: id, declined: true });
  const written = await writtenOn(one);
  one.kill("SIGKILL");
  await one.ended();
  await other.restart();
  await isUp(other);
  await eventually(async () => (await matchOn(other)).declinedAt !== null);
  expect(await writtenOn(other)).toEqual(written);
  expect(written.notes.map(({ text }) => text)).toEqual(["Ada svarar inte"]);
});

test("a decision that the log has lost with its end is said again by the node on which it was made", async (context) => {
  const desk = await deskOf(context);
  const [one, other] = desk.nodes;
  if (one === undefined || other === undefined) throw new Error("Two nodes are needed.");
  await desk.publisher.publish(channel, message);
  for (const node of desk.nodes) await eventually(async () => (await node.matches()).length === 1);
  other.kill("SIGKILL");
  await other.ended();
  await one.call("decline", { matchId: id, declined: true });
  await desk.shared.command("FLUSHALL");
  await desk.shared.command("CLIENT", "KILL", "TYPE", "normal");
  await eventually(async () => Number(await desk.shared.command("XLEN", logKey)) === 2, {
    what: () => "the log, whole",
  });
  await other.restart();
  await isUp(other);
  await eventually(async () => (await matchOn(other)).declinedAt !== null);
});

test("what is entered by hand and who is erased on one node is so on all, also on one that was away", async (context) => {
  const desk = await deskOf(context);
  const [one, other] = desk.nodes;
  if (one === undefined || other === undefined) throw new Error("Two nodes are needed.");
  const entered = { home: "Hand", away: "Lag", venue: "Plan 1", officials: [{ role: "Domare", name: "Bea Prov" }] };
  const { match } = await one.call("enter", { match: entered });
  const heldBy = async (node: ServiceUnderTest) => (await node.call("match", { id: match.id })).match;
  await eventually(async () => (await other.matches()).some((known) => known.id === match.id), { withinMs: 1000 });
  // All know the same of it, when it was entered too.
  expect(await changesIn(other, match.id)).toEqual(await changesIn(one, match.id));
  await expect(other.call("manualSync", { matches: [{ nothing: 1 }] })).rejects.toThrow();
  await other.call("enter", { id: match.id, match: { ...entered, venue: "Plan 2" } });
  await eventually(async () => (await heldBy(one)).venue === "Plan 2", { withinMs: 1000 });

  await desk.publisher.publish(channel, message);
  for (const node of desk.nodes) await eventually(async () => (await node.matches()).length === 2);
  other.kill("SIGKILL");
  await other.ended();
  expect(await one.call("erasePerson", { name: "Ada Prov" })).toMatchObject({ matches: 1 });
  expect((await matchOn(one)).officials).toEqual([]);
  await other.restart();
  await isUp(other);
  await eventually(async () => (await matchOn(other)).officials.length === 0);
  const { person } = await other.call("personalData", { name: "Ada Prov" });
  expect(person).toMatchObject({ matches: [], timelines: [], messages: [] });
  expect((await heldBy(other)).officials.map(({ name }) => name)).toEqual(["Bea Prov"]);
});

test("without the shared log nothing is decided, and whoever decides is told so", async (context) => {
  const desk = await deskOf(context);
  const [one] = desk.nodes;
  if (one === undefined) throw new Error("A node is needed.");
  await desk.publisher.publish(channel, message);
  await eventually(async () => (await one.matches()).length === 1);
  await expect(one.call("decline", { matchId: "no such match", declined: true })).rejects.toMatchObject({
    problem: { kind: "not-found" },
  });
  await desk.shared.stop();
  await expect(one.call("decline", { matchId: id, declined: true })).rejects.toMatchObject({
    problem: { kind: "cluster-lost" },
  });
  expect((await matchOn(one)).declinedAt).toBeNull();
});

test("alerts that are seen or snoozed and calendars with secret addresses are so on all nodes, also after the loss of any", async (context) => {
  const desk = await deskOf(context);
  const [one, other] = desk.nodes;
  if (one === undefined || other === undefined) throw new Error("Two nodes are needed.");
  await desk.publisher.publish(channel, message);
  for (const text of ["Planen är stängd", "Ny domare saknas"])
    await desk.publisher.publish(
      "fogis:system:alerts",
      JSON.stringify({ type: "system_alert", payload: { alert_type: "stop", severity: "high", message: text } }),
    );
  const alertsOf = async (node: ServiceUnderTest) =>
    (await node.call("alerts", { all: true })).alerts.filter(({ cause }) => cause.kind === "system");
  for (const node of desk.nodes) await eventually(async () => (await alertsOf(node)).length === 2);
  const [seen, put] = await alertsOf(one);
  if (seen === undefined || put === undefined) throw new Error("Two alerts are needed.");
  const stateOn = async (node: ServiceUnderTest, wanted: string) =>
    (await alertsOf(node)).find(({ key }) => key === wanted)?.state;

  const begun = performance.now();
  await one.call("acknowledge", { id: seen.id });
  await eventually(async () => (await stateOn(other, seen.key))?.name === "acknowledged", {
    withinMs: 1000,
    everyMs: 10,
  });
  report(`an alert that was seen was so on the other node after ${ms(performance.now() - begun)}`);
  await one.call("snooze", { id: put.id, until: new Date(Date.now() + 3_600_000).toISOString() });
  await eventually(async () => (await stateOn(other, put.key))?.name === "snoozed", { withinMs: 1000 });
  expect(await stateOn(other, put.key)).toEqual(await stateOn(one, put.key));

  const { feeds } = await one.call("makeFeed", { for: { kind: "team", name: "Alfa" } });
  const [feed] = feeds;
  if (feed === undefined) throw new Error("A calendar was made.");
  const feedsOf = async (node: ServiceUnderTest) => (await node.call("feeds")).feeds;
  await eventually(async () => (await feedsOf(other)).length === 1, { withinMs: 1000 });
  const pathOf = (address: string | null | undefined): string => new URL(address ?? "").pathname;
  expect(pathOf((await feedsOf(other))[0]?.address)).toBe(pathOf(feed.address));
  const { feed: renewed } = await other.call("renewFeed", { id: feed.id });
  const follow = (node: ServiceUnderTest, address: string | null) => fetch(`${node.address()}${pathOf(address)}`);
  await eventually(async () => (await follow(one, renewed.address)).status === 200, { withinMs: 1000 });
  expect((await follow(one, feed.address)).status).toBe(404);

  // Whoever was away reads it, and whoever decided it may be lost.
  other.kill("SIGKILL");
  await other.ended();
  await one.call("reactivate", { id: seen.id });
  await one.call("revokeFeed", { id: feed.id });
  one.kill("SIGKILL");
  await one.ended();
  await other.restart();
  await isUp(other);
  await eventually(async () => (await stateOn(other, seen.key))?.name === "active");
  await eventually(async () => (await feedsOf(other)).length === 0);
  expect((await stateOn(other, put.key))?.name).toBe("snoozed");
});

test("two decisions that a failover puts into the wrong order hold on every node as they were made", async (context) => {
  const desk = await deskOf(context);
  const [one, other] = desk.nodes;
  if (one === undefined || other === undefined) throw new Error("Two nodes are needed.");
  await desk.publisher.publish(channel, message);
  for (const node of desk.nodes) await eventually(async () => (await node.matches()).length === 1);
  await one.call("decline", { matchId: id, declined: true });
  await eventually(async () => (await matchOn(other)).declinedAt !== null);
  await other.call("decline", { matchId: id, declined: false });
  await eventually(async () => (await matchOn(one)).declinedAt === null);
  const words = z
    .array(z.tuple([z.string(), z.array(z.string())]))
    .parse(await desk.shared.command("XRANGE", logKey, "-", "+"))
    .filter(([, fields]) => fields.includes("word"));
  expect(words).toHaveLength(2);

  // The log loses its end; who says it again first is whoever connects first, and says the later one first.
  for (const node of desk.nodes) node.kill("SIGSTOP");
  await desk.shared.command("FLUSHALL");
  for (const [first, fields] of words.toReversed())
    await desk.shared.command("XADD", logKey, "*", ...fields, "first", first);
  await desk.shared.command("CLIENT", "KILL", "TYPE", "normal");
  for (const node of desk.nodes) node.kill("SIGCONT");
  const third = await startService(desk.settings);
  context.onTestFinished(async () => void (await third.close()));
  await isUp(third);
  const nodes = [...desk.nodes, third];
  for (const node of nodes)
    await eventually(async () => {
      const { log, connection } = await clusterOf(node);
      return connection.state === "live" && log.behind === 0 && (await node.matches()).length === 1;
    });
  for (const node of nodes) expect((await matchOn(node)).declinedAt).toBeNull();
  // Nothing was decided once more because it was read once more.
  for (const node of desk.nodes)
    expect((await changesIn(node, id)).map(([field]) => field)).toEqual(["added", "declined", "reclaimed"]);
});
