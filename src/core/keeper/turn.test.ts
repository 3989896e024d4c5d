import fc from "fast-check";
import { expect, test } from "vitest";
import { silentLog } from "../calendar/testing/records.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { Turns } from "../ports.ts";
import { createTurn, type Turn } from "./turn.ts";

const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const everybody = "everybody";

/** A server that gives turns, and may be away or slow. */
const world = () => {
  const time = createVirtualClock({ start: Date.parse("2027-05-01T10:00:00Z"), random: () => 0.5, breathe });
  let held: { readonly node: string; readonly until: number } | null = null;
  const state = { delayMs: 5 };
  /** Those whom the server does not hear. */
  const cutOff = new Set<string>();
  const holder = (): string | null => (held !== null && held.until > time.clock.elapsed() ? held.node : null);
  const turnsFor = (node: string): Turns => ({
    take: async (_, ms) => {
      if (cutOff.has(node) || cutOff.has(everybody)) throw new Error("away");
      const now = holder() ?? node;
      if (now === node) held = { node, until: time.clock.elapsed() + ms };
      await new Promise<void>((resolve) => time.clock.after(state.delayMs, resolve));
      return { isOurs: now === node, holder: now };
    },
    leave: async () => {
      if (holder() === node) held = null;
    },
  });
  const nodeFor = (node: string) => {
    const life = { alive: true, canWrite: true, isFollowing: true };
    let gained = 0;
    const turn: Turn = createTurn({
      name: "caldav",
      turns: turnsFor(node),
      clock: time.clockFor(() => life.alive),
      log: silentLog,
      isFollowing: () => life.isFollowing,
    });
    turn.start({
      canWrite: () => life.canWrite,
      onOurs: () => {
        gained += 1;
      },
    });
    return {
      turn,
      gained: () => gained,
      kill: () => Object.assign(life, { alive: false }),
      isAlive: () => life.alive,
      canWrite: (can: boolean) => Object.assign(life, { canWrite: can }),
      follows: (is: boolean) => Object.assign(life, { isFollowing: is }),
    };
  };
  return {
    ...{ time, nodeFor, holder },
    cutOff,
    slow: (delayMs: number) => Object.assign(state, { delayMs }),
  };
};

test("one has the turn at a time; when it dies another has it within its length and a second, and is told so", async () => {
  const { time, nodeFor } = world();
  const one = nodeFor("one");
  await time.advance(100);
  const other = nodeFor("other");
  await time.advance(10_000);
  expect([one.turn.isOurs(), other.turn.isOurs(), other.turn.holder()]).toEqual([true, false, "one"]);
  expect([one.gained(), other.gained()]).toEqual([1, 0]);
  one.kill();
  await time.advance(5100);
  expect([other.turn.isOurs(), other.gained()]).toEqual([true, 1]);
});

test("who ends leaves it to the others at once", async () => {
  const { time, nodeFor } = world();
  const one = nodeFor("one");
  await time.advance(100);
  const other = nodeFor("other");
  await one.turn.stop();
  expect(one.turn.isOurs()).toBe(false);
  await time.advance(1100);
  expect(other.turn.isOurs()).toBe(true);
});

test("who cannot reach the target leaves it to the others, and asks for it no more until that is over", async () => {
  const { time, nodeFor } = world();
  const one = nodeFor("one");
  await time.advance(100);
  const other = nodeFor("other");
  one.canWrite(false);
  await time.advance(2100);
  expect([one.turn.isOurs(), other.turn.isOurs()]).toEqual([false, true]);
  other.kill();
  await time.advance(10_000);
  expect(one.turn.isOurs()).toBe(false);
  one.canWrite(true);
  await time.advance(1100);
  expect([one.turn.isOurs(), one.gained()]).toEqual([true, 2]);
});

test("who no longer learns what is to be written leaves it, and does not ask for it", async () => {
  const { time, nodeFor } = world();
  const one = nodeFor("one");
  await time.advance(100);
  const other = nodeFor("other");
  one.follows(false);
  await time.advance(2100);
  expect([one.turn.isOurs(), other.turn.isOurs()]).toEqual([false, true]);
  other.kill();
  await time.advance(10_000);
  expect(one.turn.isOurs()).toBe(false);
});

test("who cannot ask for it has it no longer before it is over for the others", async () => {
  const { time, nodeFor, cutOff } = world();
  const one = nodeFor("one");
  await time.advance(100);
  cutOff.add("one");
  await time.advance(2500);
  expect(one.turn.isOurs()).toBe(true);
  await time.advance(1000);
  expect(one.turn.isOurs()).toBe(false);
  cutOff.clear();
  await time.advance(2000);
  expect([one.turn.isOurs(), one.gained()]).toEqual([true, 2]);
});

test("an answer that comes late gives the turn for so much shorter", async () => {
  const { time, nodeFor, cutOff, slow } = world();
  slow(1900);
  const one = nodeFor("one");
  await time.advance(2000);
  expect(one.turn.isOurs()).toBe(true);
  cutOff.add("one");
  slow(5);
  const other = nodeFor("other");
  let had = 0;
  for (let ms = 0; ms < 5000; ms += 100) {
    await time.advance(100);
    const have = [one, other].filter(({ turn }) => turn.isOurs()).length;
    expect(have).toBeLessThan(2);
    had += have;
  }
  expect([other.turn.isOurs(), had > 20]).toEqual([true, true]);
});

test("however slow, absent or deadly the world is, two never have it at the same time", async () => {
  const event = fc.oneof(
    fc.record({ do: fc.constant("pass" as const), ms: fc.constantFrom(100, 900, 3000, 7000) }),
    fc.record({ do: fc.constant("cut-off" as const), who: fc.constantFrom("node-0", "node-1", "node-2", everybody) }),
    fc.record({ do: fc.constant("joined" as const) }),
    fc.record({ do: fc.constant("slow" as const), ms: fc.constantFrom(5, 900, 1900, 4700) }),
    fc.record({ do: fc.constant("kill" as const), node: fc.nat({ max: 2 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 25, size: "max" }), async (events) => {
      const { time, nodeFor, cutOff, slow } = world();
      let born = 0;
      const bear = () => nodeFor(`node-${born++}`);
      const nodes = [bear(), bear(), bear()];
      const check = (): void => {
        const have = nodes.filter(({ turn, isAlive }) => isAlive() && turn.isOurs());
        expect(have.length).toBeLessThan(2);
      };
      for (const one of events) {
        if (one.do === "cut-off") cutOff.add(one.who);
        else if (one.do === "joined") cutOff.clear();
        else if (one.do === "slow") slow(one.ms);
        else if (one.do === "kill") {
          nodes[one.node]?.kill();
          nodes[one.node] = bear();
        } else
          for (let ms = 0; ms < one.ms; ms += 100) {
            await time.advance(100);
            check();
          }
      }
      cutOff.clear();
      slow(5);
      await time.advance(20_000);
      expect(nodes.filter(({ turn }) => turn.isOurs())).toHaveLength(1);
    }),
    { numRuns: 100 },
  );
});
