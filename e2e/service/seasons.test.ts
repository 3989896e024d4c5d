import { expect, test } from "vitest";
import { folder } from "../fixtures/folder.ts";
import { liveThrough } from "./seasons.ts";

test("two months in a small league: what is old leaves memory, calendar and file, and no old number stays", async () => {
  const days = 60;
  const heaps: number[] = [];
  const { current, bytes, archived, daysWithPhones } = await liveThrough({
    folder: await folder(),
    days,
    matchesPerDay: 4,
    settings: {
      AVSPARK_KEEP_MATCHES_DAYS: "30",
      AVSPARK_PERSONAL_DATA_DAYS: "10",
      AVSPARK_RETENTION_DAYS: "20",
      AVSPARK_RETENTION_MB: "10",
    },
    calendar: "file",
    every: 20,
    onLook: (_, heap) => heaps.push(heap),
  });
  // Announced 30 days ahead, kept for 30.
  expect(current).toBeGreaterThanOrEqual(4 * 59);
  expect(current).toBeLessThanOrEqual(4 * 62);
  expect(bytes).toBeLessThan(10_000_000);
  expect(archived?.map(({ difference }) => difference.field)).toContain("added");
  // Erased after 10 days; the last remains go within a week of that.
  expect(Math.min(...daysWithPhones)).toBeGreaterThanOrEqual(days - 20);
  expect(Math.max(...daysWithPhones)).toBe(days - 1 + 30);
  expect(heaps).toHaveLength(3);
});
