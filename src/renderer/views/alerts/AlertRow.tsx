import { Button, Collapse } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useId, useMemo } from "react";
import { type Alert, problemKindOf } from "../../../shared/alert.ts";
import { minuteMs } from "../../../shared/duration.ts";
import type { Instant } from "../../../shared/instant.ts";
import { troubleOf } from "../../../shared/mending.ts";
import { alertSentence } from "../../../shared/text/sentences.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { LevelMark } from "../../parts/Level.tsx";
import { useMending } from "../../parts/mending.ts";
import { Technical } from "../../parts/ProblemNote.tsx";
import { SnoozeMenu } from "../../parts/SnoozeMenu.tsx";
import { useAlertActions } from "../../parts/useAlertActions.ts";
import { useNow } from "../../parts/useNow.ts";
import { useWords } from "../../words.tsx";
import classes from "./Alerts.module.css";

/** The element that is focused when an alert is chosen. */
export const alertAnchor = (id: number): string => `alert-${id}`;

const Details = ({ alert }: { readonly alert: Alert }) => {
  const { texts, format } = useWords();
  const mend = useMending();
  const { cause } = alert;
  const about = texts.advice[problemKindOf(cause)];
  const mending = useMemo(() => {
    const { problem, target } = troubleOf(cause);
    return mend(problem, target);
  }, [cause, mend]);
  const problem = "problem" in cause ? cause.problem : null;
  const details = [
    `Avspark ${alert.key}`,
    `${texts.alerts.level[alert.level]} × ${alert.count}`,
    `${alert.firstAt} – ${alert.lastAt}`,
    ...(problem === null ? [] : [`${problem.kind}: ${problem.message}`]),
  ].join("\n");
  return (
    <div className={classes.details}>
      <dl className={classes.about}>
        <dt>{texts.app.problem.why}</dt>
        <dd>{about.why}</dd>
        <dt>{texts.app.problem.remedy}</dt>
        <dd>{about.remedy}</dd>
        {alert.severity !== null && (
          <>
            <dt>{texts.alertsView.rules.severity}</dt>
            <dd>
              {texts.message.severity[alert.severity]} · {format.full(alert.lastAt)}
            </dd>
          </>
        )}
      </dl>
      <div className={classes.detailActions}>
        {mending !== null && <ActionButton action={mending} variant="light" />}
        <CopyButton value={details} label={texts.app.actions.copyDetails} />
      </div>
      {problem !== null && <Technical problem={problem} />}
    </div>
  );
};

type AlertRowProps = { readonly alert: Alert; readonly open: boolean; readonly onToggle: () => void };

/** An alert that asks for something: what it is, since when, and what can be done. */
export const AlertRow = ({ alert, open, onToggle }: AlertRowProps) => {
  const { texts, format } = useWords();
  const now = useNow(minuteMs);
  const { acknowledge } = useAlertActions();
  const details = useId();
  const words = texts.alertsView;
  const moment = (at: Instant): string => format.moment(at, now);
  return (
    <li className={classes.alert} data-level={alert.level}>
      <div className={classes.row}>
        <LevelMark level={alert.level} size={18} />
        <button
          type="button"
          id={alertAnchor(alert.id)}
          className={classes.head}
          aria-expanded={open}
          aria-controls={details}
          onClick={onToggle}
        >
          <span className={classes.sentence}>{alertSentence(alert.cause, { texts, format, now })}</span>
          <span className={classes.meta}>
            <span className={classes.level}>{texts.alerts.level[alert.level]}</span>
            {" · "}
            {alert.count > 1
              ? words.times({
                  times: texts.alerts.times(alert.count),
                  first: moment(alert.firstAt),
                  last: moment(alert.lastAt),
                })
              : words.once(moment(alert.firstAt))}
          </span>
        </button>
        <span className={classes.tools}>
          <SnoozeMenu alert={alert} look="button" />
          <Button
            variant="default"
            leftSection={<IconCheck size={15} aria-hidden="true" />}
            onClick={() => void acknowledge(alert)}
          >
            {texts.app.actions.acknowledge}
          </Button>
        </span>
        <IconChevronDown size={16} className={classes.chevron} data-open={open} aria-hidden="true" />
      </div>
      <Collapse expanded={open} id={details} transitionDuration={120}>
        <Details alert={alert} />
      </Collapse>
    </li>
  );
};
