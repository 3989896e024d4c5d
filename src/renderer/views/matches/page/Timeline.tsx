import { Skeleton } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import type { Change } from "../../../../shared/change.ts";
import { handChannel, listChannel } from "../../../../shared/match.ts";
import { severitySchema } from "../../../../shared/message.ts";
import { Badge } from "../../../parts/Badge.tsx";
import { ChangeLine } from "../../../parts/ChangeLine.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { Ago } from "../../../parts/Times.tsx";
import { useDesk } from "../../../session.ts";
import { useWords } from "../../../words.tsx";
import { channelText } from "./asText.ts";
import classes from "./MatchPage.module.css";

/** Where in the page a change stands. The address's fragment says which view is open, so links to it are made by hand. */
const anchorOf = (changeId: number): string => `change-${changeId}`;

export const goToChange = (changeId: number): void => {
  const entry = document.getElementById(anchorOf(changeId));
  entry?.scrollIntoView({ block: "center" });
  entry?.focus();
};

/** What the publisher itself said of it, beside what we saw. */
const Note = ({ note }: { readonly note: NonNullable<Change["note"]> }) => {
  const { texts } = useWords();
  const known = severitySchema.safeParse(note.priority);
  const priority = known.success ? texts.message.severity[known.data].toLocaleLowerCase() : note.priority;
  const parts = [
    note.description ?? note.category,
    priority === null ? null : texts.matches.page.priority(priority),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : <span className={classes.noteText}>{parts.join(" · ")}</span>;
};

/** What comes by a channel comes of itself; what a person or a list brought is said. */
const waysOfPeople: ReadonlySet<string> = new Set([listChannel, handChannel]);

type EntryProps = { readonly change: Change; readonly unseen: boolean; readonly withSources: boolean };

const Entry = ({ change, unseen, withSources }: EntryProps) => {
  const { texts, format } = useWords();
  const words = texts.matches.page;
  const { origin } = change;
  const sourceOf = (): string | null => {
    const channel = channelText(origin.channel, texts);
    if (withSources) return words.by({ dialect: texts.match.dialect[origin.dialect], channel });
    return waysOfPeople.has(origin.channel) ? channel : null;
  };
  return (
    <li id={anchorOf(change.id)} tabIndex={-1} className={classes.entry} data-unseen={unseen || undefined}>
      <span className={classes.entryTime}>
        <time dateTime={change.at} title={format.full(change.at)}>
          {format.dayMonth(change.at)} {format.time(change.at)}
        </time>
        <Ago at={change.at} />
      </span>
      <span className={classes.entryMain}>
        <span className={classes.entryChange}>
          <ChangeLine difference={change.difference} wrap />
          {change.urgent && <Badge level="warning">{texts.match.change.urgent}</Badge>}
        </span>
        {change.note !== null && <Note note={change.note} />}
        <span className={classes.entrySource}>
          {[change.by ?? sourceOf(), words.published(format.seconds(origin.at))]
            .filter((part) => part !== null)
            .join(" · ")}
        </span>
      </span>
    </li>
  );
};

type TimelineProps = {
  readonly changes: readonly Change[] | null;
  /** Also by which way and in whose words each came. */
  readonly withSources?: boolean;
};

/** Everything that changed about the match, newest first; null while it is fetched. */
export const Timeline = ({ changes, withSources = false }: TimelineProps) => {
  const { texts } = useWords();
  const seenId = useDesk((state) => state.seenChangeId);
  const words = texts.matches.page;
  return (
    <Panel
      title={words.timeline}
      note={changes === null || changes.length === 0 ? undefined : words.changes(changes.length)}
      padding="none"
      className={classes.timeline}
    >
      {changes === null && <Skeleton height={160} m="md" w="auto" />}
      {changes?.length === 0 && <Empty icon={IconHistory} title={words.noChanges} about={words.noChangesAbout} />}
      <ol className={classes.list} aria-label={words.timeline}>
        {changes?.map((change) => (
          <Entry key={change.id} change={change} unseen={change.id > seenId} withSources={withSources} />
        ))}
      </ol>
    </Panel>
  );
};
