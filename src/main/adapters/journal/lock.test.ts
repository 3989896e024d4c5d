import { expect, test } from "vitest";
import { temporaryFolder } from "./harness.ts";
import { lockFolder } from "./lock.ts";

test("a folder that another has is waited for while everything else goes on, and had when that one ends", async () => {
  const folder = temporaryFolder();
  const first = await lockFolder(folder);
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
    // Far within the wait, however slow the machine is: the waiter asks between our turns.
    if (turns === 3) first.release();
  }, 1);
  const second = await lockFolder(folder);
  clearInterval(turning);
  expect(turns).toBeGreaterThanOrEqual(3);
  expect(second.isHeld()).toBe(true);
  await expect(lockFolder(folder)).rejects.toMatchObject({ problem: { kind: "already-running" } });
  second.release();
});
