import { expect, test } from "vitest";
import { report } from "../feed/listener.ts";
import { folder } from "../fixtures/folder.ts";
import { liveThrough } from "../service/seasons.ts";

const matches = 200_000;
/** Three seasons in a year and a half. */
const days = 547;
const matchesPerDay = Math.ceil(matches / days);
const every = 30;
const keepDays = 150;
const personalDays = 90;
const megabytes = 500;
/** Announced so long before; from here on as many leave as come. */
const steadyFrom = keepDays + 30 + personalDays;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test(`${matches} matches in ${days} days leave memory flat, the journal within its limit, and no old number in any file`, {
  timeout: 3 * 3_600_000,
}, async () => {
  const heaps: { readonly day: number; readonly heap: number }[] = [];
  const begun = performance.now();
  const { current, bytes, daysWithPhones, archived } = await liveThrough({
    folder: await folder(),
    days,
    matchesPerDay,
    settings: {
      AVSPARK_KEEP_MATCHES_DAYS: String(keepDays),
      AVSPARK_PERSONAL_DATA_DAYS: String(personalDays),
      AVSPARK_RETENTION_MB: String(megabytes),
    },
    calendar: "memory",
    every,
    onLook: (day, heap) => {
      heaps.push({ day, heap });
      report(`day ${day}: heap ${Math.round(heap)} MB, ${Math.round((performance.now() - begun) / 1000)} s`);
    },
  });
  const steady = heaps.filter(({ day }) => day >= steadyFrom).map(({ heap }) => heap);
  const half = Math.floor(steady.length / 2);
  const [early, late] = [mean(steady.slice(0, half)), mean(steady.slice(half))];
  const oldest = Math.min(...daysWithPhones);
  report(
    `${matches} matches in ${days} days, in ${Math.round((performance.now() - begun) / 1000)} s: ${current} current, ` +
      `heap ${Math.round(early)} MB, then ${Math.round(late)} MB; journal ${Math.round(bytes / 1e6)} MB of ${megabytes}; ` +
      `oldest number ${days - oldest} days; every ${every} days: ${heaps.map(({ heap }) => Math.round(heap)).join(", ")} MB`,
  );
  expect(late).toBeLessThan(early * 1.1);
  expect(bytes).toBeLessThan(megabytes * 1_000_000);
  // After the match, and until the last remains go.
  expect(oldest).toBeGreaterThanOrEqual(days - personalDays - 10);
  expect(archived?.length).toBeGreaterThan(0);
});
