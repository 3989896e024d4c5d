import { Button, VisuallyHidden } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { Change } from "../../../shared/change.ts";
import { useActions } from "../../actions.ts";
import { hrefOf } from "../../navigation.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { Badge } from "../../parts/Badge.tsx";
import { ChangeLine } from "../../parts/ChangeLine.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { StackedMoment } from "../../parts/Times.tsx";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./Rows.module.css";

const shownFirst = 12;
const shownAtMost = 100;

const ChangeRow = ({ change, unseen }: { readonly change: Change; readonly unseen: boolean }) => {
  const { texts } = useWords();
  return (
    <li className={classes.row} data-unseen={unseen || undefined}>
      <span className={classes.dot} />
      <span className={classes.when}>
        <StackedMoment at={change.at} />
      </span>
      <span className={classes.main}>
        <span className={classes.first}>
          {unseen && <VisuallyHidden>{texts.match.change.unseen}</VisuallyHidden>}
          <a className={classes.title} href={hrefOf("matches", change.matchId)}>
            {change.title}
          </a>
          {change.urgent && <Badge level="warning">{texts.match.change.urgent}</Badge>}
        </span>
        <ChangeLine difference={change.difference} />
      </span>
    </li>
  );
};

/** What changed since the person last looked, and before that. */
export const Changes = () => {
  const { texts } = useWords();
  const every = useDesk((state) => state.changes);
  // A new venue brings its position along: one piece of news, not two. The match's own timeline has both.
  const changes = useMemo(() => every.filter(({ difference }) => difference.field !== "position"), [every]);
  const seenId = useDesk((state) => state.seenChangeId);
  const { markSeen } = useActions();
  const [all, setAll] = useState(false);
  const unseen = changes.filter((change) => change.id > seenId).length;
  const shown = changes.slice(0, all ? shownAtMost : shownFirst);
  const words = texts.overview.changes;
  return (
    <Panel
      title={words.title}
      note={changes.length === 0 ? undefined : unseen === 0 ? words.noneUnseen : words.unseen(unseen)}
      actions={unseen > 0 && <ActionButton action={markSeen} variant="subtle" />}
      padding="none"
    >
      {changes.length === 0 && <Empty icon={IconHistory} title={words.empty} about={words.emptyAbout} />}
      <ul className={classes.list}>
        {shown.map((change, index) => {
          const isUnseen = change.id > seenId;
          const firstSeen = !isUnseen && unseen > 0 && index === unseen;
          return [
            firstSeen && (
              <li key="divider" className={classes.group}>
                {words.earlier}
              </li>
            ),
            <ChangeRow key={change.id} change={change} unseen={isUnseen} />,
          ];
        })}
      </ul>
      {changes.length > shownFirst && (
        <div className={classes.foot}>
          <Button variant="subtle" color="gray" size="compact-xs" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? texts.app.actions.showLess : texts.app.more(Math.min(changes.length, shownAtMost) - shownFirst)}
          </Button>
        </div>
      )}
    </Panel>
  );
};
