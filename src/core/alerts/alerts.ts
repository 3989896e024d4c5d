import type { Alert, AlertCause, AlertLevel } from "../../shared/alert.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Severity } from "../../shared/message.ts";

/** Equal causes are one alert. */
export const alertKey = (cause: AlertCause): string => {
  switch (cause.kind) {
    case "system":
      return `system:${cause.alertType}:${cause.text}`;
    case "quiet-channel":
      return `quiet:${cause.channel}`;
    case "gap":
      return `gap:${cause.from}`;
    case "calendar":
    case "sign-in-expiring":
    case "confirm-removal":
      return `${cause.kind}:${cause.target}`;
    case "feed":
    case "source":
    case "journal":
    case "invalid-rising":
    case "cycle-failed":
      return cause.kind;
  }
};

export type Raised = { readonly cause: AlertCause; readonly level: AlertLevel; readonly severity: Severity | null };

export type AlertStep = {
  readonly alerts: readonly Alert[];
  /** The alerts that this step made or changed, to be journaled. */
  readonly touched: readonly Alert[];
  /** Those a person should be told of now. */
  readonly news: readonly Alert[];
};

const isHandled = ({ state }: Alert): boolean => state.name === "resolved" || state.name === "acknowledged";

/** Raises an alert: groups it with an earlier one of the same cause, or begins a new one. */
export const raiseAlert = (alerts: readonly Alert[], raised: Raised, at: Instant, nextId: number): AlertStep => {
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
  const worse = rank(raised.level) > rank(earlier.level);
  const again: Alert = {
    ...earlier,
    ...raised,
    level: worse ? raised.level : earlier.level,
    lastAt: at,
    count: earlier.count + 1,
    state: worse ? { name: "active" } : earlier.state,
  };
  return { alerts: replace(alerts, again), touched: [again], news: worse ? [again] : [] };
};

/**
 * An alert that is over is not woken: the same cause then begins a new one. An event (a system alert, a failed cycle) is
 * over once acknowledged; a condition of our own lasts until it is resolved, acknowledged or not.
 */
const isOver = ({ cause, state }: Alert): boolean =>
  state.name === "resolved" ||
  (state.name === "acknowledged" && (cause.kind === "system" || cause.kind === "cycle-failed"));

const rank = (level: AlertLevel): number => ["info", "warning", "critical"].indexOf(level);

/** The cause is gone: every alert of that key that is not over is resolved. */
export const resolveAlert = (alerts: readonly Alert[], key: string, at: Instant): AlertStep =>
  update(alerts, (alert) => alert.key === key && alert.state.name !== "resolved", { name: "resolved", at });

/** `id` null: all that are active. */
export const acknowledgeAlert = (alerts: readonly Alert[], id: number | null, at: Instant): AlertStep =>
  update(alerts, (alert) => !isHandled(alert) && (id === null ? alert.state.name === "active" : alert.id === id), {
    name: "acknowledged",
    at,
  });

export const snoozeAlert = (alerts: readonly Alert[], id: number, until: Instant): AlertStep =>
  update(alerts, (alert) => alert.id === id && !isHandled(alert), { name: "snoozed", until });

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
