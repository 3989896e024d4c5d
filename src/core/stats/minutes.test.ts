import { describe, expect, it } from "vitest";
import { latencyBounds } from "../journal.ts";
import { createTally, latencyBucket } from "./minutes.ts";

const minute = Date.UTC(2027, 4, 6, 12, 0);
const instant = (ms: number): string => new Date(ms).toISOString();
const message = { at: minute + 1000, channel: "a", verdict: "valid", latencyMs: null } as const;

describe("the tally", () => {
  it("adds up each minute by channel and verdict, with latencies and calendar writes", () => {
    const tally = createTally();
    tally.message(message);
    tally.message({ ...message, at: minute + 59_999, latencyMs: 4 });
    tally.message({ ...message, verdict: "invalid" });
    tally.message({ ...message, channel: "b", verdict: "duplicate", latencyMs: 4 });
    tally.message({ ...message, at: minute + 60_000 });
    tally.calendar(minute, { done: 2, failed: 1 });
    tally.calendar(minute, { done: 3, failed: 0 });
    expect(tally.take()).toEqual([
      {
        minute: instant(minute),
        channels: { a: { valid: 2, invalid: 1, duplicates: 0 }, b: { valid: 0, invalid: 0, duplicates: 1 } },
        latency: { [latencyBucket(4)]: 2 },
        calendarDone: 5,
        calendarFailed: 1,
      },
      {
        minute: instant(minute + 60_000),
        channels: { a: { valid: 1, invalid: 0, duplicates: 0 } },
        latency: {},
        calendarDone: 0,
        calendarFailed: 0,
      },
    ]);
  });

  it("gives each count once, and the sum of all since the start", () => {
    const tally = createTally();
    tally.message(message);
    tally.take();
    expect(tally.take()).toEqual([]);
    tally.message({ ...message, at: minute + 120_000, latencyMs: 1 });
    expect(tally.take()).toHaveLength(1);
    expect(tally.totals()).toEqual({
      channels: { a: { valid: 2, invalid: 0, duplicates: 0 } },
      latency: { [latencyBucket(1)]: 1 },
    });
  });

  it("takes any channel's name", () => {
    const tally = createTally();
    for (const channel of ["__proto__", "constructor", ""]) tally.message({ ...message, channel });
    const [counted] = tally.take();
    expect(Object.keys(counted?.channels ?? {}).toSorted()).toEqual(["", "__proto__", "constructor"]);
    expect(Object.hasOwn(Object.prototype, "valid")).toBe(false);
  });
});

describe("a latency", () => {
  it("belongs to the first bound that it does not exceed; the last bucket has none, and the past is the first", () => {
    expect([-5, 0, 1, 1.5, 2].map(latencyBucket)).toEqual([0, 0, 0, 1, 1]);
    expect(latencyBucket(300_000)).toBe(latencyBounds.length - 1);
    expect(latencyBucket(300_001)).toBe(latencyBounds.length);
  });
});
