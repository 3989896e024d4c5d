import writeExcelFile from "write-excel-file/node";
import type { Cell, Column, Table } from "../../shared/table.ts";

/** Excel takes no longer name for a sheet, and none of these in it. */
const sheetName = (title: string): string => title.replace(/[[\]:*?/\\]/g, " ").slice(0, 31);

/** Excel counts a time of day as a part of a day. */
const partOfDay = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return (hours * 60 + minutes) / (24 * 60);
};

/** A text is never a formula here, however it begins. */
const cellOf = (cell: Cell, { kind }: Column) => {
  if (cell === null) return null;
  if (typeof cell === "number") return { type: Number, value: cell };
  switch (kind) {
    case "day":
      return { type: Date, value: new Date(`${cell}T00:00:00Z`), format: "yyyy-mm-dd" };
    case "time":
      return { type: Number, value: partOfDay(cell), format: "hh:mm" };
    case "text":
    case "number":
      return { type: String, value: cell };
  }
};

/** As wide as what stands in it, within reason. */
const widthOf = (rows: Table["rows"], { label }: Column, index: number): number =>
  Math.min(50, 2 + rows.reduce((most, row) => Math.max(most, String(row[index] ?? "").length), label.length));

/** A table as Excel's own file: with real dates and numbers, and a head that stays in sight. */
export const spreadsheet = async ({ title, columns, rows }: Table): Promise<Uint8Array> => {
  const head = columns.map(({ label }) => ({ type: String, value: label, fontWeight: "bold" as const }));
  const body = rows.map((row) => columns.map((column, index) => cellOf(row[index] ?? null, column)));
  const widths = columns.map((column, index) => ({ width: widthOf(rows, column, index) }));
  return writeExcelFile([head, ...body], {
    sheet: sheetName(title),
    columns: widths,
    stickyRowsCount: 1,
  }).toBuffer();
};
