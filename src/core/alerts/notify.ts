import { type AlertLevel, isQuiet, notifyRule } from "../../shared/alert.ts";
import type { Config } from "../../shared/config.ts";

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
  if (rules.muted) return false;
  switch (notifyRule(level, rules.notify)) {
    case "never":
      return false;
    case "always":
      return true;
    case "outside-quiet-hours":
      return !isQuiet(rules.quietHours, rules.stockholmTime);
  }
};
