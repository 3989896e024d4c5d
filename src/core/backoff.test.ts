import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoff } from "./backoff.ts";

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("backoff", () => {
  test("is never negative, never beyond the cap, and never beyond the doubled base", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 1, max: 5000 }),
        random,
        (baseMs, capMs, failures, chance) => {
          const wait = backoff({ baseMs, capMs, failures, random: chance });
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(capMs);
          expect(wait).toBeLessThanOrEqual(Math.ceil(baseMs * 2 ** (failures - 1)));
        },
      ),
    );
  });

  test("doubles its bound until the cap", () => {
    const bounds = [1, 2, 3, 4, 5].map((failures) =>
      backoff({ baseMs: 1000, capMs: 4000, failures, random: 0.999999 }),
    );
    expect(bounds).toEqual([1000, 2000, 4000, 4000, 4000]);
  });
});
