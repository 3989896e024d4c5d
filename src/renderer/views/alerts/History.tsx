import { Button } from "@mantine/core";
import { IconArrowBackUp, IconHistory } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { Alert } from "../../../shared/alert.ts";
import { minuteMs } from "../../../shared/duration.ts";
import { alertSentence } from "../../../shared/text/sentences.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { LevelMark } from "../../parts/Level.tsx";
import { MoreButton } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useAlertActions } from "../../parts/useAlertActions.ts";
import { useNow } from "../../parts/useNow.ts";
import { useWords } from "../../words.tsx";
import { alertAnchor } from "./AlertRow.tsx";
import classes from "./Alerts.module.css";
import { pastAlerts } from "./group.ts";

const shownFirst = 20;

const PastRow = ({ alert }: { readonly alert: ReturnType<typeof pastAlerts>[number] }) => {
  const { texts, format } = useWords();
  const now = useNow(minuteMs);
  const { reactivate } = useAlertActions();
  const words = texts.alertsView;
  const { state } = alert;
  const lasted = Date.parse(state.at) - Date.parse(alert.firstAt);
  return (
    <li className={classes.past} id={alertAnchor(alert.id)} tabIndex={-1}>
      <LevelMark level={alert.level} />
      <span className={classes.pastMain}>
        <span>{alertSentence(alert.cause, { texts, format, now })}</span>
        <span className={classes.meta}>
          {state.name === "acknowledged"
            ? words.acknowledgedAt({ moment: format.moment(state.at, now), by: state.by ?? null })
            : words.resolvedAt({ moment: format.moment(state.at, now), lasted: format.duration(lasted) })}
          {alert.count > 1 && ` · ${texts.alerts.times(alert.count)}`}
        </span>
      </span>
      {state.name === "acknowledged" && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<IconArrowBackUp size={14} aria-hidden="true" />}
          onClick={() => void reactivate(alert)}
        >
          {words.reopen}
        </Button>
      )}
      <Badge level={state.name === "resolved" ? "ok" : "off"}>{words.state[state.name]}</Badge>
    </li>
  );
};

/** What has been dealt with or is over, the latest first. */
export const History = ({ alerts, all }: { readonly alerts: readonly Alert[]; readonly all: boolean }) => {
  const { texts } = useWords();
  const past = useMemo(() => pastAlerts(alerts), [alerts]);
  const [wanted, setWanted] = useState(false);
  const open = wanted || all;
  const words = texts.alertsView;
  return (
    <Panel title={words.history} note={past.length > 0 ? words.inGroup(past.length) : undefined} padding="none">
      {past.length === 0 && <Empty icon={IconHistory} title={words.noHistory} about={words.noHistoryAbout} />}
      <ol className={classes.list}>
        {past.slice(0, open ? past.length : shownFirst).map((alert) => (
          <PastRow key={alert.id} alert={alert} />
        ))}
      </ol>
      {past.length > shownFirst && (
        <div className={classes.foot}>
          <MoreButton open={open} more={past.length - shownFirst} onToggle={() => setWanted(!open)} />
        </div>
      )}
    </Panel>
  );
};
