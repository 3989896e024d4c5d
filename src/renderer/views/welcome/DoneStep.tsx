import { Button } from "@mantine/core";
import { IconChecklist, IconListSearch } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { connectionLevel } from "../../parts/connection.ts";
import { LevelMark, type LevelName } from "../../parts/Level.tsx";
import { targetLevel, targetStateText } from "../../parts/target.ts";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./Welcome.module.css";

type FactProps = {
  readonly level: LevelName;
  readonly title: string;
  readonly about: string;
  readonly children?: ReactNode;
};

const Fact = ({ level, title, about, children }: FactProps) => (
  <li className={classes.fact}>
    <LevelMark level={level} size={20} />
    <div className={classes.factWords}>
      <p className={classes.factTitle}>{title}</p>
      <p className={classes.dim}>{about}</p>
    </div>
    {children}
  </li>
);

const FeedFact = ({ onBack }: { readonly onBack: () => void }) => {
  const { texts } = useWords();
  const connection = useDesk((state) => state.connection);
  const level = connectionLevel(connection);
  const about = (): string => {
    switch (connection.state) {
      case "live":
      case "silent":
        return texts.health.channels(connection.channels.length);
      case "reconnecting":
      case "refused":
        return `${texts.advice[connection.cause.kind].what} ${texts.advice[connection.cause.kind].remedy}`;
      case "stopped":
        return connection.cause === null ? "" : texts.advice[connection.cause.kind].remedy;
      case "connecting":
      case "subscribing":
        return texts.health.attempt(connection.attempt);
      case "disabled":
        return texts.welcome.feed.listAlone;
    }
  };
  return (
    <Fact
      level={level}
      title={`${texts.settings.section.redis}: ${texts.health.connection[connection.state]}`}
      about={about()}
    >
      {level === "critical" && <Button onClick={onBack}>{texts.welcome.back}</Button>}
    </Fact>
  );
};

const ListFact = () => {
  const { texts } = useWords();
  const source = useDesk((state) => state.source);
  if (source.state === "unconfigured") return null;
  const title = texts.settings.section.source;
  switch (source.state) {
    case "fetched":
      return <Fact level="ok" title={title} about={texts.health.source.fetched(source.matches)} />;
    case "failed":
      return <Fact level="critical" title={title} about={texts.advice[source.problem.kind].what} />;
    case "waiting":
    case "fetching":
      return <Fact level="working" title={title} about={texts.health.source[source.state]} />;
  }
};

/** What is in force now, as it happens, and where to go from here. */
export const DoneStep = ({
  onBack,
  onLeave,
}: {
  readonly onBack: () => void;
  readonly onLeave: (view: "calendars" | "checks", id: string) => void;
}) => {
  const { texts } = useWords();
  const targets = useDesk((state) => state.targets);
  return (
    <div className={classes.form}>
      <ul className={classes.facts} aria-live="polite">
        <FeedFact onBack={onBack} />
        <ListFact />
        {targets.map((target) => (
          <Fact
            key={target.name}
            level={targetLevel[target.state.name]}
            title={`${texts.match.target[target.name]}: ${targetStateText(target, texts)}`}
            about={target.label}
          >
            {target.state.name === "needs-preview" && (
              <Button
                leftSection={<IconListSearch size={16} aria-hidden="true" />}
                onClick={() => onLeave("calendars", `preview-${target.name}`)}
              >
                {texts.calendars.preview.look}
              </Button>
            )}
          </Fact>
        ))}
      </ul>
      <div>
        <Button
          variant="subtle"
          leftSection={<IconChecklist size={16} aria-hidden="true" />}
          onClick={() => onLeave("checks", "run")}
        >
          {texts.welcome.done.checks}
        </Button>
      </div>
    </div>
  );
};
