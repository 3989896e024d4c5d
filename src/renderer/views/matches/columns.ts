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
  kickoff: [132, 0],
  match: [140, 5],
  competition: [72, 3],
  venue: [72, 3],
  referee: [80, 3],
  officials: [120, 4],
  status: [104, 2],
  calendar: [78, 0],
  changed: [104, 0],
  number: [84, 0],
};

/** A day's heading says the date of the rows below it. */
const timeAlone = 78;

/** As in MatchTable.module.css. */
const markWidth = 16;
const columnGap = 12;
const sidePadding = 14;

export const shownColumns = (chosen: readonly Column[]): readonly Column[] =>
  columnNames.filter((name) => fixed.includes(name) || chosen.includes(name));

/** The columns' widths as a CSS grid, the mark's before them, and the least width of a row that has them all. */
export const layoutOf = (
  columns: readonly Column[],
  byDay: boolean,
): { readonly template: string; readonly minWidth: number } => {
  const tracks = columns.map((name) => {
    const [least, share] = widths[name];
    return { least: byDay && name === "kickoff" ? timeAlone : least, share };
  });
  const texts = tracks.map(({ least, share }) => (share === 0 ? `${least}px` : `minmax(${least}px, ${share}fr)`));
  return {
    template: [`${markWidth}px`, ...texts].join(" "),
    minWidth: tracks.reduce((sum, { least }) => sum + least, markWidth) + columns.length * columnGap + 2 * sidePadding,
  };
};
