import { IconUserQuestion } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { isMainReferee } from "../../../shared/fogis-words.ts";
import type { Instant } from "../../../shared/instant.ts";
import { mainRefereeOf, matchTitle } from "../../../shared/match.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { dayAfter, stockholmDay } from "../../../shared/text/format.ts";
import type { Texts } from "../../../shared/text/type.ts";
import { hrefOf } from "../../navigation.ts";
import { Badge, StatusBadge } from "../../parts/Badge.tsx";
import { isToBePlayed, openPlacesIn, openPlaceTexts, standingOf } from "../../parts/match.ts";
import { PlacementMarks } from "../../parts/PlacementMarks.tsx";
import { VisuallyHidden } from "../../parts/VisuallyHidden.tsx";
import { WarningMark, warningText } from "../../parts/WarningMark.tsx";
import type { Words } from "../../words.tsx";
import type { Column } from "./columns.ts";
import classes from "./MatchTable.module.css";

type CellProps = {
  readonly match: MatchView;
  /** Today in Stockholm. */
  readonly today: string;
  /** A heading above says the day. */
  readonly byDay: boolean;
  /** It has changes the person has not seen. */
  readonly unseen: boolean;
};

/** A function, not a component: a table draws hundreds of cells while one scrolls. */
type Content = (props: CellProps, words: Words) => ReactNode;

const dayText = (kickoff: Instant, today: string, { texts, format }: Words): string => {
  const day = stockholmDay(kickoff);
  if (day === today) return texts.app.time.today;
  if (day === dayAfter(today, 1)) return texts.app.time.tomorrow;
  return format.shortWeekday(kickoff);
};

const kickoff: Content = ({ match: { kickoff: at }, today, byDay }, words) => {
  const { texts, format } = words;
  if (at === null) return <span className={classes.dim}>{byDay ? texts.app.none : texts.match.noKickoff}</span>;
  return (
    <time dateTime={at} title={format.full(at)} className={classes.kickoff}>
      {!byDay && <span>{dayText(at, today, words)}</span>}
      <span className={classes.time}>{format.time(at)}</span>
    </time>
  );
};

const title: Content = ({ match, unseen }, { texts }) => (
  <>
    {unseen && <VisuallyHidden>{texts.match.change.unseen} </VisuallyHidden>}
    <a className={classes.title} href={hrefOf("matches", match.id)} tabIndex={-1}>
      {matchTitle(match)}
    </a>
  </>
);

const plain = (text: string | null, { texts }: Words): ReactNode =>
  text ?? <span className={classes.dim}>{texts.app.none}</span>;

const referee: Content = ({ match }, { texts }) => {
  const main = mainRefereeOf(match.officials);
  if (main !== null) return main.name;
  return <span className={isToBePlayed(match) ? classes.lacking : classes.dim}>{texts.match.noReferee}</span>;
};

/** Everybody, and the places that somebody is sought for. */
const officialsText = (match: MatchView, texts: Texts): string =>
  [...match.officials.map(({ name }) => name), ...openPlaceTexts(match, texts)].join(", ");

/** Places that somebody is sought for; that of the main referee is seen where their name would stand. */
const openPlaces = (match: MatchView, texts: Texts): ReactNode => {
  if (openPlacesIn(match) === 0 || match.openPlaces.every(isMainReferee)) return null;
  return (
    <>
      <IconUserQuestion size={15} aria-hidden="true" className={classes.open} />
      <VisuallyHidden>{openPlaceTexts(match, texts).join(", ")}</VisuallyHidden>
      <span className={classes.warning} aria-hidden="true">
        {texts.todo.kind["open-place"]}
      </span>
    </>
  );
};

/** Only what is not as it should be is said. */
const statusWord = (match: MatchView, { texts }: Words): ReactNode => {
  const standing = standingOf(match);
  if (standing === "declined") return <span className={classes.dim}>{texts.matches.standing.declined}</span>;
  if (standing !== null) return <Badge level="warning">{texts.matches.standing[standing]}</Badge>;
  if (match.status === "scheduled" || match.status === "completed") return null;
  return <StatusBadge status={match.status} />;
};

const status: Content = ({ match }, words) => {
  const [warning] = match.warnings;
  return (
    <span className={classes.status}>
      {statusWord(match, words)}
      {warning !== undefined && (
        <>
          <WarningMark warnings={match.warnings} />
          <span className={classes.warning} aria-hidden="true">
            {words.texts.matches.filter.warningChoice[warning.kind]}
          </span>
        </>
      )}
      {openPlaces(match, words.texts)}
    </span>
  );
};

const changed: Content = ({ match: { changedAt } }, { format }) => (
  <time dateTime={changedAt} title={format.full(changedAt)}>
    {format.dayMonth(changedAt)} {format.time(changedAt)}
  </time>
);

const contents: Readonly<Record<Column, Content>> = {
  kickoff,
  match: title,
  competition: ({ match }, words) => plain(match.competition, words),
  venue: ({ match }, words) => plain(match.venue, words),
  referee,
  officials: ({ match }, words) => plain(officialsText(match, words.texts) || null, words),
  status,
  calendar: ({ match }) => (
    <span className={classes.marks}>
      <PlacementMarks placements={match.placements} />
    </span>
  ),
  changed,
  number: ({ match }, words) => plain(match.number, words),
};

/** What is cut off can be read all the same. */
const wholeText: Readonly<Partial<Record<Column, (match: MatchView, words: Words) => string | null>>> = {
  match: matchTitle,
  competition: (match) => match.competition,
  venue: (match) => match.venue,
  referee: (match) => mainRefereeOf(match.officials)?.name ?? null,
  officials: (match, { texts }) => officialsText(match, texts),
  status: (match, words) =>
    [...match.warnings.map((warning) => warningText(warning, words)), ...openPlaceTexts(match, words.texts)].join(". "),
  number: (match) => match.number,
};

export const cellOf = (column: Column, props: CellProps, words: Words): ReactNode => (
  <td
    key={column}
    className={classes.cell}
    data-column={column}
    title={wholeText[column]?.(props.match, words) || undefined}
  >
    {contents[column](props, words)}
  </td>
);
