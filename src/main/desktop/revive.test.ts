import { expect, test } from "vitest";
import { createRevival } from "./revive.ts";

test("a page that dies is opened anew, but not for ever, and again when some time has passed", () => {
  let now = 0;
  const revival = createRevival(() => now);
  expect([1, 2, 3, 4].map(() => revival.mayRevive())).toEqual([true, true, true, false]);
  now += 10 * 60_000;
  expect(revival.mayRevive()).toBe(true);
});
