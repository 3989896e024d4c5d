import { z } from "zod";

/** A column, and how a spreadsheet is to take what stands in it: days as `2027-05-08`, times as `15:00`. */
const columnSchema = z.object({ label: z.string(), kind: z.enum(["text", "number", "day", "time"]) }).readonly();
const cellSchema = z.union([z.string(), z.number(), z.null()]);

/** What is shown, as a table: to be copied, saved and printed. */
export const tableSchema = z
  .object({
    title: z.string(),
    columns: z.array(columnSchema).readonly(),
    rows: z.array(z.array(cellSchema).readonly()).readonly(),
  })
  .readonly();
export type Table = z.infer<typeof tableSchema>;
export type Cell = z.infer<typeof cellSchema>;
export type Column = z.infer<typeof columnSchema>;

/** A spreadsheet takes a text that begins like this for a formula, and would carry it out. */
const formula = /^[=+\-@\t\r]/;
const harmless = (cell: Cell): string =>
  typeof cell === "string" && formula.test(cell) ? `'${cell}` : String(cell ?? "");

const linesOf = ({ columns, rows }: Table): readonly (readonly string[])[] =>
  [columns.map(({ label }) => label), ...rows].map((row) => row.map(harmless));

const written = (lines: readonly (readonly string[])[], separator: string, field: (text: string) => string): string =>
  lines.map((line) => `${line.map(field).join(separator)}\r\n`).join("");

/** RFC 4180, with a byte order mark, by which spreadsheets know UTF-8. They expect another separator in each country. */
export const csvOf = (table: Table, separator: "," | ";"): string =>
  `\uFEFF${written(linesOf(table), separator, (text) => (/[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))}`;

/** As spreadsheets and mails take it when it is pasted. */
export const textOf = (table: Table): string =>
  written(linesOf(table), "\t", (text) => text.replace(/\s+/g, " ")).replaceAll("\r\n", "\n");
