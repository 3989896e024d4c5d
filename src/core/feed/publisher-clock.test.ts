import { describe, expect, test } from "vitest";
import { createPublisherClock } from "./publisher-clock.ts";

const hour = 3_600_000;
const behindAfter = (...ages: readonly number[]): number => {
  const clock = createPublisherClock();
  for (const age of ages) clock.heard(100 * hour, 100 * hour + age);
  return clock.behind();
};

describe("how far the publisher's clock is behind ours", () => {
  test("the youngest of three messages tells", () => {
    expect(behindAfter(180_050, 180_010)).toBe(0);
    expect(behindAfter(180_050, 180_010, 180_300)).toBe(180_010);
  });

  test("a clock that is ahead is not behind", () => {
    expect(behindAfter(-5000, -5001, -4999)).toBe(0);
  });

  test("a message that is old by itself tells nothing", () => {
    expect(behindAfter(20, 30, 6 * hour, 25)).toBe(20);
    expect(behindAfter(13 * hour, 14 * hour, 15 * hour)).toBe(0);
  });

  test("clocks that are put right are believed after a while", () => {
    expect(behindAfter(...Array(60).fill(3), ...Array(50).fill(60_000))).toBe(60_000);
  });
});
