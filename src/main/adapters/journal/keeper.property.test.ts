import { join } from "node:path";
import fc from "fast-check";
import { test } from "vitest";
import { lifeArbitrary, liveThrough } from "../../../core/targets/testing/lives.ts";
import { journalOnThisThread, temporaryFolder } from "./harness.ts";

const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** `npm run test:long` sets it. */
const runs = import.meta.env.AVSPARK_LONG === undefined ? 20 : 2000;

test("on the journal's own store, too, every match ends with exactly its event, whatever is killed and taken back", {
  timeout: 1_200_000,
}, async () => {
  const folder = temporaryFolder();
  let lives = 0;
  await fc.assert(
    fc.asyncProperty(lifeArbitrary, async (life) => {
      lives += 1;
      const { calendars, database } = journalOnThisThread(join(folder, `journal-${lives}.sqlite`));
      // What outlives a power cut has tests of its own; here nobody waits for the disk.
      database.exec("PRAGMA synchronous = OFF");
      try {
        await liveThrough(life, breathe, calendars);
      } finally {
        database.close();
      }
    }),
    { numRuns: runs, endOnFailure: true },
  );
});
