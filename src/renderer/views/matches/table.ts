import { calendarNames } from "../../../shared/calendar.ts";
import { mainRefereeOf, matchTitle } from "../../../shared/match.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import type { Cell, Table, Column as TableColumn } from "../../../shared/table.ts";
import { kickoffCells, kickoffColumns, officialText, openPlaceTexts, standingOf } from "../../parts/match.ts";
import { placementText } from "../../parts/PlacementMarks.tsx";
import { warningText } from "../../parts/WarningMark.tsx";
import type { Words } from "../../words.tsx";
import type { Column } from "./columns.ts";

type Told = Pick<Words, "texts" | "format">;

const listed = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join("; ");

const statusText = (match: MatchView, words: Told): string => {
  const { texts } = words;
  const standing = standingOf(match);
  return listed([
    standing === null ? texts.match.status[match.status] : texts.matches.standing[standing],
    ...match.warnings.map((warning) => warningText(warning, words)),
  ]);
};

const placesText = ({ placements }: MatchView, { texts }: Told): string =>
  listed(
    calendarNames.map((name) => {
      const placement = placements[name];
      return placement === undefined ? null : `${texts.match.target[name]}: ${placementText(placement, texts)}`;
    }),
  );

const cellOf: Readonly<Record<Exclude<Column, "kickoff">, (match: MatchView, words: Told) => Cell>> = {
  match: matchTitle,
  competition: ({ competition }) => competition,
  venue: ({ venue }) => venue,
  referee: ({ officials }) => mainRefereeOf(officials)?.name ?? null,
  officials: (match, { texts }) =>
    listed([...match.officials.map((official) => officialText(official, texts)), ...openPlaceTexts(match, texts)]),
  status: statusText,
  calendar: placesText,
  changed: ({ changedAt }, { format }) => `${format.dayMonth(changedAt)} ${format.time(changedAt)}`,
  number: ({ number }) => number,
};

/** The matches and columns that are shown, as a table to take away. */
export const matchTable = (rows: readonly MatchView[], columns: readonly Column[], words: Told): Table => {
  const { texts } = words;
  return {
    title: texts.app.views.matches,
    columns: columns.flatMap((column): readonly TableColumn[] =>
      column === "kickoff" ? kickoffColumns(texts) : [{ label: texts.matches.column[column], kind: "text" }],
    ),
    rows: rows.map((match) =>
      columns.flatMap((column): readonly Cell[] =>
        column === "kickoff" ? kickoffCells(match.kickoff, words.format) : [cellOf[column](match, words)],
      ),
    ),
  };
};
