import { matchTitle } from "../../../shared/match.ts";
import type { MatchView, Warning } from "../../../shared/snapshot.ts";
import type { Table } from "../../../shared/table.ts";
import type { Texts } from "../../../shared/text/type.ts";
import { kickoffCells, kickoffColumns, officialText, openPlacesIn } from "../../parts/match.ts";
import { warningText } from "../../parts/WarningMark.tsx";
import type { Words } from "../../words.tsx";
import { type Block, labelOf, type Schedule, type Side, type Subject } from "./layout.ts";

type Told = Pick<Words, "texts" | "format">;

export const subjectName = (subject: Subject, texts: Texts): string =>
  labelOf(subject) ?? ("name" in subject ? subject.name : texts.schedule.row[subject.kind]);

const isCalledOff = ({ status }: MatchView): boolean => status !== "scheduled" && status !== "completed";

/** Clashes of whose row it is; in a venue's row, of everybody. */
const clashesIn = ({ match: { warnings }, official }: Block): readonly Warning[] =>
  warnings.filter(
    (warning) => warning.kind === "double-booked" && (official === null || warning.official === official.name),
  );

const openText = ({ openPlaces }: MatchView, { texts }: Told): string =>
  openPlaces.length === 0 ? texts.match.noReferee : texts.schedule.open(openPlaces.map(texts.match.role).join(", "));

const timeOf = (minutes: number): string =>
  [Math.floor(minutes / 60) % 24, minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");

export const timesOf = ({ from, until }: Block): string => `${timeOf(from)}–${timeOf(until)}`;

/** Why one should look at it. */
const notesOf = (block: Block, words: Told): readonly string[] => {
  const { match } = block;
  return [
    ...(isCalledOff(match) ? [words.texts.match.status[match.status]] : []),
    ...(openPlacesIn(match) > 0 ? [openText(match, words)] : []),
    ...clashesIn(block).map((warning) => warningText(warning, words)),
  ];
};

/** Where it is, and as what somebody is there. */
const placeText = ({ match, official }: Block, { texts }: Told): string => {
  const venue = match.venue ?? texts.match.noVenue;
  return official?.role == null ? venue : `${venue} · ${texts.match.role(official.role)}`;
};

/** Everything there is to say of it: what is cut off in the grid can be read all the same. */
export const wholeText = (block: Block, words: Told): string => {
  const { match } = block;
  return [
    `${timesOf(block)} ${matchTitle(match)}`,
    [match.competition, match.venue].filter((part) => part !== null).join(" · "),
    ...match.officials.map((official) => officialText(official, words.texts)),
    ...notesOf(block, words),
  ]
    .filter((line) => line !== "")
    .join("\n");
};

/** What the row does not say already. */
export const besideText = (block: Block, subject: Subject, words: Told): string => {
  const { match } = block;
  if (isCalledOff(match)) return words.texts.match.status[match.status];
  if (subject.kind === "referee") return placeText(block, words);
  if (subject.kind === "nobody") return `${openText(match, words)} · ${placeText(block, words)}`;
  const names = match.officials.map(({ name }) => name).join(", ");
  return [openPlacesIn(match) > 0 ? openText(match, words) : "", names].filter((part) => part !== "").join(" · ");
};

export const stateOf = (block: Block): "off" | "clash" | "open" | undefined => {
  const { match, official } = block;
  if (isCalledOff(match)) return "off";
  if (clashesIn(block).length > 0) return "clash";
  return openPlacesIn(match) > 0 && official === null ? "open" : undefined;
};

/** Row by row, what the grid shows, as a table to take away. */
export const scheduleTable = ({ rows }: Schedule, side: Side, title: string, words: Told): Table => {
  const { texts, format } = words;
  return {
    title,
    columns: [
      { label: texts.schedule.row[side], kind: "text" },
      ...kickoffColumns(texts),
      { label: texts.schedule.end, kind: "time" },
      { label: texts.matches.column.match, kind: "text" },
      { label: texts.match.field.competition, kind: "text" },
      { label: side === "venue" ? texts.match.field.officials : texts.match.field.venue, kind: "text" },
      { label: texts.schedule.note, kind: "text" },
    ],
    rows: rows.flatMap(({ subject, days }) =>
      [...days.values()].flat().map((block) => {
        const { match } = block;
        return [
          subjectName(subject, texts),
          ...kickoffCells(match.kickoff, format),
          timeOf(block.until),
          matchTitle(match),
          match.competition,
          side === "venue" ? match.officials.map(({ name }) => name).join(", ") : placeText(block, words),
          notesOf(block, words).join(". "),
        ];
      }),
    ),
  };
};
