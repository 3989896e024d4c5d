import { IconUserQuestion } from "@tabler/icons-react";
import { memo, type ReactNode } from "react";
import type { MatchView, Warning } from "../../../shared/snapshot.ts";
import { dayAfter, type Format } from "../../../shared/text/format.ts";
import type { Texts } from "../../../shared/text/type.ts";
import { hrefOf } from "../../navigation.ts";
import { LevelMark } from "../../parts/Level.tsx";
import { matchTitle } from "../../parts/match.ts";
import { personAt } from "../../parts/people.ts";
import { warningText } from "../../parts/WarningMark.tsx";
import { useWords } from "../../words.tsx";
import { type Block, type Day, isOpen, type Row, type Side, type Subject } from "./layout.ts";
import classes from "./Schedule.module.css";

type Words = { readonly texts: Texts; readonly format: Format };

const isCalledOff = ({ status }: MatchView): boolean => status !== "scheduled" && status !== "completed";

/** Clashes of those whom the row is about; in a venue's row, of everybody. */
const clashesIn = ({ warnings }: MatchView, subject: Subject): readonly Warning[] =>
  warnings.filter(
    (warning) => warning.kind === "double-booked" && (subject.kind !== "referee" || warning.official === subject.name),
  );

export const openText = ({ openPlaces }: MatchView, { texts }: Words): string =>
  openPlaces.length === 0 ? texts.match.noReferee : texts.schedule.open(openPlaces.join(", "));

const timesOf = ({ from, until }: Block): string =>
  [from, until]
    .map((minutes) => [Math.floor(minutes / 60) % 24, minutes % 60].map((part) => String(part).padStart(2, "0")))
    .map((parts) => parts.join(":"))
    .join("–");

/** Everything there is to say of it: what is cut off in the grid can be read all the same. */
const wholeText = (block: Block, subject: Subject, words: Words): string => {
  const { match } = block;
  return [
    `${timesOf(block)} ${matchTitle(match, words.texts)}`,
    ...(isCalledOff(match) ? [words.texts.match.status[match.status]] : []),
    [match.competition, match.venue].filter((part) => part !== null).join(" · "),
    ...match.officials.map(({ role, name }) => (role === null ? name : `${role}: ${name}`)),
    ...(isOpen(match) ? [openText(match, words)] : []),
    ...clashesIn(match, subject).map((warning) => warningText(warning, words.texts)),
  ]
    .filter((line) => line !== "")
    .join("\n");
};

/** What the row does not say already. */
const beside = (match: MatchView, subject: Subject, words: Words): string => {
  if (isCalledOff(match)) return words.texts.match.status[match.status];
  const venue = match.venue ?? words.texts.match.noVenue;
  if (subject.kind === "nobody") return `${openText(match, words)} · ${venue}`;
  if (subject.kind === "referee") {
    const role = match.officials.find(({ name }) => name === subject.name)?.role ?? null;
    return role === null ? venue : `${venue} · ${role}`;
  }
  const names = match.officials.map(({ name }) => name);
  return [...(isOpen(match) ? [openText(match, words)] : []), ...names].join(", ");
};

const stateOf = (match: MatchView, subject: Subject): "off" | "clash" | "open" | undefined => {
  if (isCalledOff(match)) return "off";
  if (clashesIn(match, subject).length > 0) return "clash";
  return isOpen(match) && subject.kind !== "referee" ? "open" : undefined;
};

/** A day without matches has no hours, and nothing lies in it. */
const shareOf = (minutes: number, { from, until }: Day): string =>
  `${(100 * minutes) / (60 * Math.max(1, until - from))}%`;

const MatchBlock = ({
  block,
  day,
  subject,
}: {
  readonly block: Block;
  readonly day: Day;
  readonly subject: Subject;
}) => {
  const words = useWords();
  const { match } = block;
  const state = stateOf(match, subject);
  return (
    <a
      className={classes.block}
      data-state={state}
      href={hrefOf("matches", match.id)}
      title={wholeText(block, subject, words)}
      // One drags the grid, not the link.
      draggable={false}
      style={{
        left: shareOf(block.from - 60 * day.from, day),
        width: shareOf(block.until - block.from, day),
        top: `calc(var(--lane) * ${block.lane})`,
      }}
    >
      <span className={classes.first}>
        <span className={classes.time}>{timesOf(block)}</span>
        {state === "clash" && <LevelMark level="critical" size={13} />}
        {state === "open" && <IconUserQuestion size={13} aria-hidden="true" className={classes.mark} />}
      </span>
      <span className={classes.title}>{matchTitle(match, words.texts)}</span>
      <span className={classes.beside}>{beside(match, subject, words)}</span>
    </a>
  );
};

const RowName = ({ subject }: { readonly subject: Subject }) => {
  const { texts } = useWords();
  switch (subject.kind) {
    case "referee":
      return <a href={hrefOf("people", personAt(subject.matchId, subject.name))}>{subject.name}</a>;
    case "venue":
      return subject.name;
    case "nobody":
    case "nowhere":
      return texts.schedule.row[subject.kind];
  }
};

/** Drawn anew only when its matches or the days are others. */
export const GridRow = memo(
  ({ row, days, today }: { readonly row: Row; readonly days: readonly Day[]; readonly today: string }) => (
    <tr>
      <th
        scope="row"
        className={classes.name}
        data-kind={row.subject.kind}
        style={{ height: `calc(var(--lane) * ${row.lanes} + 6px)` }}
      >
        <RowName subject={row.subject} />
      </th>
      {days.map((day) => (
        <td
          key={day.day}
          className={classes.day}
          data-today={day.day === today || undefined}
          style={{ backgroundSize: `${shareOf(60, day)} 100%` }}
        >
          {row.days.get(day.day)?.map((block) => (
            <MatchBlock key={block.match.id} block={block} day={day} subject={row.subject} />
          ))}
        </td>
      ))}
    </tr>
  ),
);

/** Today and tomorrow by name. */
export const dayName = (day: string, today: string, { texts, format }: Words): string => {
  const date = format.shortWeekday(Date.parse(`${day}T12:00:00Z`));
  if (day === today) return `${texts.app.time.today}, ${date}`;
  return day === dayAfter(today, 1) ? `${texts.app.time.tomorrow}, ${date}` : date;
};

const Hours = ({ day }: { readonly day: Day }) => (
  <span className={classes.hours} aria-hidden="true">
    {Array.from({ length: day.until - day.from }, (_, index) => day.from + index).map((hour) => (
      <span key={hour} style={{ left: shareOf(60 * (hour - day.from), day) }}>
        {String(hour % 24).padStart(2, "0")}
      </span>
    ))}
  </span>
);

type GridProps = {
  readonly side: Side;
  readonly days: readonly Day[];
  readonly today: string;
  /** How many rows there are, drawn or not. */
  readonly rowCount: number;
  readonly label: string;
  /** How wide the name and each day are, in pixels; null: as wide as there is room, for paper. */
  readonly widths: readonly number[] | null;
  readonly children: ReactNode;
};

/** The frame of the grid, in which its rows lie: the days with their hours, which stay in sight (on paper: on each sheet). */
export const Grid = ({ side, days, today, rowCount, label, widths, children }: GridProps) => {
  const words = useWords();
  return (
    <table
      className={classes.grid}
      aria-label={label}
      aria-rowcount={rowCount + 1}
      style={widths === null ? undefined : { width: widths.reduce((sum, width) => sum + width, 0) }}
    >
      {widths !== null && (
        <colgroup>
          {widths.map((width, index) => (
            <col key={days[index - 1]?.day ?? ""} style={{ width }} />
          ))}
        </colgroup>
      )}
      <thead>
        <tr>
          <th scope="col" className={classes.corner}>
            {words.texts.schedule.row[side]}
          </th>
          {days.map((day) => (
            <th key={day.day} scope="col" className={classes.head} data-today={day.day === today || undefined}>
              <span className={classes.date}>{dayName(day.day, today, words)}</span>
              <Hours day={day} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
};
