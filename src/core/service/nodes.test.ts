import { expect, test } from "vitest";
import type { NodeReport, NodeStanding } from "../../shared/connection.ts";
import { silentLog } from "../calendar/testing/records.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { RollCall } from "../ports.ts";
import { createNodes } from "./nodes.ts";

const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const well: NodeReport = { version: "1.0.0", behind: 0, unsaid: 0, problem: null, writes: [] };

const world = () => {
  const time = createVirtualClock({ start: Date.parse("2027-05-01T10:00:00Z"), random: () => 0.5, breathe });
  const said = new Map<string, { readonly at: number; readonly text: string }>();
  const state = { isAway: false, aheadMs: 0 };
  const server = { keeps: true, evicts: false, usedBytes: 10, mostBytes: 100 };
  const rollCallOf = (member: string): RollCall => ({
    member,
    call: async (text) => {
      if (state.isAway) throw new Error("away");
      said.set(member, { at: time.clock.elapsed(), text });
      const nodes = [...said].map(([name, one]) => ({ name, said: one.text, agoMs: time.clock.elapsed() - one.at }));
      return { serverTime: time.clock.now() + state.aheadMs, nodes };
    },
    survey: async () => ({ ...server }),
    leave: async () => void said.delete(member),
  });
  const nodeFor = (name: string, report: NodeReport = well) => {
    const life = { alive: true };
    let heard: readonly NodeStanding[] = [];
    const nodes = createNodes({
      rollCall: rollCallOf(name),
      clock: time.clockFor(() => life.alive),
      log: silentLog,
      report: () => report,
      onCalled: (called) => {
        heard = called;
      },
    });
    nodes.start();
    return {
      ...nodes,
      states: () => heard.map((one) => [one.name, one.state]),
      kill: () => Object.assign(life, { alive: false }),
    };
  };
  return { time, said, state, server, nodeFor };
};

test("who says nothing for four calls is lost to the others, until it speaks again", async () => {
  const { time, nodeFor } = world();
  const one = nodeFor("one");
  const other = nodeFor("other");
  await time.advance(6000);
  expect(one.states()).toEqual([
    ["one", "well"],
    ["other", "well"],
  ]);
  other.kill();
  await time.advance(18_000);
  expect(one.states()).toContainEqual(["other", "well"]);
  await time.advance(8000);
  expect(one.states()).toContainEqual(["other", "lost"]);
  const again = nodeFor("other");
  await time.advance(6000);
  expect(one.states()).toContainEqual(["other", "well"]);
  await again.stop();
  await time.advance(6000);
  expect(one.states()).toEqual([["one", "well"]]);
});

test("who has much to read, has a problem, or speaks as another version does is told apart", async () => {
  const { time, nodeFor, said } = world();
  const one = nodeFor("one");
  nodeFor("slow", { ...well, behind: 5000 });
  nodeFor("full", { ...well, unsaid: 5000 });
  nodeFor("old", { ...well, behind: 5000, problem: "cluster-newer" });
  said.set("strange", { at: time.clock.elapsed(), text: '{"mood":"fine"}' });
  await time.advance(6000);
  expect(one.states()).toEqual([
    ["full", "behind"],
    ["old", "troubled"],
    ["one", "well"],
    ["slow", "behind"],
    ["strange", "troubled"],
  ]);
});

test("while the server is away nobody is lost for that; a clock that is wrong is told by how much", async () => {
  const { time, nodeFor, state } = world();
  const one = nodeFor("one");
  nodeFor("other");
  await time.advance(6000);
  state.isAway = true;
  await time.advance(60_000);
  expect(one.states()).toContainEqual(["other", "well"]);
  state.isAway = false;
  state.aheadMs = 2500;
  await time.advance(6000);
  expect(one.standing().clockOffMs).toBe(-2500);
});

test("it is told what is otherwise at the server than the nodes need it", async () => {
  const { time, state, server, nodeFor } = world();
  const one = nodeFor("one");
  expect(one.standing().serverFaults).toBeNull();
  await time.advance(1000);
  expect(one.standing().serverFaults).toEqual([]);
  Object.assign(server, { keeps: false, evicts: true, usedBytes: 81 });
  state.aheadMs = 6000;
  await time.advance(6000);
  expect(one.standing().serverFaults).toEqual(["forgets", "evicts", "full", "clock"]);
});
