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

/** In pixels: the least width, with two lines to a row, and what a usual text needs on one; and the share of what is left over. */
const widths: Readonly<Record<Column, readonly [least: number, usual: number, share: number]>> = {
  kickoff: [132, 132, 0],
  match: [128, 220, 5],
  competition: [72, 112, 3],
  venue: [80, 112, 3],
  referee: [92, 128, 3],
  officials: [120, 200, 4],
  status: [104, 104, 2],
  calendar: [78, 78, 0],
  changed: [104, 104, 0],
  number: [84, 84, 0],
};

/** A day's heading says the date of the rows below it. */
const timeAlone = 78;

/** As in MatchTable.module.css. */
const markWidth = 16;
const columnGap = 12;
const sidePadding = 14;

export const shownColumns = (chosen: readonly Column[]): readonly Column[] =>
  columnNames.filter((name) => fixed.includes(name) || chosen.includes(name));

/** The columns' widths as a CSS grid, the mark's before them, and how wide a row is that has them all: at the least, and with a line to each. */
export const layoutOf = (
  columns: readonly Column[],
  byDay: boolean,
): { readonly template: string; readonly minWidth: number; readonly usualWidth: number } => {
  const tracks = columns.map((name) => {
    const [least, usual, share] = widths[name];
    return byDay && name === "kickoff" ? { least: timeAlone, usual: timeAlone, share } : { least, usual, share };
  });
  const texts = tracks.map(({ least, share }) => (share === 0 ? `${least}px` : `minmax(${least}px, ${share}fr)`));
  const beside = markWidth + columns.length * columnGap + 2 * sidePadding;
  return {
    template: [`${markWidth}px`, ...texts].join(" "),
    minWidth: tracks.reduce((sum, { least }) => sum + least, beside),
    usualWidth: tracks.reduce((sum, { usual }) => sum + usual, beside),
  };
};
