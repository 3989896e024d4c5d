import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import type { Alert } from "../../shared/alert.ts";
import { ok } from "../../shared/problem.ts";
import { alertSentence } from "../../shared/text/sentences.ts";
import { hrefOf } from "../navigation.ts";
import { ActionButton } from "../parts/ActionButton.tsx";
import type { Action } from "../parts/action.ts";
import { activeAlerts } from "../parts/alerts.ts";
import { LevelMark } from "../parts/Level.tsx";
import { SnoozeMenu } from "../parts/SnoozeMenu.tsx";
import { Moment } from "../parts/Times.tsx";
import { useNow } from "../parts/useNow.ts";
import { useCall, useDesk } from "../session.ts";
import { useWords } from "../words.tsx";
import classes from "./Banners.module.css";

/** How many are shown when all are asked for; the rest is on the page of alerts. */
const shownAtMost = 6;

const Banner = ({ alert, children }: { readonly alert: Alert; readonly children: ReactNode }) => {
  const { texts, format } = useWords();
  const call = useCall();
  const now = useNow(60_000);
  const acknowledge = useMemo(
    (): Action => ({
      id: `acknowledge-${alert.id}`,
      label: texts.app.actions.acknowledge,
      icon: IconCheck,
      run: async () => {
        const answer = await call("acknowledge", { id: alert.id });
        return answer.ok ? ok(texts.app.results.acknowledged) : answer;
      },
    }),
    [alert.id, call, texts],
  );
  return (
    <li className={classes.banner} data-level={alert.level}>
      <LevelMark level={alert.level} size={18} />
      <span className={classes.level}>{texts.alerts.level[alert.level]}</span>
      <a className={classes.sentence} href={hrefOf("alerts", String(alert.id))}>
        {alertSentence(alert.cause, { texts, format, now })}
      </a>
      {alert.count > 1 && <span className={classes.count}>{texts.alerts.times(alert.count)}</span>}
      <span className={classes.at}>
        <Moment at={alert.lastAt} />
      </span>
      <span className={classes.tools}>
        <SnoozeMenu alert={alert} />
        <ActionButton action={acknowledge} />
        {children}
      </span>
    </li>
  );
};

/** What needs attention, below the header of every view: the most severe cause, the others on demand. */
export const Banners = () => {
  const { texts } = useWords();
  const alerts = useDesk((state) => state.alerts);
  const active = useMemo(() => activeAlerts(alerts), [alerts]);
  const [open, setOpen] = useState(false);
  const others = active.length - 1;
  return (
    <section className={classes.region} aria-label={texts.app.landmarks.alerts} aria-live="polite">
      <ul className={classes.list}>
        {active.slice(0, open ? shownAtMost : 1).map((alert, index) => (
          <Banner key={alert.id} alert={alert}>
            {index === 0 && others > 0 && (
              <Button
                variant="subtle"
                color="gray"
                size="compact-xs"
                aria-expanded={open}
                onClick={() => setOpen(!open)}
              >
                {open ? texts.app.actions.showLess : texts.alerts.others(others)}
              </Button>
            )}
          </Banner>
        ))}
      </ul>
    </section>
  );
};
