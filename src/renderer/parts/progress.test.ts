import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { progressOf, shareDone } from "./progress.ts";

const start = "2027-05-08T12:00:00.000Z";
const at = (ms: number): number => Date.parse(start) + ms;

describe("progressOf", () => {
  it("says nothing when nothing is under way", () => {
    expect(progressOf([], at(0))).toBeNull();
  });

  it("makes no guess before there is a pace to go by", () => {
    expect(progressOf([{ done: 2, of: 200, startedAt: start }], at(2000))?.leftMs).toBeNull();
    expect(progressOf([{ done: 50, of: 200, startedAt: start }], at(300))?.leftMs).toBeNull();
  });

  it("goes by the pace so far, in whole seconds", () => {
    expect(progressOf([{ done: 50, of: 200, startedAt: start }], at(2500))).toEqual({
      done: 50,
      of: 200,
      leftMs: 8000,
    });
  });

  it("takes several as one, as slow as the slowest", () => {
    const both = [
      { done: 10, of: 20, startedAt: start },
      { done: 10, of: 110, startedAt: start },
    ];
    expect(progressOf(both, at(1000))).toEqual({ done: 20, of: 130, leftMs: 10_000 });
    expect(progressOf([...both, { done: 0, of: 5, startedAt: start }], at(1000))?.leftMs).toBeNull();
  });

  it("has nothing left at the end", () => {
    expect(progressOf([{ done: 20, of: 20, startedAt: start }], at(100))?.leftMs).toBe(0);
  });
});

describe("shareDone", () => {
  it("stays within the bar", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (done, of) => {
        const share = shareDone({ done, of });
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });
});
