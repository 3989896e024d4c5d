import type { Alert, AlertCause, AlertLevel } from "../../../shared/alert.ts";
import { grouped } from "../../../shared/grouped.ts";
import { activeAlerts } from "../../parts/alerts.ts";

/** Alerts of one sort: four quiet channels are one matter with four causes. */
export type AlertGroup = {
  readonly kind: AlertCause["kind"];
  readonly level: AlertLevel;
  readonly alerts: readonly Alert[];
};

/** The most severe group first, and so within each. */
export const groupAlerts = (alerts: readonly Alert[]): readonly AlertGroup[] => {
  const groups = grouped(activeAlerts(alerts), ({ cause }) => cause.kind);
  return [...groups].flatMap(([kind, members]) => {
    const [worst] = members;
    return worst === undefined ? [] : [{ kind, level: worst.level, alerts: members }];
  });
};

type Snoozed = Alert & { readonly state: Extract<Alert["state"], { name: "snoozed" }> };
type Past = Alert & { readonly state: Extract<Alert["state"], { name: "acknowledged" | "resolved" }> };

/** Those that come back, the soonest first. */
export const snoozedAlerts = (alerts: readonly Alert[]): readonly Snoozed[] =>
  alerts
    .filter((alert): alert is Snoozed => alert.state.name === "snoozed")
    .toSorted((a, b) => (a.state.until < b.state.until ? -1 : 1));

/** Those that are dealt with or over, the latest first. */
export const pastAlerts = (alerts: readonly Alert[]): readonly Past[] =>
  alerts
    .filter((alert): alert is Past => alert.state.name === "acknowledged" || alert.state.name === "resolved")
    .toSorted((a, b) => (a.state.at < b.state.at ? 1 : -1));
