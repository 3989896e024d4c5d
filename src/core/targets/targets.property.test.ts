import fc from "fast-check";
import { test } from "vitest";
import { lifeArbitrary, liveThrough } from "./testing/lives.ts";

const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** `npm run test:long` sets it. */
const runs = import.meta.env.AVSPARK_LONG === undefined ? 300 : 20_000;

test(`in ${runs} lives, whatever happens, every match ends with exactly its event`, {
  timeout: 1_200_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(lifeArbitrary, (life) => liveThrough(life, breathe)),
    { numRuns: runs },
  );
});
