import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Moment } from "../moment.ts";
import { hearingAgain, knownPaces, type Paces, pacesSchema, quiet, heard as spoken } from "./quiet.ts";

const minute = 60_000;
/** By the clock that nobody sets, this run began so long after some moment. */
const origin = 5_000_000;
const moment = (ms: number): Moment => ({ elapsed: origin + ms, wall: ms });
const heard = (paces: Paces, channel: string, at: number): Paces => spoken(paces, channel, moment(at));
const backAt = (paces: Paces, at: number): Paces => hearingAgain(paces, origin + at);
const quietAt = (paces: Paces, at: number, after: Parameters<typeof quiet>[2]): ReturnType<typeof quiet> =>
  quiet(paces, moment(at), after);
/** Heard from the first moment on. */
const fresh = backAt(knownPaces({}), 0);
const speak = (times: readonly number[], paces = fresh): Paces =>
  times.reduce<Paces>((known, at) => heard(known, "updates", at), paces);
/** Every `interval`, starting at 0. */
const regular = (interval: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => index * interval);

describe("learned", () => {
  test("a channel that speaks every 5 minutes is quiet after 50", () => {
    const paces = speak(regular(5 * minute, 12));
    const last = 55 * minute;
    expect(quietAt(paces, last + 50 * minute, "auto")).toEqual([]);
    expect(quietAt(paces, last + 50 * minute + 1, "auto")).toEqual([{ channel: "updates", lastAt: last }]);
  });

  test("fewer than ten intervals teach nothing", () => {
    expect(quietAt(speak(regular(5 * minute, 10)), 1e12, "auto")).toEqual([]);
    expect(quietAt(speak(regular(5 * minute, 11)), 1e12, "auto")).toHaveLength(1);
  });

  test("never sooner than 15 minutes", () => {
    const paces = speak(regular(11_000, 40));
    const last = 39 * 11_000;
    expect(quietAt(paces, last + 15 * minute, "auto")).toEqual([]);
    expect(quietAt(paces, last + 15 * minute + 1, "auto")).toHaveLength(1);
  });

  test("a burst is one occasion: a publisher that sends twenty messages an hour is not quiet after a quarter", () => {
    const times = regular(60 * minute, 12).flatMap((hour) =>
      Array.from({ length: 20 }, (_, index) => hour + index * 50),
    );
    const last = 11 * 60 * minute + 950;
    expect(quietAt(speak(times), last + 9 * 60 * minute, "auto")).toEqual([]);
    expect(quietAt(speak(times), last + 11 * 60 * minute, "auto")).toHaveLength(1);
  });

  test("while we were deaf nothing is learned and nobody is blamed", () => {
    const taught = speak(regular(5 * minute, 12));
    const back = 48 * 60 * minute;
    const paces = backAt(taught, back);
    expect(quietAt(paces, back + 50 * minute, "auto")).toEqual([]);
    expect(quietAt(paces, back + 51 * minute, "auto")).toHaveLength(1);
    const again = heard(paces, "updates", back + minute);
    expect(again.channels.updates?.intervals).toEqual(taught.channels.updates?.intervals);
  });
});

describe("another run", () => {
  const taught = knownPaces(speak(regular(5 * minute, 12)).channels);

  test("goes on with what was learned, and blames nobody for the time before it heard", () => {
    expect(quietAt(taught, 1e9, "auto")).toEqual([]);
    const paces = backAt(taught, 1000 * minute);
    expect(quietAt(paces, 1050 * minute, "auto")).toEqual([]);
    expect(quietAt(paces, 1051 * minute, "auto")).toEqual([{ channel: "updates", lastAt: 55 * minute }]);
    const again = heard(paces, "updates", 1001 * minute);
    expect(again.channels.updates?.intervals).toEqual(taught.channels.updates?.intervals);
  });

  test("reads what an earlier version kept", () => {
    const stored = { updates: { lastAt: 5, hearingSince: 3, intervals: [60_000] } };
    expect(pacesSchema.parse(stored)).toEqual({ updates: { lastAt: 5, intervals: [60_000] } });
  });
});

describe("when the wall clock is set", () => {
  test.each([-600, -10, 10, 600])("by %d minutes, the pace and the silence are what they were", (by) => {
    const before = speak(regular(5 * minute, 6));
    const after = regular(5 * minute, 12)
      .slice(6)
      .reduce<Paces>((paces, at) => spoken(paces, "updates", { elapsed: origin + at, wall: at + by * minute }), before);
    expect(after.channels.updates?.intervals).toEqual(Array(11).fill(5 * minute));
    const now = (ms: number): Moment => ({ elapsed: origin + ms, wall: ms - by * minute });
    expect(quiet(after, now(105 * minute), "auto")).toEqual([]);
    const [found] = quiet(after, now(105 * minute + 1), "auto");
    expect(found?.channel).toBe("updates");
    expect(found?.lastAt).toBeLessThanOrEqual(now(105 * minute + 1).wall);
  });
});

test("fixed: every channel that has spoken, after so many seconds", () => {
  const paces = heard(heard(fresh, "updates", 0), "status", 90_000);
  expect(quietAt(paces, 100_000, 60)).toEqual([{ channel: "updates", lastAt: 0 }]);
  expect(quietAt(paces, 60_000, 60)).toEqual([]);
});

test("off: never", () => {
  expect(quietAt(speak(regular(minute, 50)), 1e12, "off")).toEqual([]);
});

describe("whatever the pace", () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 7 * 24 * 60 * minute }), { minLength: 1, maxLength: 120 });

  test("what is learned stays small, survives storage, and is what is used", () => {
    fc.assert(
      fc.property(gaps, (steps) => {
        let now = 0;
        const paces = speak(steps.map((step) => (now += step)));
        const stored = JSON.stringify(paces.channels);
        expect(stored.length).toBeLessThan(1000);
        expect(pacesSchema.parse(JSON.parse(stored))).toEqual(paces.channels);
      }),
    );
  });

  test("nothing is quiet within 15 minutes, nor while it keeps the longest of its intervals", () => {
    fc.assert(
      fc.property(gaps, fc.double({ min: 0, max: 1, noNaN: true }), (steps, share) => {
        let now = 0;
        const paces = speak(steps.map((step) => (now += step)));
        expect(quietAt(paces, now + share * 15 * minute, "auto")).toEqual([]);
        const steady = speak(regular(Math.max(10_000, steps[0] ?? 0), 20));
        const { lastAt } = steady.channels.updates ?? { lastAt: 0 };
        expect(quietAt(steady, lastAt + share * Math.max(10_000, steps[0] ?? 0), "auto")).toEqual([]);
      }),
    );
  });

  test("once quiet, quiet until it speaks", () => {
    fc.assert(
      fc.property(gaps, fc.nat(1e9), fc.nat(1e9), (steps, wait, more) => {
        let now = 0;
        const paces = speak(steps.map((step) => (now += step)));
        if (quietAt(paces, now + wait, "auto").length === 0) return;
        expect(quietAt(paces, now + wait + more, "auto")).toHaveLength(1);
        expect(quietAt(heard(paces, "updates", now + wait + more), now + wait + more, "auto")).toEqual([]);
      }),
    );
  });
});
