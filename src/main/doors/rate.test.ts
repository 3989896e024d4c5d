import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRateLimit } from "./rate.ts";

const rate = { burst: 3, perMinute: 60 };

describe("the rate limit", () => {
  it("lets a burst through, then one a second, and says how long to wait", () => {
    let now = 0;
    const wait = createRateLimit({ elapsed: () => now, rate: () => rate });
    expect([1, 2, 3, 4].map(() => wait("a"))).toEqual([0, 0, 0, 1]);
    expect(wait("b")).toBe(0);
    now = 999;
    expect(wait("a")).toBe(1);
    now = 1000;
    expect([1, 2].map(() => wait("a"))).toEqual([0, 1]);
    now = 600_000;
    expect([1, 2, 3, 4].map(() => wait("a"))).toEqual([0, 0, 0, 1]);
  });

  it("never lets more through than the burst and what has been gained since, whatever the clock does", () => {
    const steps = fc.array(fc.integer({ min: -5000, max: 5000 }), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (pauses) => {
        let now = 0;
        let gained = 0;
        let through = 0;
        const wait = createRateLimit({ elapsed: () => now, rate: () => rate });
        for (const pause of pauses) {
          now += pause;
          gained += Math.max(0, pause) / 1000;
          if (wait("a") === 0) through += 1;
          expect(through).toBeLessThanOrEqual(rate.burst + gained + 1e-6);
        }
      }),
    );
  });
});
