import { IconCalendarEvent } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { minuteMs } from "../../../shared/duration.ts";
import { matchTitle } from "../../../shared/match.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { dayAfter, stockholmDay } from "../../../shared/text/format.ts";
import { hrefOf } from "../../navigation.ts";
import { StatusBadge } from "../../parts/Badge.tsx";
import { daysOf, type MatchDay } from "../../parts/days.ts";
import { Empty } from "../../parts/Empty.tsx";
import { MoreButton } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { PersonLink } from "../../parts/PersonLink.tsx";
import { PlacementMarks } from "../../parts/PlacementMarks.tsx";
import { useNow } from "../../parts/useNow.ts";
import { WarningMark } from "../../parts/WarningMark.tsx";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./Rows.module.css";

/** A week ahead, today included. */
const days = 7;
const shownFirst = 12;
const shownAtMost = 100;

/** Who is to be there, by name; a place that nobody has is seen. */
const Crew = ({ match: { id, officials, openPlaces } }: { readonly match: MatchView }) => {
  const { texts } = useWords();
  if (officials.length + openPlaces.length === 0) return null;
  return (
    <span className={classes.crew}>
      {officials.map(({ name, role }) => (
        <span key={`${role} ${name}`} title={role === null ? undefined : texts.match.role(role)}>
          <PersonLink matchId={id} name={name} />
        </span>
      ))}
      {openPlaces.map((role) => (
        <span key={role} className={classes.open}>
          {texts.todo.open(role, null)}
        </span>
      ))}
    </span>
  );
};

const MatchRow = ({ match }: { readonly match: MatchView }) => {
  const { texts, format } = useWords();
  const off = match.status === "cancelled" || match.status === "postponed" || match.status === "abandoned";
  return (
    <li className={classes.row} data-off={off || undefined}>
      <span className={classes.when}>{match.kickoff !== null && format.time(match.kickoff)}</span>
      <span className={classes.main}>
        <span className={classes.first}>
          <a className={classes.title} href={hrefOf("matches", match.id)}>
            {matchTitle(match)}
          </a>
          {match.status !== "scheduled" && <StatusBadge status={match.status} />}
        </span>
        <span className={classes.second}>
          {[match.competition, match.venue ?? texts.match.noVenue].filter((part) => part !== null).join(" · ")}
        </span>
        {!off && <Crew match={match} />}
      </span>
      <span className={classes.marks}>
        <WarningMark warnings={match.warnings} />
        <PlacementMarks placements={match.placements} />
      </span>
    </li>
  );
};

/** A match of which nobody told how long it is. */
const usualMinutes = 120;

/** Without those that are over. */
const fromNow = (all: readonly MatchDay[], now: number): readonly MatchDay[] =>
  all.flatMap((day) => {
    const matches = day.matches.filter(
      ({ kickoff, length }) => kickoff !== null && Date.parse(kickoff) + (length ?? usualMinutes) * minuteMs > now,
    );
    return matches.length === 0 ? [] : [{ ...day, matches, total: matches.length }];
  });

/** What is played from now on, by day, with who is to be there. */
export const ComingMatches = () => {
  const { texts, format } = useWords();
  const byDay = useDesk((state) => state.index.byDay);
  const now = useNow(minuteMs);
  const today = stockholmDay(now);
  const [all, setAll] = useState(false);
  const coming = useMemo(
    () => fromNow(daysOf(byDay, { from: today, until: dayAfter(today, days) }), now),
    [byDay, today, now],
  );
  const total = coming.reduce((sum, day) => sum + day.matches.length, 0);
  const limit = all ? shownAtMost : shownFirst;
  const words = texts.overview.matches;
  const dayName = (day: string): string => {
    const date = format.weekday(Date.parse(`${day}T12:00:00Z`));
    if (day === today) return `${texts.app.time.today}, ${date}`;
    return day === dayAfter(today, 1) ? `${texts.app.time.tomorrow}, ${date}` : date;
  };
  const shown = coming.reduce<{ readonly left: number; readonly days: readonly (typeof coming)[number][] }>(
    ({ left, days: before }, day) =>
      left <= 0
        ? { left, days: before }
        : { left: left - day.matches.length, days: [...before, { ...day, matches: day.matches.slice(0, left) }] },
    { left: limit, days: [] },
  );
  return (
    <Panel title={words.title} note={total > 0 ? texts.match.matches(total) : undefined} padding="none">
      {total === 0 && <Empty icon={IconCalendarEvent} title={words.empty} about={words.emptyAbout} />}
      {shown.days.map((day) => (
        <section key={day.day} aria-label={dayName(day.day)}>
          <h3 className={classes.group}>
            {dayName(day.day)}
            <span>{texts.match.matches(day.total)}</span>
          </h3>
          <ul className={classes.list}>
            {day.matches.map((match) => (
              <MatchRow key={match.id} match={match} />
            ))}
          </ul>
        </section>
      ))}
      {total > shownFirst && (
        <div className={classes.foot}>
          <MoreButton open={all} more={Math.min(total, shownAtMost) - shownFirst} onToggle={() => setAll(!all)} />
        </div>
      )}
    </Panel>
  );
};
