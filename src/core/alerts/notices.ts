import { type Alert, isQuiet, notifyRule } from "../../shared/alert.ts";
import type { Config } from "../../shared/config.ts";

/** What a person is told without having asked. */
export type Notice =
  | { readonly kind: "alert"; readonly alert: Alert }
  /** Several that came in quiet hours, told together when those are over. The newest first. */
  | { readonly kind: "meanwhile"; readonly alerts: readonly Alert[] };

export type NoticeRules = {
  readonly notify: Config["AVSPARK_NOTIFY"];
  readonly quietHours: string | null;
  readonly muted: boolean;
  /** As `HH:MM`. */
  readonly stockholmTime: string;
};

type NoticesOptions = {
  readonly rules: () => NoticeRules;
  readonly alerts: () => readonly Alert[];
  /** Ids of alerts that the run before put off. */
  readonly putOff: readonly number[];
  /** Those put off are others now; the next run should know. */
  readonly onPutOff: (ids: readonly number[]) => void;
  readonly show: (notice: Notice) => void;
};

/** As many as are ever put off; of more than these nobody reads. */
const most = 200;

/**
 * What interrupts a person, and when. Quiet hours let critical alerts through and put off the rest until they end; what has
 * ended by itself meanwhile is told too, what a person has dealt with is not. Muting lets nothing through.
 */
export const createNotices = ({ rules, alerts, putOff, onPutOff, show }: NoticesOptions) => {
  let waiting = putOff;

  const setWaiting = (ids: readonly number[]): void => {
    waiting = ids;
    onPutOff(ids);
  };

  const tellWaiting = (): void => {
    const { quietHours, muted, stockholmTime } = rules();
    if (waiting.length === 0 || muted || isQuiet(quietHours, stockholmTime)) return;
    const told = alerts().filter(({ id, state }) => waiting.includes(id) && !isDealtWith(state));
    setWaiting([]);
    const [first] = told;
    if (first !== undefined)
      show(told.length === 1 ? { kind: "alert", alert: first } : { kind: "meanwhile", alerts: told });
  };

  return {
    /** A person should hear of this alert, now or when it is no longer quiet. */
    news: (alert: Alert): void => {
      tellWaiting();
      const { notify, quietHours, muted, stockholmTime } = rules();
      const rule = notifyRule(alert.level, notify);
      if (muted || rule === "never") return;
      if (rule === "outside-quiet-hours" && isQuiet(quietHours, stockholmTime)) {
        setWaiting([...waiting.filter((id) => id !== alert.id), alert.id].slice(-most));
        return;
      }
      if (waiting.includes(alert.id)) setWaiting(waiting.filter((id) => id !== alert.id));
      show({ kind: "alert", alert });
    },
    /** To be called every now and then: quiet hours may have ended. */
    tick: tellWaiting,
  };
};

const isDealtWith = ({ name }: Alert["state"]): boolean => name === "acknowledged" || name === "snoozed";
