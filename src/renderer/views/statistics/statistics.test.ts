import { describe, expect, it } from "vitest";
import { instantOf } from "../../../shared/instant.ts";
import type { Stats, StatsBucket } from "../../../shared/stats.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { textsFor } from "../../../shared/text/texts.ts";
import { chartsOf, chartTable, figuresOf, isAlone, isEmpty } from "./charts.ts";
import { ticksFor } from "./ticks.ts";

const bucket = (from: string, rest: Partial<StatsBucket> = {}): StatsBucket => ({
  from: instant(from),
  channels: {},
  duplicates: 0,
  latencyP50: null,
  latencyP99: null,
  cycles: 0,
  cycleFailures: 0,
  cycleMeanMs: null,
  calendarDone: 0,
  calendarFailed: 0,
  ...rest,
});
const stats = (buckets: readonly StatsBucket[], step = 120): Stats => ({ range: "1h", step, buckets, gaps: [] });
const texts = textsFor("en");
const chart = (name: string, given: Stats) => {
  const found = chartsOf(given, texts).find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no chart ${name}.`);
  return found;
};

const two = stats([
  bucket("2027-05-08T12:00:00.000Z", {
    channels: { b: { valid: 6, invalid: 2 } },
    latencyP50: 4,
    latencyP99: 30.12345,
  }),
  bucket("2027-05-08T12:02:00.000Z", { channels: { a: { valid: 2, invalid: 0 }, b: { valid: 1, invalid: 1 } } }),
]);

describe("chartsOf", () => {
  it("counts by the minute, whatever the step, for every channel there is", () => {
    const { columns, rows } = chart("channels", two);
    expect(columns.map((column) => column.label)).toEqual(["a", "b"]);
    expect(rows.map((row) => row.values)).toEqual([
      [0, 4],
      [1, 1],
    ]);
  });

  it("adds up what was valid and what was not", () => {
    expect(chart("validity", two).rows.map((row) => row.values)).toEqual([
      [6, 2],
      [3, 1],
    ]);
  });

  it("leaves holes where nothing was measured", () => {
    expect(chart("latency", two).rows[1]?.values).toEqual([null, null]);
    expect(figuresOf(chart("cycles", two))).toBeNull();
  });

  it("knows when there is nothing to show", () => {
    expect(isEmpty(stats([bucket("2027-05-08T12:00:00.000Z")]))).toBe(true);
    expect(isEmpty(two)).toBe(false);
  });

  it("tells the last whole step, since the one that runs is not over", () => {
    expect(figuresOf(chart("validity", two))).toEqual({ latest: 8, peak: 8 });
  });
});

it("has one line a step in its table, in UTC, and leaves holes empty", () => {
  const { columns, rows } = chartTable(chart("latency", two), "From");
  expect(columns.map(({ label }) => label)).toEqual(["From", "Median (p50)", "Slowest hundredth (p99)"]);
  expect(rows).toEqual([
    ["2027-05-08T12:00:00.000Z", 4, 30.123],
    ["2027-05-08T12:02:00.000Z", null, null],
  ]);
});

const at = (text: string): number => Date.parse(text);
const iso = (ticks: readonly number[]): readonly string[] => ticks.map((tick) => instantOf(tick));

describe("ticksFor", () => {
  it("marks every ten minutes of an hour", () => {
    expect(iso(ticksFor("1h", at("2027-05-08T12:07:00Z"), at("2027-05-08T12:41:00Z")))).toEqual([
      "2027-05-08T12:10:00.000Z",
      "2027-05-08T12:20:00.000Z",
      "2027-05-08T12:30:00.000Z",
      "2027-05-08T12:40:00.000Z",
    ]);
  });

  it("marks midnights in Stockholm, also where a day has 23 or 25 hours", () => {
    expect(iso(ticksFor("7d", at("2027-03-27T12:00:00Z"), at("2027-03-29T12:00:00Z")))).toEqual([
      "2027-03-27T23:00:00.000Z",
      "2027-03-28T22:00:00.000Z",
    ]);
    expect(iso(ticksFor("7d", at("2027-10-30T12:00:00Z"), at("2027-11-01T12:00:00Z")))).toEqual([
      "2027-10-30T22:00:00.000Z",
      "2027-10-31T23:00:00.000Z",
    ]);
  });

  it("marks every third hour of the clock on the day it is put forward", () => {
    const ticks = ticksFor("24h", at("2027-03-27T22:00:00Z"), at("2027-03-28T10:00:00Z"));
    expect(iso(ticks)).toEqual([
      "2027-03-27T23:00:00.000Z",
      "2027-03-28T01:00:00.000Z",
      "2027-03-28T04:00:00.000Z",
      "2027-03-28T07:00:00.000Z",
      "2027-03-28T10:00:00.000Z",
    ]);
  });
});

it("marks a value that no line leads to, at the ends too", () => {
  const values = [1, null, 2, null, 3, 4, null, 5];
  expect(values.map((_, index) => isAlone(values, index))).toEqual([
    true,
    false,
    true,
    false,
    false,
    false,
    false,
    true,
  ]);
});
