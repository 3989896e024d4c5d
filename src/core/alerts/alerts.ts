import { type Alert, type AlertCause, type AlertLevel, rankOf } from "../../shared/alert.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Severity } from "../../shared/message.ts";
import { alertKey } from "./key.ts";
import { isOver } from "./kinds.ts";

export type Raised = { readonly cause: AlertCause; readonly level: AlertLevel; readonly severity: Severity | null };

export type AlertStep = {
  readonly alerts: readonly Alert[];
  /** The alerts that this step made or changed, to be journaled. */
  readonly touched: readonly Alert[];
  /** Those a person should be told of now. */
  readonly news: readonly Alert[];
};

const isHandled = ({ state }: Alert): boolean => state.name === "resolved" || state.name === "acknowledged";

type Moment = { readonly at: Instant; readonly nextId: number };

/** Raises an alert: counts it with the one of the same cause that is not over yet, or begins a new one. */
export const raiseAlert = (alerts: readonly Alert[], raised: Raised, moment: Moment): AlertStep =>
  tell(alerts, raised, { ...moment, times: 1 });

/** More was learnt of what has been raised already; where it is worse than was known, that is news. */
export const rewordAlert = (alerts: readonly Alert[], raised: Raised, moment: Moment): AlertStep =>
  tell(alerts, raised, { ...moment, times: 0 });

const tell = (
  alerts: readonly Alert[],
  raised: Raised,
  { at, nextId, times }: Moment & { readonly times: 0 | 1 },
): AlertStep => {
  const key = alertKey(raised.cause);
  const earlier = alerts.find((alert) => alert.key === key && !isOver(alert));
  if (earlier === undefined) {
    const made: Alert = {
      id: nextId,
      key,
      ...raised,
      firstAt: at,
      lastAt: at,
      count: 1,
      state: { name: "active" },
    };
    return { alerts: [made, ...alerts], touched: [made], news: [made] };
  }
  const worse = rankOf(raised.level) > rankOf(earlier.level);
  const again: Alert = {
    ...earlier,
    cause: raised.cause,
    level: worse ? raised.level : earlier.level,
    severity: raised.severity ?? earlier.severity,
    lastAt: at,
    count: earlier.count + times,
    state: worse ? { name: "active" } : earlier.state,
  };
  return { alerts: replace(alerts, again), touched: [again], news: worse ? [again] : [] };
};

/** The cause is gone: every alert of that key that is not over is resolved. */
export const resolveAlert = (alerts: readonly Alert[], key: string, at: Instant): AlertStep =>
  update(alerts, (alert) => alert.key === key && alert.state.name !== "resolved", { name: "resolved", at });

/** `id` null: all that are active. */
export const acknowledgeAlert = (
  alerts: readonly Alert[],
  id: number | null,
  { at, by = null }: { readonly at: Instant; readonly by?: string | null },
): AlertStep =>
  update(alerts, (alert) => !isHandled(alert) && (id === null ? alert.state.name === "active" : alert.id === id), {
    name: "acknowledged",
    at,
    ...(by !== null && { by }),
  });

export const snoozeAlert = (
  alerts: readonly Alert[],
  id: number,
  { until, by = null }: { readonly until: Instant; readonly by?: string | null },
): AlertStep =>
  update(alerts, (alert) => alert.id === id && !isHandled(alert), {
    name: "snoozed",
    until,
    ...(by !== null && { by }),
  });

/** Those of somebody say no more who it was. */
export const namelessAlerts = (alerts: readonly Alert[], isTheirs: (by: string) => boolean): AlertStep => {
  const touched: Alert[] = [];
  const next = alerts.map((alert) => {
    if (!("by" in alert.state) || alert.state.by === undefined || !isTheirs(alert.state.by)) return alert;
    const { by: _, ...state } = alert.state;
    const changed = { ...alert, state };
    touched.push(changed);
    return changed;
  });
  return { alerts: next, touched, news: [] };
};

/**
 * Takes back a snooze or an acknowledgement. Not news: it was a person who did it. An acknowledged alert whose cause has
 * begun a new one meanwhile stays what it is.
 */
export const reactivateAlert = (alerts: readonly Alert[], id: number): AlertStep => {
  const key = alerts.find((alert) => alert.id === id)?.key;
  const others = alerts.some((alert) => alert.key === key && alert.id !== id && !isOver(alert));
  return update(
    alerts,
    ({ id: each, state }) => each === id && (state.name === "snoozed" || (state.name === "acknowledged" && !others)),
    { name: "active" },
  );
};

/** Snoozes that have run out are active and news again. */
export const wakeAlerts = (alerts: readonly Alert[], now: Instant): AlertStep => {
  const step = update(alerts, (alert) => alert.state.name === "snoozed" && alert.state.until <= now, {
    name: "active",
  });
  return { ...step, news: step.touched };
};

/** As many as are kept at hand: what has been dealt with goes first, then the oldest. */
export const boundAlerts = (alerts: readonly Alert[], most: number): readonly Alert[] => {
  if (alerts.length <= most) return alerts;
  const order = [...alerts.filter((alert) => !isHandled(alert)), ...alerts.filter(isHandled)];
  const kept = new Set(order.slice(0, most));
  return alerts.filter((alert) => kept.has(alert));
};

const update = (alerts: readonly Alert[], matches: (alert: Alert) => boolean, state: Alert["state"]): AlertStep => {
  const touched: Alert[] = [];
  const next = alerts.map((alert) => {
    if (!matches(alert)) return alert;
    const changed = { ...alert, state };
    touched.push(changed);
    return changed;
  });
  return { alerts: next, touched, news: [] };
};

const replace = (alerts: readonly Alert[], changed: Alert): readonly Alert[] => [
  changed,
  ...alerts.filter((alert) => alert.id !== changed.id),
];
