import { Button } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import type { TargetStatus } from "../../../shared/calendar.ts";
import { targetTexts } from "../../../shared/text/target.ts";
import { stepTo } from "../../navigation.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { Confirm } from "../../parts/Confirm.tsx";
import { LevelMark } from "../../parts/Level.tsx";
import { useOffer } from "../../parts/offers.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProgressBar } from "../../parts/ProgressBar.tsx";
import { progressOf } from "../../parts/progress.ts";
import { Ago, Moment } from "../../parts/Times.tsx";
import { targetLevel, targetStateText } from "../../parts/target.ts";
import { useInlineAction } from "../../parts/useInlineAction.tsx";
import { useNow } from "../../parts/useNow.ts";
import { useWords } from "../../words.tsx";
import { AuditNote } from "./AuditNote.tsx";
import classes from "./Calendars.module.css";
import { GoogleFacts } from "./google/GoogleFacts.tsx";
import { HeldDialog } from "./HeldDialog.tsx";
import { PreviewDialog } from "./PreviewDialog.tsx";
import { Subscribe } from "./Subscribe.tsx";
import { TargetCallout } from "./TargetCallout.tsx";
import { useTargetActions } from "./useTargetActions.ts";

type TargetProps = { readonly target: TargetStatus };

const StateLine = ({ target }: TargetProps) => {
  const { texts, format } = useWords();
  const now = useNow();
  const { state } = target;
  const progress = progressOf(state.name === "working" ? [state] : [], now);
  return (
    <div className={classes.stateBlock}>
      <p className={classes.state} role="status">
        <LevelMark level={targetLevel[state.name]} size={20} />
        {progress === null
          ? targetStateText(target, texts)
          : texts.calendars.working({ done: format.number(progress.done), of: format.number(progress.of) })}
        {progress?.leftMs != null && (
          <span className={classes.since}>{texts.calendars.left(format.duration(progress.leftMs))}</span>
        )}
        {"since" in state && (
          <span className={classes.since}>
            {texts.health.since} <Moment at={state.since} />
          </span>
        )}
      </p>
      <ProgressBar progress={progress} label={texts.match.target[target.name]} />
    </div>
  );
};

const Counts = ({ target }: TargetProps) => {
  const { texts, format } = useWords();
  const counts = [
    { name: "there", level: "off" },
    { name: "waiting", level: "off" },
    { name: "failed", level: "critical" },
    { name: "differs", level: "warning" },
    { name: "skipped", level: "off" },
  ] as const;
  return (
    <dl className={classes.counts}>
      {counts.map(({ name, level }) => (
        <div key={name} className={classes.count} data-level={target[name] > 0 ? level : "off"}>
          <dt title={targetTexts(texts, target.name).countsAbout[name]}>{texts.calendars.counts[name]}</dt>
          <dd>{format.number(target[name])}</dd>
        </div>
      ))}
    </dl>
  );
};

type TargetPanelProps = TargetProps & {
  /** What of the page is asked for: `preview-google` opens Google's preview. */
  readonly asked: string | null;
};

/** One calendar or address book: how it is, what is in it, and everything that can be done with it. */
export const TargetPanel = ({ target, asked }: TargetPanelProps) => {
  const { texts } = useWords();
  const { actions, audit } = useTargetActions(target.name);
  const check = useInlineAction(actions.check);
  const [preview, setPreview] = useState(false);
  const [held, setHeld] = useState(false);
  const [undo, setUndo] = useState(false);
  const name = texts.match.target[target.name];
  const off = target.state.name === "off";

  useEffect(() => {
    if (asked === `preview-${target.name}` && !off) setPreview(true);
    if (asked === `decide-${target.name}`) (target.state.name === "needs-confirmation" ? setHeld : setPreview)(true);
    if (asked === `undo-${target.name}` && target.undoable) setUndo(true);
  }, [asked, target.name, target.state.name, target.undoable, off]);
  const close = (set: (opened: boolean) => void) => () => {
    set(false);
    if (asked !== null) stepTo("calendars");
  };
  useOffer(
    useMemo(
      () =>
        off ? [] : [actions.sync, actions.check].map((action) => ({ ...action, label: `${name}: ${action.label}` })),
      [actions, name, off],
    ),
  );

  return (
    <Panel title={name} note={target.label}>
      <div className={classes.body}>
        <StateLine target={target} />
        <TargetCallout target={target} onPreview={() => setPreview(true)} onHeld={() => setHeld(true)} />
        {!off && <Counts target={target} />}
        <dl className={classes.facts}>
          {!off && (
            <>
              <dt>{texts.calendars.lastWrite}</dt>
              <dd>{target.lastWriteAt === null ? texts.app.time.never : <Ago at={target.lastWriteAt} />}</dd>
              <dt>{texts.calendars.lastCheck}</dt>
              <dd>{target.lastCheckAt === null ? texts.app.time.never : <Ago at={target.lastCheckAt} />}</dd>
            </>
          )}
          {target.name === "ics" && <Subscribe />}
          {target.name === "google" && <GoogleFacts target={target} asked={asked} />}
        </dl>
        {audit === null ? check.outcome : <AuditNote audit={audit} repair={actions.repair} target={target} />}
        {!off && (
          <div className={classes.foot}>
            <ActionButton action={actions.sync} />
            <Button leftSection={<IconListSearch size={16} aria-hidden="true" />} onClick={() => setPreview(true)}>
              {texts.calendars.preview.open}
            </Button>
            {check.button}
            <Button
              leftSection={<actions.undo.icon size={16} aria-hidden="true" />}
              disabled={!target.undoable}
              onClick={() => setUndo(true)}
            >
              {texts.calendars.undo.open}
            </Button>
          </div>
        )}
      </div>
      <PreviewDialog target={target} actions={actions} opened={preview} onClose={close(setPreview)} />
      <HeldDialog target={target} opened={held} onClose={close(setHeld)} />
      <Confirm
        action={actions.undo}
        title={texts.calendars.undo.title(name)}
        about={targetTexts(texts, target.name).undo.about}
        danger
        opened={undo}
        onClose={close(setUndo)}
      />
    </Panel>
  );
};
