import type { AlertCause } from "../../shared/alert.ts";
import type { TargetStatus } from "../../shared/calendar.ts";
import type { Connection, Gap, SourceStatus } from "../../shared/connection.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import { alertKey, type Raised } from "../alerts/alerts.ts";
import type { AlertDesk } from "./alert-desk.ts";

/** The last messages whose validity is watched, and the shares at which that is, and stops being, an alert. */
const watchedMessages = 50;
const risingShare = 0.2;
const calmShare = 0.05;
const fewestInvalid = 5;
/** A calendar that waits this long is a person's business. */
const calendarPatienceMs = 5 * 60_000;
const signInWarningMs = 24 * 3_600_000;

type WatchOptions = {
  readonly alerts: AlertDesk;
  readonly now: () => number;
  /** Failed attempts in a row before Redis being away is an alert. */
  readonly maxRetries: () => number;
  /** What the demo misses is nothing to anybody. */
  readonly demo: boolean;
};

/** Our own alerts: conditions that last until they are over, raised once and resolved by themselves. */
export const createWatch = ({ alerts, now, maxRetries, demo }: WatchOptions) => {
  let recent: boolean[] = [];
  // Those of an earlier run are over when their condition is.
  const raised = new Map(
    alerts
      .alerts()
      .filter(({ state }) => state.name !== "resolved")
      .map(({ key, cause }) => [key, cause]),
  );

  const condition = (key: string, now: Raised | null): void => {
    const before = raised.get(key);
    if (now === null) {
      if (raised.delete(key)) alerts.resolve(key);
    } else if (before === undefined || isOther(before, now.cause)) {
      raised.set(key, now.cause);
      alerts.raise(now);
    }
  };

  const feedCause = (connection: Connection): Problem | null => {
    switch (connection.state) {
      case "reconnecting":
        return connection.attempt > maxRetries() ? connection.cause : null;
      case "refused":
        return connection.cause;
      case "stopped":
        return connection.cause;
      default:
        return null;
    }
  };

  const calendarCause = ({ state }: TargetStatus): Problem | null => {
    if (state.name === "needs-person") return state.problem;
    return state.name === "waiting" && now() - Date.parse(state.since) > calendarPatienceMs ? state.problem : null;
  };

  return {
    connection: (connection: Connection): void => {
      const problem = feedCause(connection);
      // A new attempt under way is neither better nor worse than the failed one before it.
      if (problem === null && connection.state !== "live" && connection.state !== "disabled") return;
      condition(
        "feed",
        problem === null ? null : { cause: { kind: "feed", problem }, level: "critical", severity: null },
      );
    },
    /** A gap is news when no list is on its way to fill it. `source`: how the last fetch went. */
    gaps: (gaps: readonly Gap[], source: SourceStatus): void => {
      const isHopeless = source.state === "unconfigured" || source.state === "failed";
      for (const { from, state } of gaps) {
        const key = alertKey({ kind: "gap", from });
        // One that a person has seen goes on: what it takes in now is another matter.
        const goesOn = state === "open" && raised.has(key) && !alerts.isUnseen({ kind: "gap", from });
        if (state === "closed" || goesOn || demo) condition(key, null);
        else if (state === "unfilled" && isHopeless)
          condition(key, { cause: { kind: "gap", from }, level: "warning", severity: null });
      }
    },
    source: (source: SourceStatus): void => {
      if (source.state === "failed") {
        condition("source", { cause: { kind: "source", problem: source.problem }, level: "warning", severity: null });
      } else if (source.state === "fetched") condition("source", null);
    },
    journal: (problem: Problem | null): void =>
      condition(
        "journal",
        problem === null ? null : { cause: { kind: "journal", problem }, level: "critical", severity: null },
      ),
    messages: (valid: readonly boolean[]): void => {
      recent = [...recent, ...valid.slice(-watchedMessages)].slice(-watchedMessages);
      const invalid = recent.filter((ok) => !ok).length;
      if (invalid >= fewestInvalid && invalid / recent.length >= risingShare) {
        condition("invalid-rising", {
          cause: { kind: "invalid-rising", invalid, of: recent.length },
          level: "warning",
          severity: null,
        });
      } else if (invalid / Math.max(1, recent.length) <= calmShare) {
        condition("invalid-rising", null);
      }
    },
    quiet: (channels: readonly { readonly channel: string; readonly lastAt: Instant }[]): void => {
      const quiet = new Map(channels.map((entry) => [`quiet:${entry.channel}`, entry]));
      for (const [key, { kind }] of raised) if (kind === "quiet-channel" && !quiet.has(key)) condition(key, null);
      for (const [key, entry] of quiet) {
        condition(key, { cause: { kind: "quiet-channel", ...entry }, level: "warning", severity: null });
      }
    },
    targets: (targets: readonly TargetStatus[]): void => {
      const labels = new Set(targets.map(({ label }) => label));
      // A calendar that is no longer used has no trouble.
      for (const [key, cause] of raised) if ("target" in cause && !labels.has(cause.target)) condition(key, null);
      for (const target of targets) {
        const { state, label } = target;
        const problem = calendarCause(target);
        const calendarKey = `calendar:${label}`;
        if (problem !== null) {
          condition(calendarKey, {
            cause: { kind: "calendar", target: label, problem },
            level: "critical",
            severity: null,
          });
        } else if (state.name !== "waiting") condition(calendarKey, null);
        const held = state.name === "needs-confirmation" ? state.removals : null;
        const heldKey = `confirm-removal:${label}`;
        if (held !== null) {
          condition(heldKey, {
            cause: { kind: "confirm-removal", target: label, events: held },
            level: "critical",
            severity: null,
          });
        } else condition(heldKey, null);
        const at = target.signInExpiresAt;
        const signInKey = `sign-in-expiring:${label}`;
        if (at !== null && Date.parse(at) - now() < signInWarningMs) {
          condition(signInKey, {
            cause: { kind: "sign-in-expiring", target: label, at },
            level: "warning",
            severity: null,
          });
        } else condition(signInKey, null);
      }
    },
  };
};
/** The same condition for another reason: a server that was away and now refuses the password. */
const isOther = (before: AlertCause, now: AlertCause): boolean => {
  if ("problem" in before && "problem" in now) return before.problem.kind !== now.problem.kind;
  if (before.kind === "confirm-removal" && now.kind === "confirm-removal") return before.events !== now.events;
  if (before.kind === "sign-in-expiring" && now.kind === "sign-in-expiring") return before.at !== now.at;
  return false;
};
