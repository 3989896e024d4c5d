import { expect, test } from "vitest";
import { folder } from "../fixtures/folder.ts";
import { liveThrough } from "./seasons.ts";

test("four months in a small league: what is old leaves memory, calendar and file, and no old number stays", async () => {
  const days = 130;
  const heaps: number[] = [];
  const { current, bytes, archived, daysWithPhones } = await liveThrough({
    folder: await folder(),
    days,
    matchesPerDay: 4,
    settings: {
      AVSPARK_KEEP_MATCHES_DAYS: "60",
      AVSPARK_PERSONAL_DATA_DAYS: "30",
      AVSPARK_RETENTION_DAYS: "60",
      AVSPARK_RETENTION_MB: "10",
    },
    calendar: "file",
    every: 40,
    onLook: (_, heap) => heaps.push(heap),
  });
  // Announced 30 days ahead, kept for 60.
  expect(current).toBeGreaterThanOrEqual(4 * 89);
  expect(current).toBeLessThanOrEqual(4 * 92);
  expect(bytes).toBeLessThan(10_000_000);
  expect(archived?.map(({ difference }) => difference.field)).toContain("added");
  // Erased after 30 days; the last remains go within a week of that.
  expect(Math.min(...daysWithPhones)).toBeGreaterThanOrEqual(days - 40);
  expect(Math.max(...daysWithPhones)).toBe(days - 1 + 30);
  expect(heaps).toHaveLength(3);
});
