import { IconBellCheck } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { useActions } from "../../actions.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { Badge } from "../../parts/Badge.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { snoozeTimes } from "../../parts/snooze.ts";
import { useAlertActions } from "../../parts/useAlertActions.ts";
import { useKeys, useLetterKeys } from "../../parts/useKeys.ts";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { AlertRow, alertAnchor } from "./AlertRow.tsx";
import classes from "./Alerts.module.css";
import { type AlertGroup, groupAlerts } from "./group.ts";
import { History } from "./History.tsx";
import { Rules } from "./Rules.tsx";
import { Snoozed } from "./Snoozed.tsx";

type GroupProps = {
  readonly group: AlertGroup;
  readonly open: ReadonlySet<number>;
  readonly onToggle: (id: number) => void;
};

const Group = ({ group, open, onToggle }: GroupProps) => {
  const { texts } = useWords();
  const { kind, alerts } = group;
  // An alert alone is drawn as one among others: its row stays the same one when another joins it, under a pointer too.
  return (
    <li>
      {alerts.length > 1 && (
        <h3 className={classes.group}>
          {texts.alertsView.group[kind]}
          <Badge level={group.level}>{texts.alertsView.inGroup(alerts.length)}</Badge>
        </h3>
      )}
      <ul className={classes.list}>
        {alerts.map((alert) => (
          <AlertRow key={alert.id} alert={alert} open={open.has(alert.id)} onToggle={() => onToggle(alert.id)} />
        ))}
      </ul>
    </li>
  );
};

const focusAlert = (id: number): void => {
  const element = document.getElementById(alertAnchor(id));
  element?.scrollIntoView({ block: "nearest" });
  element?.focus();
};

/** Which alert the keyboard is at, by what has the focus. */
const focusedAlert = (ids: readonly number[]): number => {
  const anchor = document.activeElement?.id;
  return ids.findIndex((id) => alertAnchor(id) === anchor);
};

/** What asks for attention, what waits, what has been; and what interrupts a person. */
export const Alerts = ({ id }: { readonly id: string | null }) => {
  const { texts } = useWords();
  const alerts = useDesk((state) => state.alerts);
  const groups = useMemo(() => groupAlerts(alerts), [alerts]);
  const active = useMemo(() => groups.flatMap((group) => group.alerts), [groups]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const { acknowledgeAll, mute } = useActions();
  const { acknowledge, snooze } = useAlertActions();
  const letters = useLetterKeys();
  const words = texts.alertsView;
  const wantedId = id === null ? null : Number(id);

  // A notification or the banner leads to one alert: it is opened and brought into view.
  useEffect(() => {
    if (wantedId === null || !Number.isInteger(wantedId)) return;
    setOpen((before) => new Set([...before, wantedId]));
    focusAlert(wantedId);
  }, [wantedId]);

  const toggle = (which: number): void =>
    setOpen((before) => new Set(before.has(which) ? [...before].filter((each) => each !== which) : [...before, which]));

  const ids = active.map((alert) => alert.id);
  const move = (by: number): void => {
    const at = focusedAlert(ids);
    const next = ids[at === -1 ? 0 : Math.min(ids.length - 1, Math.max(0, at + by))];
    if (next !== undefined) focusAlert(next);
  };
  /** What follows it takes the focus, so that one can go on. */
  const dealWith = (deal: (alert: { readonly id: number }) => Promise<void>): void => {
    const at = focusedAlert(ids);
    const alert = active[at];
    if (alert === undefined) return;
    const next = ids[at + 1] ?? ids[at - 1];
    if (next !== undefined) focusAlert(next);
    void deal(alert);
  };
  useKeys([
    ["j", () => move(1)],
    ["ArrowDown", () => move(1)],
    ["k", () => move(-1)],
    ["ArrowUp", () => move(-1)],
    ["a", () => dealWith(acknowledge)],
    ["h", () => dealWith((alert) => snooze(alert, snoozeTimes(Date.now()).hour))],
  ]);

  return (
    <Page
      title={texts.app.views.alerts}
      note={active.length === 0 ? texts.alerts.none : texts.alerts.active(active.length)}
      actions={
        <>
          <ActionButton action={mute} />
          <ActionButton action={acknowledgeAll} disabled={active.length === 0} />
        </>
      }
    >
      <div className={classes.columns}>
        <div className={classes.column}>
          <Panel
            title={words.active}
            note={active.length > 0 ? words.inGroup(active.length) : undefined}
            padding="none"
          >
            {active.length === 0 && (
              <Empty icon={IconBellCheck} title={words.noneActive} about={words.noneActiveAbout} />
            )}
            <ul className={classes.list}>
              {groups.map((group) => (
                <Group key={group.kind} group={group} open={open} onToggle={toggle} />
              ))}
            </ul>
          </Panel>
          <Snoozed alerts={alerts} />
          <History alerts={alerts} all={wantedId !== null} />
          {letters && <p className={classes.keys}>{words.keys}</p>}
        </div>
        <Rules />
      </div>
    </Page>
  );
};
