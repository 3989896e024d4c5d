import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { endWithin } from "./ending.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what never ends is waited for no longer than was said", async () => {
  let over = false;
  const waited = endWithin(new Promise(() => undefined), 10_000).then(() => {
    over = true;
  });
  await vi.advanceTimersByTimeAsync(9_999);
  expect(over).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await waited;
});

test.each([
  ["ends", () => Promise.resolve()],
  ["fails", () => Promise.reject(new Error("EIO"))],
])("what %s is over at once, and leaves nothing that waits", async (_how, ending) => {
  await endWithin(ending(), 10_000);
  expect(vi.getTimerCount()).toBe(0);
});
