import { useMemo } from "react";
import type { ViewName } from "../../../shared/bridge.ts";
import { isAddressBook } from "../../../shared/calendar.ts";
import { hrefOf } from "../../navigation.ts";
import { activeAlerts } from "../../parts/alerts.ts";
import { connectionLevel } from "../../parts/connection.ts";
import { LevelMark, type LevelName, worstLevel } from "../../parts/Level.tsx";
import { Ago } from "../../parts/Times.tsx";
import { targetLevel, targetStateText } from "../../parts/target.ts";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./Overview.module.css";

type FactProps = { readonly view: ViewName; readonly level: LevelName; readonly children: React.ReactNode };

const Fact = ({ view, level, children }: FactProps) => (
  <li>
    <a className={classes.fact} href={hrefOf(view)} data-level={level}>
      <LevelMark level={level} size={15} />
      <span>{children}</span>
    </a>
  </li>
);

const Heard = () => {
  const { texts } = useWords();
  const connection = useDesk((state) => state.connection);
  const lastMessageAt = useDesk((state) => state.counters.lastMessageAt);
  return (
    <Fact view="operations" level={connectionLevel(connection)}>
      <span>{texts.health.connection[connection.state]}</span>
      {lastMessageAt !== null && (
        <span className={classes.dim}>
          {texts.today.heard} <Ago at={lastMessageAt} />
        </span>
      )}
    </Fact>
  );
};

const Calendars = () => {
  const { texts } = useWords();
  const targets = useDesk((state) => state.targets);
  const { tiles } = texts.overview;
  const used = targets.filter((target) => target.state.name !== "off");
  const troubled = used.find((target) => targetLevel[target.state.name] !== "ok");
  const calendars = used.filter(({ name }) => !isAddressBook(name));
  const waiting = Math.max(0, ...calendars.map((target) => target.waiting));
  const there = Math.max(0, ...calendars.map((target) => target.there));
  return (
    <Fact view="calendars" level={worstLevel(used.map((target) => targetLevel[target.state.name]))}>
      {used.length === 0 && <span>{tiles.calendarsOff}</span>}
      {troubled !== undefined && (
        <span>
          {texts.match.target[troubled.name]}: {targetStateText(troubled, texts)}
        </span>
      )}
      {calendars.length > 0 && <span>{waiting > 0 ? tiles.waiting(waiting) : tiles.inCalendar(there)}</span>}
    </Fact>
  );
};

const Alerts = () => {
  const { texts } = useWords();
  const alerts = useDesk((state) => state.alerts);
  const active = useMemo(() => activeAlerts(alerts), [alerts]);
  return (
    <Fact view="alerts" level={active[0]?.level ?? "ok"}>
      {active.length === 0 ? texts.alerts.none : texts.alerts.active(active.length)}
    </Fact>
  );
};

/** How things are, in one line: when something was heard, whether the calendars are right, what is wrong. Each leads on. */
export const StatusFacts = () => {
  const { texts } = useWords();
  return (
    <ul className={classes.facts} aria-label={texts.app.landmarks.status}>
      <Heard />
      <Calendars />
      <Alerts />
    </ul>
  );
};
