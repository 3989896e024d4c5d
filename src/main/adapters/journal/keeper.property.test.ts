import { join } from "node:path";
import fc from "fast-check";
import { test } from "vitest";
import { lifeArbitrary, liveThrough } from "../../../core/targets/testing/lives.ts";
import { journalOnThisThread, temporaryFolder } from "./harness.ts";

const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test("on the journal's own store, too, every match ends with exactly its event, whatever is killed and taken back", {
  timeout: 120_000,
}, async () => {
  const folder = temporaryFolder();
  let lives = 0;
  await fc.assert(
    fc.asyncProperty(lifeArbitrary, async (life) => {
      lives += 1;
      const { calendars, database } = journalOnThisThread(join(folder, `journal-${lives}.sqlite`));
      try {
        await liveThrough(life, breathe, calendars);
      } finally {
        database.close();
      }
    }),
    { numRuns: 100, endOnFailure: true },
  );
});
