import { Button } from "@mantine/core";
import { IconCalendarDown, IconMail, IconUserSearch } from "@tabler/icons-react";
import { type ReactNode, useCallback, useMemo } from "react";
import { addressBookNames } from "../../../shared/calendar.ts";
import type { TodoItem } from "../../../shared/desk.ts";
import { minuteMs } from "../../../shared/duration.ts";
import type { Person } from "../../../shared/people.ts";
import { distanceText } from "../../../shared/text/distance.ts";
import { mailsOf } from "../../../shared/text/draft.ts";
import { dayAfter, stockholmDay } from "../../../shared/text/format.ts";
import { hrefOf } from "../../navigation.ts";
import { BackLink } from "../../parts/BackLink.tsx";
import { StatusBadge } from "../../parts/Badge.tsx";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { weekNumber, weekOf } from "../../parts/days.ts";
import { Empty } from "../../parts/Empty.tsx";
import { ExternalLink } from "../../parts/ExternalLink.tsx";
import { roleText } from "../../parts/match.ts";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { PlacementIcon, placementText } from "../../parts/PlacementMarks.tsx";
import { saveFile } from "../../parts/save.ts";
import { useNow } from "../../parts/useNow.ts";
import { useToast } from "../../parts/useToast.tsx";
import { WarningMark } from "../../parts/WarningMark.tsx";
import { Ways } from "../../parts/Ways.tsx";
import { useCall, useDesk } from "../../session.ts";
import { useWords, type Words } from "../../words.tsx";
import { loadOf, type Week, weeksOf } from "./load.ts";
import classes from "./People.module.css";
import { matchesTable, scheduleAsText } from "./schedule.ts";

type Appointment = Person["matches"][number];

const Back = () => {
  const { texts } = useWords();
  return <BackLink href={hrefOf("people")} label={texts.people.back} />;
};

/** It has changed since they were last told. */
const isUntold = (item: TodoItem, personId: string): boolean =>
  "changes" in item && item.people.some(({ id, told }) => id === personId && told === null);

/** The way to it, and whether they know. */
const asideOf = ({ from, told }: Appointment, isNewsToThem: boolean, words: Words): readonly string[] => {
  const { texts, format } = words;
  return [
    ...(from === null || from.minutesBetween <= 0
      ? []
      : [
          texts.people.after(format.duration(from.minutesBetween * minuteMs)),
          ...(from.km === null ? [] : [distanceText(from.km, words)]),
        ]),
    ...(told === null ? [] : [texts.people.told({ at: format.kickoff(told.at), by: told.by })]),
    ...(told !== null && isNewsToThem ? [texts.people.changedSince] : []),
  ];
};

const MatchRow = ({ match, person: { id, name } }: { readonly match: Appointment; readonly person: Person }) => {
  const words = useWords();
  const { texts, format } = words;
  const view = useDesk((state) => state.index.byId.get(match.matchId) ?? null);
  const clashes = useMemo(
    () => view?.warnings.filter((warning) => warning.kind === "double-booked" && warning.official === name) ?? [],
    [view, name],
  );
  const isNewsToThem = useDesk(({ todo }) => todo.some((item) => item.matchId === match.matchId && isUntold(item, id)));
  return (
    <li className={classes.match}>
      <span className={classes.when}>
        {match.kickoff === null ? texts.match.noKickoff : format.kickoff(match.kickoff)}
      </span>
      <span className={classes.what}>
        <span className={classes.line}>
          <a className={classes.title} href={hrefOf("matches", match.matchId)}>
            {match.title}
          </a>
          {match.status !== "scheduled" && match.status !== "completed" && <StatusBadge status={match.status} />}
          <WarningMark warnings={clashes} />
        </span>
        <span className={classes.dim}>
          {[
            match.role && texts.match.role(match.role),
            match.venue,
            match.assignment && texts.match.assignment(match.assignment),
          ]
            .filter((part) => part !== null)
            .join(" · ")}
        </span>
        <span className={classes.dim}>{asideOf(match, isNewsToThem, words).join(" · ")}</span>
      </span>
    </li>
  );
};

type MatchesProps = {
  readonly title: string;
  readonly matches: readonly Appointment[];
  readonly person: Person;
  readonly note?: ReactNode;
};

const Matches = ({ title, matches, person, note }: MatchesProps) => {
  const { texts } = useWords();
  return (
    <Panel title={title} note={note ?? texts.match.matches(matches.length)} padding="none">
      {matches.length === 0 && <p className={classes.none}>{texts.people.none}</p>}
      <ul className={classes.list}>
        {matches.map((match) => (
          <MatchRow key={`${match.matchId} ${match.role}`} match={match} person={person} />
        ))}
      </ul>
    </Panel>
  );
};

const WeekRow = ({ week, name }: { readonly week: Week; readonly name: string }) => {
  const { texts, format } = useWords();
  const byId = useDesk((state) => state.index.byId);
  const clashes = week.matchIds.flatMap(
    (id) =>
      byId.get(id)?.warnings.filter((warning) => warning.kind === "double-booked" && warning.official === name) ?? [],
  );
  const roles = week.roles.map(({ role, matches }) => `${matches} ${roleText(role, texts)}`);
  return (
    <tr>
      <th scope="row" title={format.days(week.from, dayAfter(week.from, 6))}>
        {weekNumber(week.from)}
      </th>
      <td>
        {roles.join(", ")} <WarningMark warnings={clashes} />
      </td>
      <td>{format.duration(week.minutes * minuteMs)}</td>
      <td>{week.km === 0 ? null : texts.match.km(format.decimal(week.km))}</td>
    </tr>
  );
};

const Weeks = ({ person }: { readonly person: Person }) => {
  const { texts } = useWords();
  const weeks = useMemo(() => weeksOf(person), [person]);
  if (weeks.length === 0) return null;
  const { week, roles, time, travel } = texts.people.weeks;
  return (
    <table className={classes.weeks}>
      <thead>
        <tr>
          {[week, roles, time, travel].map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((one) => (
          <WeekRow key={one.from} week={one} name={person.name} />
        ))}
      </tbody>
    </table>
  );
};

/** Their matches for their own calendar. */
const CalendarFile = ({ person }: { readonly person: Person }) => {
  const { texts } = useWords();
  const call = useCall();
  const toast = useToast();
  const save = async (): Promise<void> => {
    const answer = await call("personCalendar", { id: person.id });
    if (!answer.ok) return toast(answer, null);
    const { name, calendar } = answer.value;
    saveFile(`${name}.ics`, new Blob([calendar], { type: "text/calendar" }));
  };
  return (
    <Button leftSection={<IconCalendarDown size={15} aria-hidden="true" />} onClick={() => void save()}>
      {texts.people.calendarFile}
    </Button>
  );
};

/** Whether their contact is as it should be, in each address book that is kept. */
const Books = ({ contacts }: Pick<Person, "contacts">) => {
  const { texts } = useWords();
  return addressBookNames.map((book) => {
    const placement = contacts[book];
    return (
      placement !== undefined && (
        <p key={book} className={classes.book}>
          <PlacementIcon state={placement.state} />
          {texts.match.target[book]}: {placementText(placement, texts, book)}
        </p>
      )
    );
  });
};

const Known = ({ person }: { readonly person: Person }) => {
  const words = useWords();
  const { texts, format } = words;
  const today = stockholmDay(useNow(minuteMs));
  const load = useMemo(() => loadOf(person, today), [person, today]);
  const { from, until } = weekOf(today);
  const tableOf = useCallback(() => matchesTable(person, words), [person, words]);
  const schedule = scheduleAsText(person, load.coming, words);
  const mails = mailsOf(person.email === null ? [] : [person.email], { subject: texts.people.subject, text: schedule });
  const later = load.coming.filter((match) => !load.thisWeek.includes(match));
  const span = format.days(from, dayAfter(until, -1));
  return (
    <Page
      title={person.name}
      lead={<Back />}
      tableOf={tableOf}
      note={person.number === null ? undefined : texts.people.number(person.number)}
      actions={
        <>
          <CopyButton value={schedule} label={texts.people.copy} />
          {mails.map(({ url }) => (
            <ExternalLink key={url} url={url}>
              <IconMail size={15} aria-hidden="true" />
              {texts.people.mail}
            </ExternalLink>
          ))}
          <CalendarFile person={person} />
        </>
      }
    >
      <div className={classes.columns}>
        <div className={classes.column}>
          <Panel title={texts.people.contact}>
            <Ways name={person.name} phone={person.phone} email={person.email} />
            {person.address !== null && (
              <p className={classes.address}>
                {[person.address.street, person.address.postalCode, person.address.city]
                  .filter((part) => part !== null)
                  .join(", ")}
              </p>
            )}
            <Books contacts={person.contacts} />
          </Panel>
          <Panel title={texts.people.season} note={texts.match.matches(person.matches.length)}>
            <dl className={classes.roles}>
              {load.roles.map(({ role, matches }) => (
                <div key={role ?? ""}>
                  <dt>{roleText(role, texts)}</dt>
                  <dd>{format.number(matches)}</dd>
                </div>
              ))}
            </dl>
            <Weeks person={person} />
          </Panel>
        </div>
        <div className={classes.column}>
          <Matches title={texts.people.thisWeek} note={span} matches={load.thisWeek} person={person} />
          <Matches title={texts.people.later} matches={later} person={person} />
          {load.played.length > 0 && <Matches title={texts.people.played} matches={load.played} person={person} />}
        </div>
      </div>
    </Page>
  );
};

/** One referee: how to reach them, what they have this week and later, in which roles. */
export const PersonPage = ({ person }: { readonly person: Person | null }) => {
  const { texts } = useWords();
  if (person !== null) return <Known person={person} />;
  return (
    <Page title={texts.app.views.people} lead={<Back />}>
      <Empty icon={IconUserSearch} title={texts.people.notFound} about={texts.people.notFoundAbout} />
    </Page>
  );
};
