import type { Alert, AlertKind } from "../../shared/alert.ts";

/**
 * How an alert of each kind ends. `over`: it tells of a state that lasts, and Avspark sees the end of it. `seen`: it tells
 * of something that has happened, which nothing takes back, so it ends when a person has acknowledged it.
 */
const endOf: Readonly<Record<AlertKind, "over" | "seen">> = {
  system: "seen",
  gap: "seen",
  incident: "seen",
  feed: "over",
  "quiet-channel": "over",
  source: "over",
  calendar: "over",
  "sign-in-expiring": "over",
  "confirm-removal": "over",
  journal: "over",
  door: "over",
  "invalid-rising": "over",
  "cycle-failed": "over",
};

/**
 * What an alert tells of is no longer so. Until then it is counted when its cause comes again, and nothing says that all
 * is well; a state that a person has acknowledged or put aside is not over for that.
 */
export const isOver = ({ cause, state }: Pick<Alert, "cause" | "state">): boolean =>
  state.name === "resolved" || (state.name === "acknowledged" && endOf[cause.kind] === "seen");
