import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import type { Instant } from "../../../shared/instant.ts";
import { mainRefereeOf, statusOfPlace } from "../../../shared/match.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { dayAfter, type Format, stockholmDay } from "../../../shared/text/format.ts";
import type { Texts } from "../../../shared/text/type.ts";
import { hrefOf } from "../../navigation.ts";
import { Badge, StatusBadge } from "../../parts/Badge.tsx";
import { isToBePlayed, matchTitle, standingOf } from "../../parts/match.ts";
import { PlacementMarks } from "../../parts/PlacementMarks.tsx";
import { WarningMark, warningText } from "../../parts/WarningMark.tsx";
import { useWords } from "../../words.tsx";
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
type Words = { readonly texts: Texts; readonly format: Format };

const dayText = (kickoff: Instant, today: string, { texts, format }: Words): string => {
  const day = stockholmDay(kickoff);
  if (day === today) return texts.app.time.today;
  if (day === dayAfter(today, 1)) return texts.app.time.tomorrow;
  return format.shortWeekday(kickoff);
};

const Kickoff = ({ match: { kickoff }, today, byDay }: CellProps) => {
  const words = useWords();
  if (kickoff === null)
    return <span className={classes.dim}>{byDay ? words.texts.app.none : words.texts.match.noKickoff}</span>;
  return (
    <time dateTime={kickoff} title={words.format.full(kickoff)} className={classes.kickoff}>
      {!byDay && <span>{dayText(kickoff, today, words)}</span>}
      <span className={classes.time}>{words.format.time(kickoff)}</span>
    </time>
  );
};

const Title = ({ match, unseen }: CellProps) => {
  const { texts } = useWords();
  return (
    <>
      {unseen && <VisuallyHidden>{texts.match.change.unseen} </VisuallyHidden>}
      <a className={classes.title} href={hrefOf("matches", match.id)} tabIndex={-1}>
        {matchTitle(match, texts)}
      </a>
    </>
  );
};

const Plain = ({ text }: { readonly text: string | null }) => {
  const { texts } = useWords();
  return text ?? <span className={classes.dim}>{texts.app.none}</span>;
};

const Referee = ({ match }: CellProps) => {
  const { texts } = useWords();
  const referee = mainRefereeOf(match.officials);
  if (referee !== null) return referee.name;
  return <span className={isToBePlayed(match) ? classes.lacking : classes.dim}>{texts.match.noReferee}</span>;
};

/** Everybody, and the places that nobody has. */
const officialsText = ({ officials, openPlaces, placeStatuses }: MatchView, texts: Texts): string =>
  [
    ...officials.map(({ name }) => name),
    ...openPlaces.map((role) => texts.todo.open(role, statusOfPlace(placeStatuses, role))),
  ].join(", ");

/** Only what is not as it should be is said. */
const StatusWord = ({ match }: Pick<CellProps, "match">) => {
  const { texts } = useWords();
  const standing = standingOf(match);
  if (standing === "declined") return <span className={classes.dim}>{texts.matches.standing.declined}</span>;
  if (standing !== null) return <Badge level="warning">{texts.matches.standing[standing]}</Badge>;
  if (match.status === "scheduled" || match.status === "completed") return null;
  return <StatusBadge status={match.status} />;
};

const Status = ({ match }: CellProps) => {
  const { texts } = useWords();
  const [warning] = match.warnings;
  return (
    <span className={classes.status}>
      <StatusWord match={match} />
      <WarningMark warnings={match.warnings} />
      {warning !== undefined && (
        <span className={classes.warning} aria-hidden="true">
          {texts.matches.filter.warningChoice[warning.kind]}
        </span>
      )}
    </span>
  );
};

const Changed = ({ match }: CellProps) => {
  const { format } = useWords();
  return (
    <time dateTime={match.changedAt} title={format.full(match.changedAt)}>
      {format.dayMonth(match.changedAt)} {format.time(match.changedAt)}
    </time>
  );
};

const Officials = ({ match }: CellProps) => {
  const { texts } = useWords();
  return <Plain text={officialsText(match, texts) || null} />;
};

const content: Readonly<Record<Column, (props: CellProps) => ReactNode>> = {
  kickoff: (props) => <Kickoff {...props} />,
  match: (props) => <Title {...props} />,
  competition: ({ match }) => <Plain text={match.competition} />,
  venue: ({ match }) => <Plain text={match.venue} />,
  referee: (props) => <Referee {...props} />,
  officials: (props) => <Officials {...props} />,
  status: (props) => <Status {...props} />,
  calendar: ({ match }) => (
    <span className={classes.marks}>
      <PlacementMarks placements={match.placements} />
    </span>
  ),
  changed: (props) => <Changed {...props} />,
  number: ({ match }) => <Plain text={match.number} />,
};

/** What is cut off can be read all the same. */
const wholeText: Readonly<Partial<Record<Column, (match: MatchView, words: Words) => string | null>>> = {
  match: (match, { texts }) => matchTitle(match, texts),
  competition: (match) => match.competition,
  venue: (match) => match.venue,
  referee: (match) => mainRefereeOf(match.officials)?.name ?? null,
  officials: (match, { texts }) => officialsText(match, texts),
  status: ({ warnings }, words) => warnings.map((warning) => warningText(warning, words)).join(". "),
  number: (match) => match.number,
};

export const Cell = ({ column, match, ...props }: CellProps & { readonly column: Column }) => {
  const words = useWords();
  return (
    <td className={classes.cell} data-column={column} title={wholeText[column]?.(match, words) || undefined}>
      {content[column]({ match, ...props })}
    </td>
  );
};
