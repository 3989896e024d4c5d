import { IconUserQuestion } from "@tabler/icons-react";
import { memo, type ReactNode } from "react";
import { matchSides } from "../../../shared/match.ts";
import { dayAfter } from "../../../shared/text/format.ts";
import { hrefOf } from "../../navigation.ts";
import { LevelMark } from "../../parts/Level.tsx";
import { personAt } from "../../parts/people.ts";
import { useWords, type Words } from "../../words.tsx";
import type { Block, Day, Row, Side, Subject } from "./layout.ts";
import classes from "./Schedule.module.css";
import { besideText, stateOf, subjectName, timesOf, wholeText } from "./said.ts";

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
  const [first, second] = matchSides(match);
  const state = stateOf(block);
  return (
    <a
      className={classes.block}
      data-state={state}
      href={hrefOf("matches", match.id)}
      title={wholeText(block, words)}
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
      <span className={classes.title}>
        {first !== undefined && <span>{second === undefined ? first : `${first} –`}</span>}{" "}
        {second !== undefined && <span>{second}</span>}
      </span>
      <span className={classes.beside}>{besideText(block, subject, words)}</span>
    </a>
  );
};

const RowName = ({ subject }: { readonly subject: Subject }) => {
  const { texts } = useWords();
  if (subject.kind !== "referee") return subjectName(subject, texts);
  return <a href={hrefOf("people", personAt(subject.matchId, subject.name))}>{subject.label}</a>;
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
export const dayName = (day: string, today: string, { texts, format }: Pick<Words, "texts" | "format">): string => {
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
