import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { heard, hearingAgain, type Paces, pacesSchema, quiet } from "./quiet.ts";

const minute = 60_000;
const speak = (times: readonly number[], paces: Paces = {}): Paces =>
  times.reduce<Paces>((known, at) => heard(known, "updates", at), paces);
/** Every `interval`, starting at 0. */
const regular = (interval: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => index * interval);

describe("learned", () => {
  test("a channel that speaks every 5 minutes is quiet after 50", () => {
    const paces = speak(regular(5 * minute, 12));
    const last = 55 * minute;
    expect(quiet(paces, last + 50 * minute, "auto")).toEqual([]);
    expect(quiet(paces, last + 50 * minute + 1, "auto")).toEqual([{ channel: "updates", lastAt: last }]);
  });

  test("fewer than ten intervals teach nothing", () => {
    expect(quiet(speak(regular(5 * minute, 10)), 1e12, "auto")).toEqual([]);
    expect(quiet(speak(regular(5 * minute, 11)), 1e12, "auto")).toHaveLength(1);
  });

  test("never sooner than 15 minutes", () => {
    const paces = speak(regular(11_000, 40));
    const last = 39 * 11_000;
    expect(quiet(paces, last + 15 * minute, "auto")).toEqual([]);
    expect(quiet(paces, last + 15 * minute + 1, "auto")).toHaveLength(1);
  });

  test("a burst is one occasion: a publisher that sends twenty messages an hour is not quiet after a quarter", () => {
    const times = regular(60 * minute, 12).flatMap((hour) =>
      Array.from({ length: 20 }, (_, index) => hour + index * 50),
    );
    const last = 11 * 60 * minute + 950;
    expect(quiet(speak(times), last + 9 * 60 * minute, "auto")).toEqual([]);
    expect(quiet(speak(times), last + 11 * 60 * minute, "auto")).toHaveLength(1);
  });

  test("while we were deaf nothing is learned and nobody is blamed", () => {
    const taught = speak(regular(5 * minute, 12));
    const back = 48 * 60 * minute;
    const paces = hearingAgain(taught, back);
    expect(quiet(paces, back + 50 * minute, "auto")).toEqual([]);
    expect(quiet(paces, back + 51 * minute, "auto")).toHaveLength(1);
    const again = heard(paces, "updates", back + minute);
    expect(again.updates?.intervals).toEqual(taught.updates?.intervals);
  });
});

test("fixed: every channel that has spoken, after so many seconds", () => {
  const paces = heard(heard({}, "updates", 0), "status", 90_000);
  expect(quiet(paces, 100_000, 60)).toEqual([{ channel: "updates", lastAt: 0 }]);
  expect(quiet(paces, 60_000, 60)).toEqual([]);
});

test("off: never", () => {
  expect(quiet(speak(regular(minute, 50)), 1e12, "off")).toEqual([]);
});

describe("whatever the pace", () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 7 * 24 * 60 * minute }), { minLength: 1, maxLength: 120 });

  test("what is learned stays small, survives storage, and is what is used", () => {
    fc.assert(
      fc.property(gaps, (steps) => {
        let now = 0;
        const paces = speak(steps.map((step) => (now += step)));
        const stored = JSON.stringify(paces);
        expect(stored.length).toBeLessThan(1000);
        expect(pacesSchema.parse(JSON.parse(stored))).toEqual(paces);
      }),
    );
  });

  test("nothing is quiet within 15 minutes, nor while it keeps the longest of its intervals", () => {
    fc.assert(
      fc.property(gaps, fc.double({ min: 0, max: 1, noNaN: true }), (steps, share) => {
        let now = 0;
        const paces = speak(steps.map((step) => (now += step)));
        expect(quiet(paces, now + share * 15 * minute, "auto")).toEqual([]);
        const steady = speak(regular(Math.max(10_000, steps[0] ?? 0), 20));
        const { lastAt } = steady.updates ?? { lastAt: 0 };
        expect(quiet(steady, lastAt + share * Math.max(10_000, steps[0] ?? 0), "auto")).toEqual([]);
      }),
    );
  });

  test("once quiet, quiet until it speaks", () => {
    fc.assert(
      fc.property(gaps, fc.nat(1e9), fc.nat(1e9), (steps, wait, more) => {
        let now = 0;
        const paces = speak(steps.map((step) => (now += step)));
        if (quiet(paces, now + wait, "auto").length === 0) return;
        expect(quiet(paces, now + wait + more, "auto")).toHaveLength(1);
        expect(quiet(heard(paces, "updates", now + wait + more), now + wait + more, "auto")).toEqual([]);
      }),
    );
  });
});
