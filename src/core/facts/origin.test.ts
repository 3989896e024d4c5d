import { expect, it } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import { clampedAt } from "./origin.ts";

it("the publisher's time is never later than our receipt", () => {
  const [early, late] = [instant("2027-05-06T10:00:04.000Z"), instant("2027-05-06T10:00:05.000Z")];
  expect(clampedAt(null, late)).toBe(late);
  expect(clampedAt(early, late)).toBe(early);
  expect(clampedAt(late, early)).toBe(early);
});
