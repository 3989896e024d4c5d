import { expect, it } from "vitest";
import { clampedAt } from "./origin.ts";

it("the publisher's time is never later than our receipt", () => {
  const [early, late] = ["2027-05-06T10:00:04.000Z", "2027-05-06T10:00:05.000Z"];
  expect(clampedAt(null, late)).toBe(late);
  expect(clampedAt(early, late)).toBe(early);
  expect(clampedAt(late, early)).toBe(early);
});
