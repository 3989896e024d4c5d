import { Button } from "@mantine/core";
import { IconCheck, IconZzz } from "@tabler/icons-react";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import type { Alert } from "../../shared/alert.ts";
import { minuteMs } from "../../shared/duration.ts";
import { troubleOf } from "../../shared/mending.ts";
import { ok } from "../../shared/problem.ts";
import { alertSentence } from "../../shared/text/sentences.ts";
import { hrefOf } from "../navigation.ts";
import { ActionButton } from "../parts/ActionButton.tsx";
import type { Action } from "../parts/action.ts";
import { activeAlerts } from "../parts/alerts.ts";
import { Held } from "../parts/Held.tsx";
import { LevelMark } from "../parts/Level.tsx";
import { useHealthMending, useMending } from "../parts/mending.ts";
import { useOffer } from "../parts/offers.tsx";
import { SnoozeMenu } from "../parts/SnoozeMenu.tsx";
import { snoozeTimes } from "../parts/snooze.ts";
import { Moment } from "../parts/Times.tsx";
import { useAlertActions } from "../parts/useAlertActions.ts";
import { useNow } from "../parts/useNow.ts";
import { useDesk } from "../session.ts";
import { useWords } from "../words.tsx";
import classes from "./Banners.module.css";

/** How many are shown when all are asked for; the rest is on the page of alerts. */
const shownAtMost = 6;

/** What mends an alert; null where nothing does, and where the sentence of health above has that button for the same thing. */
const useBannerMendings = (): ((alert: Alert) => Action | null) => {
  const mend = useMending();
  const health = useDesk((state) => state.health);
  const above = useHealthMending(health);
  return useCallback(
    ({ cause }) => {
      const { problem, target } = troubleOf(cause);
      const mending = mend(problem, target);
      const isAbove = "target" in health && health.target === target && mending?.label === above?.label;
      return isAbove ? null : mending;
    },
    [mend, above, health],
  );
};

type BannerProps = { readonly alert: Alert; readonly mending: Action | null; readonly children: ReactNode };

const Banner = ({ alert, mending, children }: BannerProps) => {
  const { texts, format } = useWords();
  const now = useNow(minuteMs);
  const { acknowledge } = useAlertActions();
  return (
    <li className={classes.banner} data-level={alert.level}>
      <LevelMark level={alert.level} size={18} />
      <span className={classes.level}>{texts.alerts.level[alert.level]}</span>
      <a className={classes.sentence} href={hrefOf("alerts", String(alert.id))}>
        {alertSentence(alert.cause, { texts, format, now })}
      </a>
      {alert.count > 1 && <span className={classes.count}>{texts.alerts.times(alert.count)}</span>}
      <span className={classes.at}>
        <Moment at={alert.firstAt} />
      </span>
      <span className={classes.tools}>
        {mending !== null && <ActionButton action={mending} variant="light" />}
        <Held>
          <SnoozeMenu alert={alert} />
          <Button leftSection={<IconCheck size={16} aria-hidden="true" />} onClick={() => void acknowledge(alert)}>
            {texts.app.actions.acknowledge}
          </Button>
        </Held>
        {children}
      </span>
    </li>
  );
};

/** What can be done with the alerts that are active, for the command palette. */
const useAlertOffers = (active: readonly Alert[]): void => {
  const { texts, format } = useWords();
  const { acknowledge, snooze } = useAlertActions();
  const mend = useMending();
  const offers = useMemo(
    (): readonly Action[] =>
      active.slice(0, shownAtMost).flatMap((alert) => {
        const sentence = alertSentence(alert.cause, { texts, format, now: Date.now() });
        const done = ok(texts.app.results.done);
        const { problem, target } = troubleOf(alert.cause);
        const mending = mend(problem, target);
        return [
          ...(mending === null
            ? []
            : [{ ...mending, id: `mend-${alert.id}`, label: `${mending.label} (${sentence})` }]),
          {
            id: `acknowledge-${alert.id}`,
            label: `${texts.app.actions.acknowledge}: ${sentence}`,
            icon: IconCheck,
            run: async () => {
              await acknowledge(alert);
              return done;
            },
          },
          {
            id: `snooze-${alert.id}`,
            label: `${texts.alertsView.hour}: ${sentence}`,
            icon: IconZzz,
            run: async () => {
              await snooze(alert, snoozeTimes(Date.now()).hour);
              return done;
            },
          },
        ];
      }),
    [active, texts, format, acknowledge, snooze, mend],
  );
  useOffer(offers);
};

/**
 * What needs attention, below the header of every view: the most severe cause, of equals one that can be mended here, the
 * others on demand.
 */
export const Banners = () => {
  const { texts } = useWords();
  const alerts = useDesk((state) => state.alerts);
  const mendingOf = useBannerMendings();
  const active = useMemo(() => {
    const found = activeAlerts(alerts);
    const isFirst = ({ level }: Alert): boolean => level === found[0]?.level;
    const first = found.find((alert) => isFirst(alert) && mendingOf(alert) !== null);
    return first === undefined ? found : [first, ...found.filter((alert) => alert !== first)];
  }, [alerts, mendingOf]);
  useAlertOffers(active);
  const [open, setOpen] = useState(false);
  const others = active.length - 1;
  return (
    <section className={classes.region} aria-label={texts.app.landmarks.alerts}>
      <ul className={classes.list}>
        {active.slice(0, open ? shownAtMost : 1).map((alert, index) => (
          <Banner key={alert.id} alert={alert} mending={mendingOf(alert)}>
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
