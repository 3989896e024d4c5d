import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconChartAreaLine, IconTable } from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { Stats } from "../../../shared/stats.ts";
import { Panel } from "../../parts/Panel.tsx";
import { useWords } from "../../words.tsx";
import { ChartTable } from "./ChartTable.tsx";
import { type Chart, figuresOf } from "./charts.ts";
import { colourOf, Plot, useUnit } from "./Plot.tsx";
import classes from "./Statistics.module.css";
import { saveCsv, savePng } from "./save.ts";

/** One chart: its curves or its table, what they mean, and its files. */
export const ChartPanel = ({ chart, stats }: { readonly chart: Chart; readonly stats: Stats }) => {
  const { texts } = useWords();
  const [table, setTable] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const say = useUnit(chart.unit);
  const words = texts.statistics;
  const figures = figuresOf(chart);
  const legend = chart.columns.map((column) => ({ label: column.label, colour: colourOf(column) }));
  const picture = () => {
    const svg = body.current?.querySelector<SVGSVGElement>("svg.recharts-surface");
    if (svg !== null && svg !== undefined) void savePng(chart, svg, legend);
  };
  const toggle = table ? words.showChart : words.showTable;
  return (
    <Panel
      title={chart.title}
      note={
        figures !== null && (
          <span className="tabular">
            {words.latest(say(figures.latest))} · {words.peak(say(figures.peak))}
          </span>
        )
      }
      actions={
        <>
          <Tooltip label={toggle}>
            <ActionIcon aria-label={toggle} aria-pressed={table} onClick={() => setTable(!table)}>
              {table ? <IconChartAreaLine size={17} /> : <IconTable size={17} />}
            </ActionIcon>
          </Tooltip>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-label={words.saveCsv(chart.title)}
            onClick={() => saveCsv(chart, words.from)}
          >
            {words.csv}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-label={words.savePng(chart.title)}
            disabled={table}
            onClick={picture}
          >
            {words.png}
          </Button>
        </>
      }
    >
      <div ref={body}>{table ? <ChartTable chart={chart} stats={stats} /> : <Plot chart={chart} stats={stats} />}</div>
      <ul className={classes.legend}>
        {chart.columns.map((column) => (
          <li key={column.label}>
            <svg width="18" height="10" aria-hidden="true">
              {column.look === "area" ? (
                <rect x="4" width="10" height="10" rx="2" fill={colourOf(column)} />
              ) : (
                <path
                  d="M0 5h18"
                  stroke={colourOf(column)}
                  strokeWidth="2.4"
                  {...(column.dash !== null && { strokeDasharray: column.dash })}
                />
              )}
            </svg>
            {column.label}
          </li>
        ))}
        {stats.gaps.length > 0 && (
          <li title={words.gap}>
            <span className={classes.hatch} />
            {words.gapShort}
          </li>
        )}
      </ul>
    </Panel>
  );
};
