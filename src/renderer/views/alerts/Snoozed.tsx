import { Button } from "@mantine/core";
import { IconBellRinging } from "@tabler/icons-react";
import { useMemo } from "react";
import type { Alert } from "../../../shared/alert.ts";
import { minuteMs } from "../../../shared/duration.ts";
import { alertSentence } from "../../../shared/text/sentences.ts";
import { LevelMark } from "../../parts/Level.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useAlertActions } from "../../parts/useAlertActions.ts";
import { useNow } from "../../parts/useNow.ts";
import { useWords } from "../../words.tsx";
import { alertAnchor } from "./AlertRow.tsx";
import classes from "./Alerts.module.css";
import { snoozedAlerts } from "./group.ts";

/** What comes back by itself, and when. Not there when nothing is snoozed. */
export const Snoozed = ({ alerts }: { readonly alerts: readonly Alert[] }) => {
  const { texts, format } = useWords();
  const now = useNow(minuteMs);
  const { reactivate } = useAlertActions();
  const snoozed = useMemo(() => snoozedAlerts(alerts), [alerts]);
  const words = texts.alertsView;
  if (snoozed.length === 0) return null;
  return (
    <Panel title={words.snoozed} note={words.inGroup(snoozed.length)} padding="none">
      <ul className={classes.list}>
        {snoozed.map((alert) => (
          <li key={alert.id} className={classes.past} id={alertAnchor(alert.id)} tabIndex={-1}>
            <LevelMark level={alert.level} />
            <span className={classes.pastMain}>
              <span>{alertSentence(alert.cause, { texts, format, now })}</span>
              <span className={classes.meta}>{words.until(format.moment(alert.state.until, now))}</span>
            </span>
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconBellRinging size={15} aria-hidden="true" />}
              onClick={() => void reactivate(alert)}
            >
              {words.wake}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
};
