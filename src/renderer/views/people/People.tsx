import { TextInput } from "@mantine/core";
import { IconSearch, IconUserSearch } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { minuteMs } from "../../../shared/duration.ts";
import type { Person } from "../../../shared/people.ts";
import { searchable, searchFor } from "../../../shared/search.ts";
import { stockholmDay } from "../../../shared/text/format.ts";
import { hrefOf } from "../../navigation.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { LongList } from "../../parts/LongList.tsx";
import { Page } from "../../parts/Page.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { findPerson } from "../../parts/people.ts";
import { phoneText } from "../../parts/phone.ts";
import { useNow } from "../../parts/useNow.ts";
import { useQuery } from "../../parts/useQuery.ts";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { loadOf } from "./load.ts";
import classes from "./People.module.css";
import { PersonPage } from "./PersonPage.tsx";
import { peopleTable } from "./schedule.ts";

/** So often is asked anew at most while matches change. */
const restMs = 2000;

/** Everybody, as the service knows them; asked again when matches have changed. */
const usePeople = () => {
  const { again, ...query } = useQuery("people", {});
  const matches = useDesk((state) => state.matches);
  const [asked, setAsked] = useState(matches);
  useEffect(() => {
    if (asked === matches) return;
    const timer = setTimeout(() => {
      setAsked(matches);
      again();
    }, restMs);
    return () => clearTimeout(timer);
  }, [asked, matches, again]);
  return query;
};

const Row = ({ person, today }: { readonly person: Person; readonly today: string }) => {
  const { texts, format } = useWords();
  const words = texts.people;
  const { thisWeek, coming } = loadOf(person, today);
  const [next] = coming;
  return (
    <div className={classes.row}>
      <span className={classes.who}>
        <a className={classes.name} href={hrefOf("people", person.id)}>
          {person.name}
        </a>
        <span className={classes.dim}>{person.number}</span>
      </span>
      <span className={classes.reach}>
        <span>{person.phone === null ? null : phoneText(person.phone)}</span>
        <span className={classes.dim}>{person.email}</span>
      </span>
      <span className={classes.next}>
        {next === undefined ? (
          <span className={classes.dim}>{words.noComing}</span>
        ) : (
          <>
            <span>{next.kickoff === null ? texts.match.noKickoff : format.kickoff(next.kickoff)}</span>
            <span className={classes.dim}>{next.title}</span>
          </>
        )}
      </span>
      <span className={classes.week}>
        {thisWeek.length > 0 && <Badge level="off">{words.inWeek(thisWeek.length)}</Badge>}
      </span>
    </div>
  );
};

const List = ({ people }: { readonly people: readonly Person[] }) => {
  const said = useWords();
  const { texts } = said;
  const words = texts.people;
  const [typed, setTyped] = useState("");
  const today = stockholmDay(useNow(minuteMs));
  const rows = useMemo(() => {
    const search = searchFor(typed);
    return people.filter(({ name, number, email, phones }) =>
      search.finds(searchable(name, number, email, phones.mobile, phones.home, phones.work)),
    );
  }, [people, typed]);
  const tableOf = useCallback(() => peopleTable(rows, today, said), [rows, today, said]);
  return (
    <Page title={texts.app.views.people} layout="fill" note={words.count(people.length)} tableOf={tableOf}>
      <div className={classes.frame}>
        <search className={classes.toolbar}>
          <TextInput
            className={classes.search ?? ""}
            leftSection={<IconSearch size={15} aria-hidden="true" />}
            placeholder={words.search}
            aria-label={words.search}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </search>
        {rows.length === 0 ? (
          <Empty
            icon={IconUserSearch}
            title={people.length === 0 ? words.empty : words.nobody}
            about={people.length === 0 ? words.emptyAbout : words.nobodyAbout}
          />
        ) : (
          <LongList rows={rows} keyOf={({ id }) => id} rowHeight={50} label={texts.people.back}>
            {(person) => <Row person={person} today={today} />}
          </LongList>
        )}
      </div>
    </Page>
  );
};

/** Everybody who referees; and the page of the one who is opened. */
export const People = ({ id }: { readonly id: string | null }) => {
  const { texts } = useWords();
  const query = usePeople();
  if (query.state === "loading") return <Page title={texts.app.views.people}>{null}</Page>;
  if (query.state === "failed")
    return (
      <Page title={texts.app.views.people}>
        <ProblemNote problem={query.problem} />
      </Page>
    );
  const { people } = query.value;
  return id === null ? <List people={people} /> : <PersonPage person={findPerson(people, id)} />;
};
