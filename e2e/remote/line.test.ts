import { expect, test } from "vitest";
import { createVirtualClock } from "../../src/core/calendar/testing/virtual-clock.ts";
import type { Hear } from "../../src/main/remote/follow.ts";
import { createLine, type LineState } from "../../src/main/remote/line.ts";
import { snapshot } from "../../src/renderer/samples.ts";
import { failed, type Problem } from "../../src/shared/problem.ts";
import { protocol } from "../../src/shared/protocol.ts";
import { delta } from "../../src/shared/testing/delta.ts";

const hello = { protocol, service: "here", version: "1.2.3", seq: 1, run: "first", role: null, heartbeatMs: 2000 };
const refused = failed("service-unreachable", "Nothing listens there.").problem;
const otherVersion = failed("window-too-old", "The service speaks protocol 9.").problem;
const wrong = failed("service-sign-in", "The token is wrong.").problem;

type Call = { readonly address: string; readonly hear: Hear; hungUp: boolean };

/** A line to services that do what the test says. */
const createService = (...addresses: readonly string[]) => {
  const { clock, advance } = createVirtualClock({ start: 0, random: () => 0.5, breathe: async () => undefined });
  const calls: Call[] = [];
  const states: LineState[] = [];
  const told: number[] = [];
  const line = createLine({
    addresses,
    clock,
    follow: (address, hear) => {
      const call: Call = { address, hear, hungUp: false };
      calls.push(call);
      return () => {
        call.hungUp = true;
      };
    },
    onState: (state) => void states.push(state),
    onWhole: ({ seq }) => void told.push(seq),
    onDelta: ({ seq }) => void told.push(seq),
  });
  line.start();
  const call = (index: number): Call => {
    const found = calls.at(index);
    if (found === undefined) throw new Error("Nobody was called.");
    return found;
  };
  return {
    line,
    advance,
    states,
    told,
    calls,
    call,
    answer: (index: number): void => {
      call(index).hear.hello(hello);
      call(index).hear.whole(snapshot(1), 0);
    },
    open: () => calls.filter(({ hungUp }) => !hungUp).length,
  };
};
const lost = (problem: Problem): LineState => ({ state: "lost", problem });

test("is live when a snapshot has come, and passes on what follows", () => {
  const { states, told, call, answer } = createService("http://one");
  call(0).hear.hello(hello);
  expect(states).toEqual([]);
  answer(0);
  call(0).hear.delta(delta(2), 0);
  expect(states).toEqual([{ state: "live", address: "http://one" }]);
  expect(told).toEqual([1, 2]);
});

test("is lost when nothing comes for longer than the heartbeat promises, and is tried again", async () => {
  const { states, call, calls, answer, advance } = createService("http://one");
  answer(0);
  await advance(4000);
  call(0).hear.alive();
  await advance(4999);
  expect(states.at(-1)).toMatchObject({ state: "live" });
  await advance(1);
  expect(states.at(-1)).toMatchObject({ state: "lost", problem: { kind: "service-unreachable" } });
  expect(call(0).hungUp).toBe(true);
  await advance(1000);
  expect(calls).toHaveLength(2);
});

test("does not wait for an address that is silent before it tries the next, and keeps the first that answers", async () => {
  const { states, calls, answer, advance, open } = createService("http://one", "http://two");
  await advance(1000);
  expect(calls.map(({ address }) => address)).toEqual(["http://one", "http://two"]);
  answer(1);
  expect(states).toEqual([{ state: "live", address: "http://two" }]);
  expect(open()).toBe(1);
  await advance(4000);
  expect(calls).toHaveLength(2);
});

test("asks nobody else while an answer is on its way, however long it takes", async () => {
  const { call, calls, advance } = createService("http://one");
  call(0).hear.hello(hello);
  for (let second = 0; second < 30; second += 1) {
    await advance(1000);
    call(0).hear.alive();
  }
  expect(calls).toHaveLength(1);
});

test("never has more than a few calls open, and gives each its time", async () => {
  const { open, advance } = createService("http://one");
  let most = 0;
  for (let second = 0; second < 60; second += 1) {
    await advance(1000);
    most = Math.max(most, open());
  }
  expect(most).toBe(8);
});

test("tries a service that is away, or of another version, at least once a second, and what people must mend more rarely", async () => {
  const { calls, call, advance } = createService("http://one");
  for (const problem of [refused, otherVersion])
    for (let time = 0; time < 20; time += 1) {
      call(-1).hear.ended(problem);
      const before = calls.length;
      await advance(1000);
      expect(calls.length).toBe(before + 1);
    }
  call(-1).hear.ended(wrong);
  const before = calls.length;
  await advance(2000);
  expect(calls.length).toBe(before);
});

test("tells what is wrong at one address rather than that another is away", () => {
  const { states, call, answer } = createService("http://one", "http://two");
  call(0).hear.ended(wrong);
  expect(states).toEqual([lost(wrong)]);
  answer(0);
  expect(states).toEqual([lost(wrong)]);
});

test("goes back to the address that it was on", async () => {
  const { call, answer, advance } = createService("http://one", "http://two");
  await advance(1000);
  answer(1);
  call(1).hear.ended(refused);
  await advance(500);
  expect(call(-1).address).toBe("http://two");
});

test("trusts nothing from before the machine slept", () => {
  const { line, states, calls, answer } = createService("http://one");
  answer(0);
  line.anew();
  expect(states.at(-1)).toMatchObject({ state: "lost" });
  expect(calls).toHaveLength(2);
});

test("calls nobody any more when it is stopped", async () => {
  const { line, calls, open, advance } = createService("http://one");
  line.stop();
  await advance(20_000);
  expect([calls.length, open()]).toEqual([1, 0]);
});
