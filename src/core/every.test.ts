import { expect, it } from "vitest";
import { createVirtualClock } from "./calendar/testing/virtual-clock.ts";
import { createRepeater } from "./every.ts";

it("does each task again and again, also after it failed, until all are stopped", async () => {
  const time = createVirtualClock({ start: 0, random: () => 0, breathe: () => Promise.resolve() });
  const repeater = createRepeater(time.clock);
  let done = 0;
  let tried = 0;
  repeater.every(10, () => {
    done += 1;
  });
  repeater.every(25, () => {
    tried += 1;
    throw new Error("failed");
  });
  const advance = async (ms: number): Promise<void> => {
    const end = time.elapsed() + ms;
    while (time.elapsed() < end) await time.advance(end - time.elapsed()).catch(() => undefined);
  };
  await advance(99);
  expect([done, tried]).toEqual([9, 3]);
  repeater.stop();
  await advance(100);
  expect([done, tried]).toEqual([9, 3]);
});
