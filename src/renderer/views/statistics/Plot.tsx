import { useId, useMemo } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { Stats } from "../../../shared/stats.ts";
import { useWords } from "../../words.tsx";
import { type Chart, type Column, isAlone } from "./charts.ts";
import classes from "./Statistics.module.css";
import { ticksFor } from "./ticks.ts";

export const plotHeight = 216;

export const colourOf = ({ colour }: Column): string =>
  colour === "bad" ? "var(--av-critical)" : `var(--av-series-${colour})`;

/** A value of a chart in its own unit; what is marked is counted. */
export const useUnit = (unit: Chart["unit"]) => {
  const { format, texts } = useWords();
  return (value: number | null | undefined, look?: Column["look"]): string => {
    if (value === null || value === undefined) return texts.app.none;
    if (unit === "ms" && look !== "mark") return format.duration(value);
    return value < 10 ? format.decimal(value) : format.number(value);
  };
};

type Point = { readonly at: number; readonly [curve: `c${number}`]: number | null };

/** One point a step, and one at the end so that the last step has its width. */
const pointsOf = (chart: Chart, stepMs: number): readonly Point[] => {
  const point = (at: number, values: readonly (number | null)[]): Point => ({
    at,
    ...Object.fromEntries(values.map((value, index) => [`c${index}`, value])),
  });
  const last = chart.rows.at(-1);
  const points = chart.rows.map((row) => point(row.at, row.values));
  return last === undefined ? points : [...points, point(last.at + stepMs, last.values)];
};

type PlotProps = { readonly chart: Chart; readonly stats: Stats };

type HoverProps = {
  readonly chart: Chart;
  readonly stepMs: number;
  readonly active?: boolean | undefined;
  readonly label?: string | number | undefined;
};

const Hover = ({ chart, stepMs, active, label }: HoverProps) => {
  const { format } = useWords();
  const say = useUnit(chart.unit);
  const row = chart.rows.find(({ at }) => at === label);
  if (active !== true || row === undefined) return null;
  return (
    <div className={classes.hover}>
      <p>
        {format.shortWeekday(row.at)} {format.time(row.at)}–{format.time(row.at + stepMs)}
      </p>
      {chart.columns.map((column, index) => {
        return (
          <p key={column.label} className={classes.hoverRow}>
            <span className={classes.swatch} style={{ background: colourOf(column) }} />
            <span>{column.label}</span>
            <b>{say(row.values[index], column.look)}</b>
          </p>
        );
      })}
    </div>
  );
};

/** The curves; gaps of the subscription are hatched on the same axis. */
export const Plot = ({ chart, stats }: PlotProps) => {
  const { texts, format } = useWords();
  const say = useUnit(chart.unit);
  const hatch = useId();
  const stepMs = stats.step * 1000;
  const points = useMemo(() => pointsOf(chart, stepMs), [chart, stepMs]);
  const curves = chart.columns.map((_, index) => points.map((point) => point[`c${index}`]));
  const from = points[0]?.at ?? 0;
  const to = points.at(-1)?.at ?? 0;
  const days = stats.range === "7d" || stats.range === "30d";
  const label = texts.statistics.summary({
    title: chart.title,
    from: format.full(from),
    to: format.full(to),
  });
  return (
    <div className={classes.plot} role="img" aria-label={label} style={{ height: plotHeight }}>
      <ResponsiveContainer width="100%" height={plotHeight}>
        <ComposedChart
          data={[...points]}
          syncId="statistics"
          accessibilityLayer={false}
          margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
        >
          <defs>
            <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <path d="M0 0v6" stroke="var(--av-dim)" strokeWidth="2" />
            </pattern>
          </defs>
          <CartesianGrid vertical={false} stroke="var(--av-line)" />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={[from, to]}
            ticks={[...ticksFor(stats.range, from, to)]}
            tickFormatter={(at: number) => (days ? format.dayMonth(at) : format.time(at))}
            tick={{ fill: "var(--av-dim)", fontSize: 11 }}
            stroke="var(--av-control)"
            minTickGap={12}
          />
          <YAxis
            width={58}
            tickFormatter={(value: number) => say(value)}
            tick={{ fill: "var(--av-dim)", fontSize: 11 }}
            stroke="var(--av-control)"
            axisLine={false}
            tickLine={false}
            tickCount={5}
          />
          {stats.gaps.map((gap) => (
            <ReferenceArea
              key={gap.from}
              x1={Math.max(from, Date.parse(gap.from))}
              x2={Math.min(to, gap.to === null ? to : Date.parse(gap.to))}
              ifOverflow="hidden"
              fill={`url(#${hatch})`}
              fillOpacity={0.55}
            />
          ))}
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--av-control)" }}
            content={({ active, label: at }) => <Hover chart={chart} stepMs={stepMs} active={active} label={at} />}
          />
          {chart.columns.flatMap((column, index) =>
            column.look === "mark"
              ? chart.rows
                  .filter((row) => (row.values[index] ?? 0) > 0)
                  .map((row) => (
                    <ReferenceLine
                      key={`${column.label} ${row.at}`}
                      x={row.at + stepMs / 2}
                      stroke={colourOf(column)}
                      strokeWidth={1.6}
                      strokeDasharray={column.dash ?? ""}
                    />
                  ))
              : [],
          )}
          {chart.columns.map((column, index) => {
            if (column.look === "mark") return null;
            return column.look === "area" ? (
              <Area
                key={column.label}
                dataKey={`c${index}`}
                stackId="all"
                type="stepAfter"
                stroke="var(--av-surface)"
                strokeWidth={0.5}
                fill={colourOf(column)}
                fillOpacity="var(--av-area-opacity)"
                activeDot={false}
                isAnimationActive={false}
              />
            ) : (
              <Line
                key={column.label}
                dataKey={`c${index}`}
                type="linear"
                stroke={colourOf(column)}
                strokeWidth={1.8}
                {...(column.dash !== null && { strokeDasharray: column.dash })}
                dot={({ cx, cy, index: at }: { readonly cx?: number; readonly cy?: number; readonly index: number }) =>
                  isAlone(curves[index] ?? [], at) ? (
                    <circle key={at} cx={cx} cy={cy} r={2.5} fill={colourOf(column)} />
                  ) : (
                    <g key={at} />
                  )
                }
                activeDot={{ r: 3 }}
                connectNulls={false}
                isAnimationActive={false}
              />
            );
          })}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
};
