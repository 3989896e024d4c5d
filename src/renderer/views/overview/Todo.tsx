import { Button, Checkbox } from "@mantine/core";
import { IconChecks, IconUserSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { TodoItem, Urgency } from "../../../shared/desk.ts";
import { minuteMs } from "../../../shared/duration.ts";
import { matchTitle } from "../../../shared/match.ts";
import { ok } from "../../../shared/problem.ts";
import { stockholmDay } from "../../../shared/text/format.ts";
import { adviceFor } from "../../../shared/text/target.ts";
import { hrefOf } from "../../navigation.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { Badge } from "../../parts/Badge.tsx";
import { ChangeLine } from "../../parts/ChangeLine.tsx";
import { WriteButton } from "../../parts/DraftDialog.tsx";
import { daysOf, rangeOf } from "../../parts/days.ts";
import { Empty } from "../../parts/Empty.tsx";
import { Held } from "../../parts/Held.tsx";
import { LevelMark, type LevelName } from "../../parts/Level.tsx";
import { MoreButton } from "../../parts/MoreButton.tsx";
import { openPlacesIn } from "../../parts/match.ts";
import { useMending } from "../../parts/mending.ts";
import { Panel } from "../../parts/Panel.tsx";
import { Moment } from "../../parts/Times.tsx";
import { useNow } from "../../parts/useNow.ts";
import { useToast } from "../../parts/useToast.tsx";
import { Ways } from "../../parts/Ways.tsx";
import { useCall, useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { openPlaceViews, weekOfView } from "../matches/views.ts";
import { FreeDialog } from "./FreeDialog.tsx";
import classes from "./Todo.module.css";
import { type Entry, entriesOf, type MatchEntry, rolesWanted, type ToTell } from "./todo.ts";

const shownFirst = 8;

const levels: Readonly<Record<Urgency, LevelName>> = { hours: "critical", days: "warning", later: "info" };

/** Ticks that somebody was told, and takes a tick back. */
const useTell = (matchId: string) => {
  const { texts } = useWords();
  const call = useCall();
  const say = useToast();
  const untell = async (personId: string | undefined): Promise<void> => {
    const answer = await call("tell", { matchId, told: false, personId });
    say(answer.ok ? ok(texts.today.untold) : answer, null);
  };
  const tell = async (upTo: number, personId?: string): Promise<void> => {
    const answer = await call("tell", { matchId, upTo, personId });
    say(answer.ok ? ok(texts.today.told) : answer, () => void untell(personId));
  };
  return { tell, untell };
};

const PersonLine = ({ matchId, of: { person, upTo } }: { readonly matchId: string; readonly of: ToTell }) => {
  const { texts } = useWords();
  const { tell, untell } = useTell(matchId);
  return (
    <li className={classes.person}>
      <span className={classes.who}>
        <a className={classes.name} href={hrefOf("people", person.id)}>
          {person.name}
        </a>{" "}
        <span className={classes.dim}>{person.role !== null && texts.match.role(person.role)}</span>
      </span>
      <Ways name={person.name} phone={person.phone} email={person.email} />
      {upTo !== null && (
        <span className={classes.tick}>
          <Held>
            <Checkbox
              size="xs"
              label={
                person.told === null ? (
                  texts.today.informed
                ) : (
                  <>
                    {texts.today.informed} <Moment at={person.told.at} /> {person.told.by}
                  </>
                )
              }
              aria-label={texts.today.informedOf(person.name)}
              checked={person.told !== null}
              onChange={(event) => void (event.currentTarget.checked ? tell(upTo, person.id) : untell(person.id))}
            />
          </Held>
        </span>
      )}
    </li>
  );
};

const ItemLine = ({ item }: { readonly item: MatchEntry["items"][number] }) => {
  const { texts } = useWords();
  const other = useDesk((state) =>
    item.kind === "double-booked" ? (state.index.byId.get(item.otherMatchId) ?? null) : null,
  );
  switch (item.kind) {
    case "no-referee":
    case "open-place":
      return item.places.map(({ role, status }) => <span key={role}>{texts.todo.open(role, status)}</span>);
    case "double-booked":
      return (
        <a className={classes.other} href={hrefOf("matches", item.otherMatchId)}>
          {texts.todo.also(matchTitle(other ?? { id: item.otherMatchId, number: null, home: null, away: null }))}
        </a>
      );
    case "withdrawn":
      return null;
    case "called-off":
    case "postponed":
    case "on-again":
    case "moved":
      return item.changes.map((difference) => <ChangeLine key={difference.field} difference={difference} wrap />);
  }
};

const MatchLine = ({ entry }: { readonly entry: MatchEntry }) => {
  const { texts, format } = useWords();
  const { tell } = useTell(entry.matchId);
  const [free, setFree] = useState(false);
  const matchIds = useMemo(() => [entry.matchId], [entry.matchId]);
  const roles = rolesWanted(entry.items);
  const wanted = entry.kickoff !== null && (roles.length > 0 || entry.items.some(({ kind }) => kind === "no-referee"));
  const untold = entry.people.filter(({ person, upTo }) => upTo !== null && person.told === null);
  const news = entry.items.find(({ kind }) => kind !== "withdrawn" && kind !== "double-booked" && !isLack(kind));
  const upTo = Math.max(0, ...untold.map((one) => one.upTo ?? 0), news?.upTo ?? 0);
  const toAll = untold.length > 1 || (news !== undefined && entry.people.length === 0);
  return (
    <>
      <span className={classes.when}>
        {entry.kickoff === null ? texts.match.noKickoff : format.kickoff(entry.kickoff)}
      </span>
      <div className={classes.what}>
        <div className={classes.line}>
          <a className={classes.title} href={hrefOf("matches", entry.matchId)}>
            {entry.title}
          </a>
          {entry.items.map(({ id, kind }) => (
            <Badge key={id} level={badgeOf(entry.urgency)}>
              {texts.todo.kind[kind]}
            </Badge>
          ))}
          <span className={classes.dim}>{entry.venue}</span>
        </div>
        <div className={classes.details}>
          {entry.items.map((item) => (
            <ItemLine key={item.id} item={item} />
          ))}
        </div>
        {entry.people.length > 0 && (
          <ul className={classes.people}>
            {entry.people.map((one) => (
              <PersonLine key={one.person.id} matchId={entry.matchId} of={one} />
            ))}
          </ul>
        )}
      </div>
      <div className={classes.acts}>
        {wanted && (
          <Button leftSection={<IconUserSearch size={15} aria-hidden="true" />} onClick={() => setFree(true)}>
            {texts.today.whoIsFree}
          </Button>
        )}
        <WriteButton matchIds={matchIds} variant="subtle" />
        {toAll && (
          <Held>
            <Button
              variant="subtle"
              leftSection={<IconChecks size={15} aria-hidden="true" />}
              onClick={() => void tell(upTo)}
            >
              {untold.length > 1 ? texts.today.allInformed : texts.today.seen}
            </Button>
          </Held>
        )}
      </div>
      <FreeDialog opened={free} matchId={entry.matchId} roles={roles} onClose={() => setFree(false)} />
    </>
  );
};

const isLack = (kind: TodoItem["kind"]): boolean => kind === "no-referee" || kind === "open-place";

const badgeOf = (urgency: Urgency): "critical" | "warning" | "off" => {
  switch (urgency) {
    case "hours":
      return "critical";
    case "days":
      return "warning";
    case "later":
      return "off";
  }
};

const removalsWait = { kind: "confirmation-needed" } as const;

const TargetLine = ({ item }: { readonly item: Extract<Entry, { of: "target" }>["item"] }) => {
  const { texts } = useWords();
  const mend = useMending();
  const problem = item.kind === "held" ? removalsWait : item.problem;
  const mending = useMemo(() => mend(problem, item.target), [mend, problem, item.target]);
  const name = texts.match.target[item.target];
  return (
    <>
      <span className={classes.when}>
        <Moment at={item.since} />
      </span>
      <div className={classes.what}>
        <div className={classes.line}>
          <a className={classes.title} href={hrefOf("calendars")}>
            {item.label === "" || item.label === name ? name : `${name}: ${item.label}`}
          </a>
          <Badge level={badgeOf(item.urgency)}>{texts.todo.kind[item.kind]}</Badge>
        </div>
        <div className={classes.details}>
          {item.kind === "held" ? (
            item.removals !== null && <span>{texts.todo.removals(item.removals)}</span>
          ) : (
            <span>{adviceFor(texts, item.problem.kind, item.target).what}</span>
          )}
        </div>
      </div>
      <div className={classes.acts}>{mending !== null && <ActionButton action={mending} />}</div>
    </>
  );
};

/** Where somebody is sought: a week at a time, also beyond what is near enough to wait for anybody yet. */
const OpenPlaces = () => {
  const { texts, format } = useWords();
  const byDay = useDesk((state) => state.index.byDay);
  const today = stockholmDay(useNow(minuteMs));
  return openPlaceViews.map((view) => {
    const days = daysOf(byDay, rangeOf(weekOfView(view, today), today));
    const places = days.flatMap(({ matches }) => matches).reduce((sum, match) => sum + openPlacesIn(match), 0);
    if (places === 0) return null;
    return (
      <Button key={view} component="a" variant="subtle" color="gray" size="compact-xs" href={hrefOf("matches", view)}>
        {texts.today.openPlaces[view]}: {format.number(places)}
      </Button>
    );
  });
};

/** What waits for somebody, the most pressing first: a match once, with whom it concerns and what can be done here. */
export const Todo = () => {
  const { texts } = useWords();
  const items = useDesk((state) => state.todo);
  const entries = useMemo(() => entriesOf(items), [items]);
  const [all, setAll] = useState(false);
  const shown = all ? entries : entries.slice(0, shownFirst);
  return (
    <Panel
      title={texts.today.todo}
      note={entries.length > 0 ? texts.today.waiting(entries.length) : undefined}
      actions={<OpenPlaces />}
      padding="none"
    >
      {entries.length === 0 && <Empty icon={IconChecks} title={texts.todo.nothing} about={texts.today.nothingAbout} />}
      <ul className={classes.list}>
        {shown.map((entry) => (
          <li
            key={entry.of === "match" ? `match/${entry.matchId}` : entry.item.id}
            className={classes.entry}
            data-urgency={entry.urgency}
          >
            <LevelMark level={levels[entry.urgency]} size={16} />
            {entry.of === "match" ? <MatchLine entry={entry} /> : <TargetLine item={entry.item} />}
          </li>
        ))}
      </ul>
      {entries.length > shownFirst && (
        <div className={classes.foot}>
          <MoreButton open={all} more={entries.length - shownFirst} onToggle={() => setAll(!all)} />
        </div>
      )}
    </Panel>
  );
};
