import { describe, expect, it } from "vitest";
import { type Journal, latencyBounds, type StatsIncrement } from "../../../core/journal.ts";
import { latencyBucket } from "../../../core/stats/minutes.ts";
import { type Instant, instantOf } from "../../../shared/instant.ts";
import type { Stats, StatsBucket, StatsRange } from "../../../shared/stats.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { journalIn, temporaryFolder } from "./harness.ts";
import { percentile } from "./percentile.ts";
import { later } from "./samples.ts";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
/** Not on any step's edge. */
const now = instant("2027-05-06T12:34:56.000Z");
const ago = (seconds: number): Instant => later(-seconds, now);

const nothing = { channels: {}, latency: {}, calendarDone: 0, calendarFailed: 0 };
const counted = (valid: number, invalid = 0, duplicates = 0) => ({ valid, invalid, duplicates });
const increment = (seconds: number, counts: Partial<StatsIncrement>): StatsIncrement => ({
  minute: instantOf(Math.floor(Date.parse(ago(seconds)) / 60_000) * 60_000),
  ...nothing,
  ...counts,
});

const validOf = (stats: Stats): number =>
  stats.buckets.reduce(
    (sum, { channels }) => sum + Object.values(channels).reduce((all, { valid }) => all + valid, 0),
    0,
  );
/** The bucket a moment falls into. */
const at = ({ buckets, step }: Stats, moment: string): StatsBucket | undefined =>
  buckets.find(({ from }) => from <= moment && later(step, from) > moment);

describe("the axes", () => {
  const axes: readonly (readonly [StatsRange, number, number])[] = [
    ["1h", minute, 60],
    ["24h", 15 * minute, 96],
    ["7d", 2 * hour, 84],
    ["30d", 6 * hour, 120],
  ];
  for (const [range, step, count] of axes) {
    it(`${range}: ${count} steps of ${step} s, the last of which holds now`, async () => {
      const stats = (await journalIn()).journal.stats(range, now);
      expect([stats.range, stats.step, stats.buckets.length]).toEqual([range, step, count]);
      const froms = stats.buckets.map(({ from }) => Date.parse(from));
      expect(froms.every((from, index) => from % (step * 1000) === 0 && from - step * 1000 * index === froms[0])).toBe(
        true,
      );
      expect(at(stats, now)).toBe(stats.buckets.at(-1));
      expect(stats.buckets[0]).toEqual({
        from: stats.buckets[0]?.from,
        channels: {},
        duplicates: 0,
        latencyP50: null,
        latencyP99: null,
        cycles: 0,
        cycleFailures: 0,
        cycleMeanMs: null,
        calendarDone: 0,
        calendarFailed: 0,
      });
    });
  }
});

describe("counts", () => {
  const filled = async (journal: Journal): Promise<void> => {
    const amounts = [0, 30 * minute, 5 * hour, 2 * day, 20 * day, 40 * day];
    for (const [power, seconds] of amounts.entries()) {
      await journal.append({ stats: [increment(seconds, { channels: { a: counted(10 ** power) } })] });
    }
  };

  it("reach back as far as the range, each at its time", async () => {
    const { journal } = await journalIn();
    await filled(journal);
    const sums = (["1h", "24h", "7d", "30d"] as const).map((range) => validOf(journal.stats(range, now)));
    expect(sums).toEqual([11, 111, 1111, 11_111]);
    const month = journal.stats("30d", now);
    expect(at(month, ago(20 * day))?.channels).toEqual({ a: { valid: 10_000, invalid: 0 } });
  });

  it("add up over batches, channels and runs", async () => {
    const folder = temporaryFolder();
    const first = await journalIn(folder);
    const parts: readonly Partial<StatsIncrement>[] = [
      { channels: { a: counted(1, 2, 3) }, calendarDone: 1 },
      { channels: { a: counted(10, 20, 30), b: counted(5) }, calendarFailed: 2 },
    ];
    for (const part of parts) await first.journal.append({ stats: [increment(0, part), increment(minute, part)] });
    await first.close();
    const { journal } = await journalIn(folder);
    await journal.append({ stats: [increment(0, { channels: { b: counted(0, 1) } })] });
    expect(journal.stats("1h", now).buckets.at(-1)).toMatchObject({
      channels: { a: { valid: 11, invalid: 22 }, b: { valid: 5, invalid: 1 } },
      duplicates: 33,
      calendarDone: 1,
      calendarFailed: 2,
    });
    expect(journal.stats("30d", now).buckets.at(-1)).toMatchObject({
      channels: { a: { valid: 22, invalid: 44 }, b: { valid: 10, invalid: 1 } },
      duplicates: 66,
    });
  });

  it("of a channel with an odd name are its own", async () => {
    const { journal } = await journalIn();
    const channels = Object.fromEntries([["__proto__", counted(1)]]);
    await journal.append({ stats: [increment(0, { channels })] });
    expect(Object.entries(journal.stats("1h", now).buckets.at(-1)?.channels ?? {})).toEqual([
      ["__proto__", { valid: 1, invalid: 0 }],
    ]);
  });
});

describe("cycles", () => {
  it("count when they end, with their failures and their mean duration", async () => {
    const { journal } = await journalIn();
    const cycle = { at: now, cycle: 1, matches: 3 };
    await journal.append({
      cycles: [
        { ...cycle, status: "started", durationMs: null },
        { ...cycle, status: "completed", durationMs: 100 },
        { ...cycle, status: "completed", durationMs: 300 },
        { ...cycle, status: "failed", durationMs: null },
      ],
    });
    const expected = { cycles: 3, cycleFailures: 1, cycleMeanMs: 200 };
    for (const range of ["1h", "30d"] as const)
      expect(journal.stats(range, now).buckets.at(-1)).toMatchObject(expected);
  });
});

describe("latency", () => {
  it("is told as the middle and the slowest hundredth", async () => {
    const { journal } = await journalIn();
    const fast = latencyBucket(10);
    await journal.append({
      stats: [increment(0, { latency: { [fast]: 98 } }), increment(0, { latency: { [latencyBucket(4000)]: 2 } })],
    });
    const bucket = journal.stats("1h", now).buckets.at(-1);
    expect(bucket?.latencyP50).toBeGreaterThan(latencyBounds[fast - 1] ?? 0);
    expect(bucket?.latencyP50).toBeLessThanOrEqual(latencyBounds[fast] ?? 0);
    expect(bucket?.latencyP99).toBeGreaterThan(2500);
    expect(bucket?.latencyP99).toBeLessThanOrEqual(5000);
  });

  it("beyond the last bound is told as that bound", () => {
    const histogram = latencyBounds.map(() => 0).concat(1);
    expect(percentile(histogram, 0.5)).toBe(300_000);
  });

  it("of nothing is nothing", () => {
    expect(
      percentile(
        latencyBounds.map(() => 0),
        0.5,
      ),
    ).toBeNull();
  });
});

describe("gaps", () => {
  it("are those the range shows a part of", async () => {
    const { journal } = await journalIn();
    const gap = { cause: { kind: "restart" }, filledAt: null, brought: null } as const;
    await journal.append({
      gaps: [
        { ...gap, id: 1, from: ago(3 * hour), to: ago(2 * hour), state: "closed" },
        { ...gap, id: 2, from: ago(2 * hour), to: ago(30 * minute), state: "unfilled" },
        { ...gap, id: 3, from: ago(10 * minute), to: null, state: "open" },
      ],
    });
    expect(journal.stats("1h", now).gaps).toEqual([
      { from: ago(2 * hour), to: ago(30 * minute) },
      { from: ago(10 * minute), to: null },
    ]);
    expect(journal.stats("24h", now).gaps).toHaveLength(3);
  });
});
