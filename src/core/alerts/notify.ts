import type { AlertLevel } from "../../shared/alert.ts";
import type { Config } from "../../shared/config.ts";

const rank: Readonly<Record<AlertLevel, number>> = { info: 0, warning: 1, critical: 2 };
const least: Readonly<Record<Config["AVSPARK_NOTIFY"], number>> = { all: 0, warning: 1, critical: 2, none: 3 };

/**
 * Whether an alert interrupts a person now. Quiet hours let critical ones through; muting lets none.
 * `stockholmTime` as `HH:MM`.
 */
export const shouldNotify = (
  level: AlertLevel,
  rules: {
    readonly notify: Config["AVSPARK_NOTIFY"];
    readonly quietHours: string | null;
    readonly muted: boolean;
    readonly stockholmTime: string;
  },
): boolean => {
  if (rules.muted || rank[level] < least[rules.notify]) return false;
  return level === "critical" || !isQuiet(rules.quietHours, rules.stockholmTime);
};

/** Quiet hours may span midnight: 22:00-07:00. Equal ends are no hours at all. */
export const isQuiet = (quietHours: string | null, time: string): boolean => {
  const [from, until] = quietHours?.split("-") ?? [];
  if (from === undefined || until === undefined) return false;
  return from <= until ? time >= from && time < until : time >= from || time < until;
};
