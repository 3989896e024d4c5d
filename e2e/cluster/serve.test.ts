import { expect, test } from "vitest";
import { folder } from "../fixtures/folder.ts";
import { json, startMatchServer } from "../fixtures/match-server.ts";
import { spawnServe } from "../fixtures/serve.ts";
import { eventually, expectGapsClosed } from "../service/world.ts";
import { changesIn, channel, clusterOf, type Desk, deskOf, isUp, knownBy, logKey } from "./desk.ts";

const matches = 20;

/** The n-th thing that is said, without an id. Every second time a match is told of, the same is said to the byte. */
const said = (n: number): string =>
  JSON.stringify({
    type: "match_updates",
    payload: {
      matches: [
        {
          ...{ matchid: 7_000_000 + (n % matches), hemmalag: "Alfa", bortalag: "Beta" },
          arena: `Plan ${Math.floor(n / matches) % 2}`,
        },
      ],
    },
  });

const publish = async ({ publisher }: Desk, from: number, to: number): Promise<void> => {
  for (let n = from; n < to; n += 1) await publisher.publish(channel, said(n));
};

const lengthOf = async ({ shared }: Desk): Promise<number> => Number(await shared.command("XLEN", logKey));

const allKnow = async ({ nodes }: Desk, count: number): Promise<void> => {
  for (const node of nodes)
    await eventually(async () => (await knownBy(node)).length === count, { what: () => `${count} known` });
};

test("what all hear each knows once, in one order; who was killed or stopped reads what came meanwhile", async (context) => {
  const desk = await deskOf(context);
  const [one, other] = desk.nodes;
  if (one === undefined || other === undefined) throw new Error("Two nodes are needed.");
  await publish(desk, 0, 200);
  await allKnow(desk, 200);
  expect(await lengthOf(desk)).toBe(200);

  other.kill("SIGKILL");
  await other.ended();
  await publish(desk, 200, 300);
  await other.restart();
  await isUp(other);
  await allKnow(desk, 300);

  one.kill("SIGSTOP");
  await publish(desk, 300, 400);
  await eventually(async () => (await knownBy(other)).length === 400);
  one.kill("SIGCONT");
  await allKnow(desk, 400);
  await publish(desk, 400, 420);
  await allKnow(desk, 420);

  // What the stopped one heard it said again, by names that were there.
  expect(await lengthOf(desk)).toBe(420);
  expect(await knownBy(one)).toEqual(await knownBy(other));
  for (const id of ["7000000", "7000007", "7000019"]) {
    const changes = await changesIn(one, id);
    expect(changes.map(([field, venue]) => [field, venue])).toEqual([
      ["added", null],
      ...Array.from({ length: 20 }, (_, n) => ["venue", `Plan ${(n + 1) % 2}`]),
    ]);
    expect(await changesIn(other, id)).toEqual(changes);
  }
});

test("while the log is away it is said so, what is heard waits, and nothing of it is missed", async (context) => {
  const desk = await deskOf(context);
  await publish(desk, 0, 20);
  await allKnow(desk, 20);
  await desk.shared.stop();
  const [node] = desk.nodes;
  if (node === undefined) throw new Error("A node is needed.");
  await eventually(async () => (await node.health()).level === "critical");
  expect(await node.health()).toMatchObject({ problem: { kind: "cluster-lost" }, action: "settings" });
  await publish(desk, 20, 60);
  await eventually(async () => (await clusterOf(node)).unsaid === 40);
  expect(await knownBy(node)).toHaveLength(20);
  expect((await node.matches()).length).toBe(20);
  await desk.shared.restart();
  await allKnow(desk, 60);
  expect(await lengthOf(desk)).toBe(60);
  for (const each of desk.nodes) {
    await eventually(async () => (await each.health()).level === "ok");
    expect(await clusterOf(each)).toMatchObject({ desk: "prov", unsaid: 0, problem: null, log: { behind: 0 } });
    expect((await each.gaps()).filter(({ cause }) => cause.kind === "stream")).toEqual([]);
  }
});

test("a log that has lost its end gets it back from those who heard it", async (context) => {
  const desk = await deskOf(context);
  await publish(desk, 0, 40);
  await allKnow(desk, 40);
  // As after a failover to a replica that had nothing yet; each node knows that what it read is another log now.
  await desk.shared.command("FLUSHALL");
  await desk.shared.command("CLIENT", "KILL", "TYPE", "normal");
  await eventually(async () => (await lengthOf(desk)) === 40);
  await publish(desk, 40, 60);
  await eventually(async () => (await lengthOf(desk)) === 60);
  for (const node of desk.nodes) {
    await eventually(async () => (await node.gaps()).some(({ cause }) => cause.kind === "stream"));
    await eventually(async () => (await changesIn(node, "7000001")).length > 2);
    // What was told before is older than what is known, whenever it is told again.
    expect((await changesIn(node, "7000001")).map(([field, venue]) => [field, venue])).toEqual([
      ["added", null],
      ["venue", "Plan 1"],
      ["venue", "Plan 0"],
    ]);
  }
});

test("a log that was trimmed past a node is a gap, which the list fills", async (context) => {
  const source = await startMatchServer(
    json([{ matchid: 7_000_000, hemmalag: "Alfa", bortalag: "Beta", arena: "Plan 9" }]),
  );
  context.onTestFinished(() => source.close());
  const desk = await deskOf(context, { settings: { AVSPARK_MATCHES_URL: source.url } });
  const [one, other] = desk.nodes;
  if (one === undefined || other === undefined) throw new Error("Two nodes are needed.");
  await publish(desk, 0, 20);
  await allKnow(desk, 20);
  other.kill("SIGKILL");
  await other.ended();
  await publish(desk, 20, 60);
  await eventually(async () => (await knownBy(one)).length === 60);
  await desk.shared.command("XTRIM", logKey, "MAXLEN", "10");
  await other.restart();
  await isUp(other);
  await eventually(async () => (await knownBy(other)).length === 30);
  await expectGapsClosed({ service: other });
  expect((await other.gaps()).map(({ cause }) => cause)).toContainEqual({ kind: "stream", loss: "trimmed" });
});

test("a node that meets what a newer version has written stops there and says so, and later goes on from there", async (context) => {
  const desk = await deskOf(context);
  await publish(desk, 0, 20);
  await allKnow(desk, 20);
  const id = String(await desk.shared.command("XADD", logKey, "*", "v", "2", "kind", "unheard-of"));
  for (const node of desk.nodes) {
    await eventually(async () => (await node.health()).level === "critical", { withinMs: 2000 });
    expect(await node.health()).toMatchObject({ problem: { kind: "cluster-newer" } });
  }
  await publish(desk, 20, 40);
  await eventually(async () => (await lengthOf(desk)) === 41);
  for (const node of desk.nodes) expect(await knownBy(node)).toHaveLength(20);
  // As if they had been upgraded: nothing is there any more that they cannot read.
  await desk.shared.command("XDEL", logKey, id);
  for (const node of desk.nodes) await node.restart();
  await allKnow(desk, 40);
});

test.each([
  ["AVSPARK_DESK", "prov", "AVSPARK_CLUSTER_URL"],
  ["AVSPARK_CLUSTER_URL", "redis://127.0.0.1:1/0", "AVSPARK_DESK"],
])("with %s alone nothing starts", async (name, value, lacking) => {
  const { ended, complaints } = spawnServe({ REDIS_URL: "redis://127.0.0.1:1/0", [name]: value }, await folder());
  expect(await ended).not.toBe(0);
  expect(complaints()).toContain(lacking);
});
