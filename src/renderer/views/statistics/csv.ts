import { instantOf } from "../../../shared/instant.ts";
import type { Chart } from "./charts.ts";

/** RFC 4180: quoted where it must be. */
const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Instants in UTC and numbers with a point, so that every program reads them alike. */
export const toCsv = (chart: Chart, fromLabel: string): string => {
  const head = [fromLabel, ...chart.columns.map((column) => column.label)];
  const rows = chart.rows.map(({ at, values }) => [
    instantOf(at),
    ...values.map((value) => (value === null ? "" : String(Math.round(value * 1000) / 1000))),
  ]);
  return [head, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
};
