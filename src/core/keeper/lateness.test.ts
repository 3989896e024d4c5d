import { expect, test } from "vitest";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import { createLateness } from "./lateness.ts";

const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const begin = () => {
  const time = createVirtualClock({ start: Date.parse("2027-05-01T10:00:00Z"), random: () => 1, breathe });
  const closed = new Set<string>();
  let told = 0;
  const lateness = createLateness({
    clock: time.clock,
    isOpen: (id) => !closed.has(id),
    onLate: () => {
      told += 1;
    },
  });
  return { time, closed, told: () => told, ...lateness };
};

test("an item is late when it has been tried for a minute, however often, and told once", async () => {
  const { time, tried, late, told } = begin();
  tried(["a"]);
  await time.advance(40_000);
  tried(["a", "b"]);
  await time.advance(19_000);
  expect(late()).toBeNull();
  await time.advance(1000);
  expect(late()).toEqual({ ids: ["a"], ms: 60_000 });
  expect(told()).toBe(1);
  await time.advance(40_000);
  expect(late()?.ids).toEqual(["a", "b"]);
  expect(told()).toBe(2);
  await time.advance(600_000);
  expect(told()).toBe(2);
});

test("what was done, or is not wanted any more, is not late; what is wanted again begins anew", async () => {
  const { time, tried, done, late, closed } = begin();
  tried(["a", "b"]);
  await time.advance(30_000);
  done("a");
  closed.add("b");
  await time.advance(60_000);
  expect(late()).toBeNull();
  closed.delete("b");
  tried(["b"]);
  expect(late()).toBeNull();
  await time.advance(60_000);
  expect(late()?.ids).toEqual(["b"]);
});
