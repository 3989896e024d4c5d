import { type ReactNode, useMemo } from "react";
import type { ViewName } from "../../../shared/bridge.ts";
import type { TargetName } from "../../../shared/calendar.ts";
import type { Connection, SourceStatus } from "../../../shared/connection.ts";
import { minuteMs } from "../../../shared/duration.ts";
import type { Instant } from "../../../shared/instant.ts";
import type { Problem } from "../../../shared/problem.ts";
import { alertSentence } from "../../../shared/text/sentences.ts";
import { hrefOf } from "../../navigation.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { activeAlerts } from "../../parts/alerts.ts";
import { connectionLevel } from "../../parts/connection.ts";
import { LevelMark, type LevelName, worstLevel } from "../../parts/Level.tsx";
import { useMending } from "../../parts/mending.ts";
import { Ago } from "../../parts/Times.tsx";
import { targetLevel, targetStateText } from "../../parts/target.ts";
import { useNow } from "../../parts/useNow.ts";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./Operations.module.css";

type TileProps = {
  readonly view: ViewName;
  readonly title: string;
  readonly level: LevelName;
  readonly headline: string;
  /** The last sign of life: what it is, and when; or what to say when there was none. */
  readonly life: { readonly label: string; readonly at: Instant | null; readonly none: string };
  /** What is wrong, if anything is, and in which calendar: the tile has the button that mends it. */
  readonly trouble: { readonly problem: Problem; readonly target: TargetName | null } | null;
  readonly children: ReactNode;
};

/** One of the three things that matter; the whole of it leads to its page. */
const Tile = ({ view, title, level, headline, life, trouble, children }: TileProps) => {
  const mend = useMending();
  const mending = trouble && mend(trouble.problem, trouble.target);
  return (
    <section className={classes.tile} data-level={level}>
      <h2 className={classes.title}>
        <a className={classes.link} href={hrefOf(view)}>
          {title}
        </a>
      </h2>
      <p className={classes.headline}>
        <LevelMark level={level} size={20} />
        {headline}
      </p>
      <div className={classes.facts}>{children}</div>
      {mending !== null && (
        <div className={classes.mend}>
          <ActionButton action={mending} />
        </div>
      )}
      <p className={classes.life}>
        {life.at === null ? (
          life.none
        ) : (
          <>
            <span>{life.label}</span>
            <Ago at={life.at} />
          </>
        )}
      </p>
    </section>
  );
};

const ConnectionFact = ({ connection }: { readonly connection: Connection }) => {
  const { texts, format } = useWords();
  const now = useNow();
  switch (connection.state) {
    case "live":
    case "silent":
      return (
        <>
          {texts.health.channels(connection.channels.length)} ·{" "}
          {texts.health.proven(format.relative(connection.provenAt, now))}
          {connection.state === "live" && connection.trouble !== null && (
            <>
              <br />
              {texts.advice[connection.trouble.problem.kind].what}
            </>
          )}
        </>
      );
    case "connecting":
    case "subscribing":
      return texts.health.attempt(connection.attempt);
    case "reconnecting":
    case "refused":
      return (
        <>
          {texts.advice[connection.cause.kind].what}
          <br />
          {texts.health.attempt(connection.attempt)}
          {connection.retryAt !== null && ` · ${texts.health.retryIn(format.relative(connection.retryAt, now))}`}
        </>
      );
    case "stopped":
      return connection.cause === null ? null : texts.advice[connection.cause.kind].what;
    case "disabled":
      return texts.advice["redis-disabled"].why;
  }
};

const feedTrouble = (connection: Connection, source: SourceStatus) => {
  const cause = "cause" in connection ? connection.cause : null;
  const problem = cause ?? (source.state === "failed" ? source.problem : null);
  return problem && { problem, target: null };
};

export const FeedTile = () => {
  const { texts } = useWords();
  const connection = useDesk((state) => state.connection);
  const source = useDesk((state) => state.source);
  const lastMessageAt = useDesk((state) => state.counters.lastMessageAt);
  const { tiles } = texts.overview;
  return (
    <Tile
      view="stream"
      title={tiles.feed}
      level={connectionLevel(connection)}
      headline={texts.health.connection[connection.state]}
      life={{ label: tiles.lastMessage, at: lastMessageAt, none: tiles.noMessage }}
      trouble={feedTrouble(connection, source)}
    >
      <div>
        <ConnectionFact connection={connection} />
      </div>
      <div>
        {source.state === "fetched" ? texts.health.source.fetched(source.matches) : texts.health.source[source.state]}
        {(source.state === "fetched" || source.state === "failed") && (
          <>
            {" · "}
            <Ago at={source.at} />
          </>
        )}
      </div>
    </Tile>
  );
};

export const CalendarsTile = () => {
  const { texts, format } = useWords();
  const targets = useDesk((state) => state.targets);
  const { tiles } = texts.overview;
  const used = targets.filter((target) => target.state.name !== "off");
  const troubled = used.find((target) => targetLevel[target.state.name] !== "ok");
  const headline = () => {
    if (used.length === 0) return tiles.calendarsOff;
    return troubled === undefined ? tiles.calendarsWell(used.length) : targetStateText(troubled, texts);
  };
  const lastWriteAt = used.reduce<Instant | null>(
    (latest, { lastWriteAt: at }) => (at !== null && (latest === null || at > latest) ? at : latest),
    null,
  );
  return (
    <Tile
      view="calendars"
      title={tiles.calendars}
      level={worstLevel(used.map((target) => targetLevel[target.state.name]))}
      headline={headline()}
      life={{ label: tiles.lastWrite, at: lastWriteAt, none: tiles.noWrite }}
      trouble={
        troubled !== undefined && "problem" in troubled.state
          ? { problem: troubled.state.problem, target: troubled.name }
          : null
      }
    >
      {targets.map((target) => (
        <div key={target.name} className={classes.target}>
          <LevelMark level={targetLevel[target.state.name]} size={13} />
          <span className={classes.targetName}>
            {texts.match.target[target.name]}
            <span className={classes.targetLabel}> {target.label}</span>
          </span>
          <span>
            {target.state.name === "working"
              ? `${format.number(target.state.done)} / ${format.number(target.state.of)}`
              : target.waiting > 0
                ? tiles.waiting(target.waiting)
                : tiles.inCalendar(target.there)}
          </span>
        </div>
      ))}
    </Tile>
  );
};

export const AlertsTile = () => {
  const { texts, format } = useWords();
  const alerts = useDesk((state) => state.alerts);
  const muted = useDesk((state) => state.notificationsMuted);
  const now = useNow(minuteMs);
  const active = useMemo(() => activeAlerts(alerts), [alerts]);
  const { tiles } = texts.overview;
  const lastAt = alerts.reduce<Instant | null>(
    (latest, { lastAt: at }) => (latest === null || at > latest ? at : latest),
    null,
  );
  return (
    <Tile
      view="alerts"
      title={tiles.alerts}
      level={active[0]?.level ?? "ok"}
      headline={active.length === 0 ? texts.alerts.none : texts.alerts.active(active.length)}
      life={{ label: tiles.lastAlert, at: lastAt, none: tiles.noAlert }}
      trouble={null}
    >
      {active.slice(0, 2).map((alert) => (
        <div key={alert.id} className={classes.alertLine}>
          {alertSentence(alert.cause, { texts, format, now })}
        </div>
      ))}
      {muted && <div>{texts.app.results.muted}</div>}
    </Tile>
  );
};
