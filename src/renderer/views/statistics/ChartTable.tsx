import { Table } from "@mantine/core";
import type { Stats } from "../../../shared/stats.ts";
import { useWords } from "../../words.tsx";
import type { Chart } from "./charts.ts";
import { plotHeight, useUnit } from "./Plot.tsx";
import classes from "./Statistics.module.css";

/** The same figures in words; the newest first. */
export const ChartTable = ({ chart, stats }: { readonly chart: Chart; readonly stats: Stats }) => {
  const { texts, format } = useWords();
  const say = useUnit(chart.unit);
  const label = `${chart.title}: ${texts.statistics.showTable}`;
  const days = stats.range === "7d" || stats.range === "30d";
  return (
    // A region that scrolls must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.table} style={{ height: plotHeight }} tabIndex={0} aria-label={label}>
      <Table stickyHeader verticalSpacing={3} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.statistics.from}</Table.Th>
            {chart.columns.map((column) => (
              <Table.Th key={column.label} className={classes.number ?? ""}>
                {column.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {chart.rows.toReversed().map((row) => (
            <Table.Tr key={row.at}>
              <Table.Td>{days ? format.kickoff(row.at) : format.time(row.at)}</Table.Td>
              {chart.columns.map((column, index) => (
                <Table.Td key={column.label} className={classes.number ?? ""}>
                  {say(row.values[index], column.look)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
};
