import type { Alert, AlertLevel } from "../../shared/alert.ts";

const rank: Readonly<Record<AlertLevel, number>> = { critical: 0, warning: 1, info: 2 };

/** Those that ask for attention now: the most severe first, the newest first among equals. */
export const activeAlerts = (alerts: readonly Alert[]): readonly Alert[] =>
  alerts
    .filter((alert) => alert.state.name === "active")
    .toSorted((a, b) => rank[a.level] - rank[b.level] || (a.lastAt < b.lastAt ? 1 : -1));
