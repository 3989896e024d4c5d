import type { Alert, AlertCause, AlertKind, AlertLevel } from "../../shared/alert.ts";

/** What holds of every alert of a kind. */
type Rule = {
  /** How bad it is: always the same, or as whoever tells of it says. */
  readonly level: AlertLevel | "as told";
  /**
   * `over`: it tells of a state that lasts, and Avspark sees the end of it. `seen`: it tells of something that has happened,
   * which nothing takes back, so it ends when a person has acknowledged it.
   */
  readonly ends: "over" | "seen";
};

/** All kinds of alerts there are. What each is about is in key.ts; its sentence, advice and place in the window in shared/text. */
export const alertKinds = {
  system: { level: "as told", ends: "seen" },
  feed: { level: "critical", ends: "over" },
  stream: { level: "warning", ends: "over" },
  "quiet-channel": { level: "warning", ends: "over" },
  gap: { level: "warning", ends: "seen" },
  source: { level: "warning", ends: "over" },
  calendar: { level: "critical", ends: "over" },
  "sign-in-expiring": { level: "warning", ends: "over" },
  "confirm-removal": { level: "warning", ends: "over" },
  "other-tag": { level: "warning", ends: "over" },
  journal: { level: "as told", ends: "over" },
  incident: { level: "as told", ends: "seen" },
  messenger: { level: "warning", ends: "over" },
  door: { level: "warning", ends: "over" },
  "feeds-door": { level: "warning", ends: "over" },
  node: { level: "warning", ends: "over" },
  "invalid-rising": { level: "warning", ends: "over" },
  "cycle-failed": { level: "as told", ends: "over" },
} as const satisfies Readonly<Record<AlertKind, Rule>>;

type KindWith<P extends keyof Rule, V> = {
  [K in AlertKind]: (typeof alertKinds)[K][P] extends V ? K : never;
}[AlertKind];

/** Causes that are always as bad. */
export type LeveledCause = Extract<AlertCause, { readonly kind: KindWith<"level", AlertLevel> }>;

export const levelOfCause = ({ kind }: LeveledCause): AlertLevel => alertKinds[kind].level;

/**
 * What an alert tells of is no longer so. Until then it is counted when its cause comes again, and nothing says that all
 * is well; a state that a person has acknowledged or put aside is not over for that.
 */
export const isOver = ({ cause, state }: Pick<Alert, "cause" | "state">): boolean =>
  state.name === "resolved" || (state.name === "acknowledged" && alertKinds[cause.kind].ends === "seen");
