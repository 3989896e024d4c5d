import { z } from "zod";

/** Columns in the order they stand in; the first two are always there. */
export const columnNames = [
  "kickoff",
  "match",
  "competition",
  "venue",
  "referee",
  "officials",
  "status",
  "calendar",
  "changed",
  "number",
] as const;
export const columnSchema = z.enum(columnNames);
export type Column = z.infer<typeof columnSchema>;

const fixed: readonly Column[] = ["kickoff", "match"];
export const choosable: readonly Column[] = columnNames.filter((name) => !fixed.includes(name));

export const chosenSchema = z.array(columnSchema).readonly();
export const usualColumns: readonly Column[] = ["competition", "venue", "referee", "status", "calendar"];

/** The least width in pixels, and the share of what is left over. */
const widths: Readonly<Record<Column, readonly [least: number, share: number]>> = {
  kickoff: [124, 0],
  match: [140, 5],
  competition: [72, 3],
  venue: [72, 3],
  referee: [80, 3],
  officials: [120, 4],
  status: [100, 0],
  calendar: [72, 0],
  changed: [104, 0],
  number: [84, 0],
};

/** As in MatchTable.module.css. */
const columnGap = 12;
const sidePadding = 14;

export const shownColumns = (chosen: readonly Column[]): readonly Column[] =>
  columnNames.filter((name) => fixed.includes(name) || chosen.includes(name));

/** The columns' widths as a CSS grid, and the least width of a row that has them all. */
export const layoutOf = (columns: readonly Column[]): { readonly template: string; readonly minWidth: number } => ({
  template: columns
    .map((name) => {
      const [least, share] = widths[name];
      return share === 0 ? `${least}px` : `minmax(${least}px, ${share}fr)`;
    })
    .join(" "),
  minWidth:
    columns.reduce((sum, name) => sum + widths[name][0], 0) + (columns.length - 1) * columnGap + 2 * sidePadding,
});
