import { join } from "node:path";
import { expect, test } from "vitest";
import { silentLog } from "../../src/core/calendar/testing/records.ts";
import { createIcsTarget } from "../../src/main/adapters/ics/target.ts";
import { wantedOf } from "../calendar/engine.ts";
import { killDuringSyncs } from "../calendar/killing.ts";
import { comingMatches } from "../calendar/matches.ts";
import { aloneWithRadicale, expectRight, strange, temporaryFolder } from "../calendar/setup.ts";

/** `AVSPARK_TEST_KILLS` and `AVSPARK_TEST_SEED` choose another run. */
const kills = Number(process.env.AVSPARK_TEST_KILLS ?? 250);
const seed = Number(process.env.AVSPARK_TEST_SEED ?? 20_270_506);

test(`${kills} random kills during syncs to Radicale and the file: one event for each match, all right`, async () => {
  const { spec, files, put } = await aloneWithRadicale();
  await put("lunch.ics", strange);
  const lunch = (await files()).get("lunch.ics");
  const folder = await temporaryFolder();
  const file = join(folder, "calendar.ics");
  const matches = await killDuringSyncs({
    folder,
    targets: [spec, { kind: "ics", file }],
    matches: comingMatches(40),
    kills,
    seed,
  });

  const stored = await files();
  expectRight(stored, matches);
  expect(stored.get("lunch.ics")).toBe(lunch);

  const { items: events } = await createIcsTarget({ file, log: silentLog }).list(null);
  const hashes = (list: readonly { readonly id: string; readonly hash: string | null }[]) =>
    list.map(({ id, hash }) => `${id} ${hash}`).sort();
  expect(hashes(events)).toEqual(hashes(wantedOf(matches)));
  expect(events.every(({ hash, actual }) => hash === actual)).toBe(true);
});
