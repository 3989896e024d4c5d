import { instantOf } from "../../../shared/instant.ts";
import type { Stats, StatsBucket } from "../../../shared/stats.ts";
import type { Table } from "../../../shared/table.ts";
import type { Texts } from "../../../shared/text/type.ts";

export const chartNames = ["channels", "validity", "latency", "cycles", "calendar"] as const;
export type ChartName = (typeof chartNames)[number];

/** One curve: `area` is stacked on those before it, `line` stands for itself, `mark` marks the steps in which it is not 0. */
export type Column = {
  readonly label: string;
  readonly look: "area" | "line" | "mark";
  /** 1 to 8: the colour of that series in the tokens; `bad` is what should not be. */
  readonly colour: number | "bad";
  /** Lines are told apart by their dashes besides. */
  readonly dash: string | null;
};

export type Row = { readonly at: number; readonly values: readonly (number | null)[] };

/** What a chart, its table and its files are all made from. */
export type Chart = {
  readonly name: ChartName;
  readonly title: string;
  readonly unit: "perMinute" | "ms" | "count";
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
};

type Part = {
  readonly columns: readonly Column[];
  readonly unit: Chart["unit"];
  readonly values: (bucket: StatsBucket) => readonly (number | null)[];
};

const colours = 8;

const channelsOf = ({ buckets }: Stats): readonly string[] =>
  [...new Set(buckets.flatMap((bucket) => Object.keys(bucket.channels)))].sort();

const area = (label: string, colour: Column["colour"]): Column => ({ label, look: "area", colour, dash: null });
const line = (label: string, colour: Column["colour"], dash: string | null = null): Column => ({
  label,
  look: "line",
  colour,
  dash,
});

const parts = (stats: Stats, texts: Texts): Readonly<Record<ChartName, Part>> => {
  const words = texts.statistics.series;
  const channels = channelsOf(stats);
  const perMinute = (count: number): number => (count * 60) / stats.step;
  const total = (bucket: StatsBucket, verdict: "valid" | "invalid"): number =>
    Object.values(bucket.channels).reduce((sum, channel) => sum + channel[verdict], 0);
  return {
    channels: {
      unit: "perMinute",
      columns: channels.map((channel, index) => area(channel, (index % colours) + 1)),
      values: (bucket) =>
        channels.map((channel) => {
          const heard = bucket.channels[channel];
          return heard === undefined ? 0 : perMinute(heard.valid + heard.invalid);
        }),
    },
    validity: {
      unit: "count",
      columns: [area(words.valid, 1), area(words.invalid, "bad")],
      values: (bucket) => [total(bucket, "valid"), total(bucket, "invalid")],
    },
    latency: {
      unit: "ms",
      columns: [line(words.p50, 1), line(words.p99, 2, "5 3")],
      values: (bucket) => [bucket.latencyP50, bucket.latencyP99],
    },
    cycles: {
      unit: "ms",
      columns: [line(words.cycleMean, 4), { label: words.cycleFailures, look: "mark", colour: "bad", dash: "2 3" }],
      values: (bucket) => [bucket.cycleMeanMs, bucket.cycleFailures],
    },
    calendar: {
      unit: "count",
      columns: [area(words.done, 1), area(words.failed, "bad")],
      values: (bucket) => [bucket.calendarDone, bucket.calendarFailed],
    },
  };
};

/** A value with none beside it: no line leads to it, so it needs a mark of its own. */
export const isAlone = (values: readonly (number | null | undefined)[], index: number): boolean =>
  typeof values[index] === "number" && typeof values[index - 1] !== "number" && typeof values[index + 1] !== "number";

export const chartsOf = (stats: Stats, texts: Texts): readonly Chart[] => {
  const all = parts(stats, texts);
  return chartNames.map((name) => ({
    name,
    title: texts.statistics.chart[name],
    unit: all[name].unit,
    columns: all[name].columns,
    rows: stats.buckets.map((bucket) => ({ at: Date.parse(bucket.from), values: all[name].values(bucket) })),
  }));
};

/** Nothing at all was measured. */
export const isEmpty = (stats: Stats): boolean =>
  stats.buckets.every(
    (bucket) =>
      Object.values(bucket.channels).every(({ valid, invalid }) => valid + invalid === 0) &&
      bucket.cycles === 0 &&
      bucket.calendarDone + bucket.calendarFailed === 0,
  );

const heightOf = ({ columns }: Chart, row: Row): number | null => {
  const known = row.values.filter((_, index) => columns[index]?.look !== "mark").filter((value) => value !== null);
  if (known.length === 0) return null;
  return columns[0]?.look === "area" ? known.reduce((sum, value) => sum + value, 0) : Math.max(...known);
};

/** The last whole step and the highest, of what the curves add up to. */
export const figuresOf = (chart: Chart): { readonly latest: number; readonly peak: number } | null => {
  const heights = chart.rows.map((row) => heightOf(chart, row)).filter((height) => height !== null);
  const latest = heights.at(-2) ?? heights.at(-1);
  return latest === undefined ? null : { latest, peak: Math.max(...heights) };
};

/** To the thousandth; instants in UTC, so that every program reads them alike. */
export const chartTable = ({ title, columns, rows }: Chart, fromLabel: string): Table => ({
  title,
  columns: [{ label: fromLabel, kind: "text" }, ...columns.map(({ label }) => ({ label, kind: "number" as const }))],
  rows: rows.map(({ at, values }) => [
    instantOf(at),
    ...values.map((value) => (value === null ? null : Math.round(value * 1000) / 1000)),
  ]),
});
