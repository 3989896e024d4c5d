import type { Alert } from "../../shared/alert.ts";
import type { Instant } from "../../shared/instant.ts";
import { raise } from "../../shared/problem.ts";
import { windowLimits } from "../../shared/snapshot.ts";
import {
  type AlertStep,
  acknowledgeAlert,
  boundAlerts,
  namelessAlerts,
  type Raised,
  raiseAlert,
  reactivateAlert,
  resolveAlert,
  rewordAlert,
  snoozeAlert,
  wakeAlerts,
} from "../alerts/alerts.ts";
import { type AlertSubject, alertKey } from "../alerts/key.ts";
import type { Word } from "../feed/word.ts";
import type { WriteBehind } from "../write-behind.ts";

type AlertKeeperOptions = {
  readonly loaded: readonly Alert[];
  readonly lastId: number;
  readonly now: () => Instant;
  readonly writeBehind: WriteBehind;
  readonly onChange: () => void;
  /** A person should be told now. */
  readonly onNews: (alert: Alert) => void;
  /** Their cause is gone, or a person has seen them. */
  readonly onOver: (keys: readonly string[]) => void;
};

/** All alerts, the publisher's and our own, and what is done with them. */
export const createAlertKeeper = ({
  loaded,
  lastId,
  now,
  writeBehind,
  onChange,
  onNews,
  onOver,
}: AlertKeeperOptions) => {
  // An older version may have made its keys in another way.
  let alerts: readonly Alert[] = loaded.map((alert) => ({ ...alert, key: alertKey(alert.cause) }));
  let last = lastId;
  const moment = () => ({ at: now(), nextId: last + 1 });

  const take = (step: AlertStep): void => {
    if (step.touched.length === 0) return;
    alerts = boundAlerts(step.alerts, windowLimits.alerts);
    last = Math.max(last, ...step.touched.map((alert) => alert.id));
    writeBehind.write({ alerts: step.touched });
    onChange();
    for (const alert of step.news) onNews(alert);
    const over = step.touched.filter(({ state }) => state.name !== "active").map((alert) => alert.key);
    if (over.length > 0) onOver(over);
  };

  /** A snooze that is over says nothing. */
  const demandAhead = (until: Instant): void => {
    if (until <= now()) raise("input-invalid", "The time to snooze until is already past.", "until");
  };
  /** Of one, or of all that are active: what they are called on every node. */
  const keysOf = (id: number | null): readonly string[] => {
    const asked = alerts.filter((alert) => (id === null ? alert.state.name === "active" : alert.id === id));
    if (id !== null && asked.length === 0) raise("not-found", "There is no such alert.");
    return asked.map(({ key }) => key);
  };

  return {
    alerts: (): readonly Alert[] => alerts,
    /** There is an alert of this cause that no person has seen. */
    isUnseen: (subject: AlertSubject): boolean =>
      alerts.some(
        ({ key, state }) => key === alertKey(subject) && (state.name === "active" || state.name === "snoozed"),
      ),
    raise: (raised: Raised): void => take(raiseAlert(alerts, raised, moment())),
    /** More was learnt of an alert that has been raised. */
    reword: (raised: Raised): void => take(rewordAlert(alerts, raised, moment())),
    resolve: (key: string): void => take(resolveAlert(alerts, key, now())),
    keysOf,
    demandAhead,
    acknowledge: (id: number | null, by: string | null = null): void => {
      keysOf(id);
      take(acknowledgeAlert(alerts, id, { at: now(), by }));
    },
    snooze: (id: number, until: Instant, by: string | null = null): void => {
      keysOf(id);
      demandAhead(until);
      take(snoozeAlert(alerts, id, { until, by }));
    },
    reactivate: (id: number): void => {
      keysOf(id);
      take(reactivateAlert(alerts, id));
    },
    /** What a person said on one of the nodes of what is there by the same names, as far as it had begun by then. */
    take: async (
      word: Extract<Word, { readonly kind: "acknowledge" | "snooze" | "reactivate" }>,
      { at, begunBy }: { readonly at: Instant; readonly begunBy: Instant },
    ): Promise<void> => {
      const { by } = word;
      const keys = new Set(word.keys);
      for (const { id } of alerts.filter(({ key, firstAt }) => keys.has(key) && firstAt <= begunBy))
        switch (word.kind) {
          case "acknowledge":
            take(acknowledgeAlert(alerts, id, { at, by }));
            break;
          case "snooze":
            take(snoozeAlert(alerts, id, { until: word.until, by }));
            break;
          case "reactivate":
            take(reactivateAlert(alerts, id));
            break;
        }
      await writeBehind.flushed();
    },
    /** Somebody's name goes, where an alert says that it was they. */
    erase: ({ payload }: { readonly payload: (text: string) => string }): void =>
      take(namelessAlerts(alerts, (by) => payload(by) !== by)),
    wake: (): void => take(wakeAlerts(alerts, now())),
  };
};
export type AlertKeeper = ReturnType<typeof createAlertKeeper>;
