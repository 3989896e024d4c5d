import { type AlertCause, levelOf } from "../../shared/alert.ts";
import type { TargetStatus } from "../../shared/calendar.ts";
import type { Connection, Gap, NodeStanding, SourceStatus } from "../../shared/connection.ts";
import { dayMs, minuteMs } from "../../shared/duration.ts";
import type { Instant } from "../../shared/instant.ts";
import type { MessageSummary } from "../../shared/message.ts";
import type { MessengerName } from "../../shared/outward.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Raised } from "../alerts/alerts.ts";
import { type CycleReport, type Failure, noteCycle } from "../alerts/failed-cycle.ts";
import { type AlertSubject, alertKey } from "../alerts/key.ts";
import { type LeveledCause, levelOfCause } from "../alerts/kinds.ts";
import { streamTroubleOf } from "../alerts/stream-trouble.ts";
import type { Outcome } from "../feed/batch.ts";
import type { Report } from "../feed/message.ts";
import type { JournalTrouble } from "../journal.ts";
import type { Clock } from "../ports.ts";
import type { AlertKeeper } from "./alert-keeper.ts";

/** The last messages whose validity is watched, and the shares at which that is, and stops being, an alert. */
const watchedMessages = 50;
const risingShare = 0.2;
const calmShare = 0.05;
const fewestInvalid = 5;
/** A calendar that has waited for longer than this is an alert. */
const calendarGraceMs = 5 * minuteMs;
const signInWarningMs = dayMs;

type WatchOptions = {
  readonly alerts: AlertKeeper;
  readonly clock: Pick<Clock, "now" | "elapsed">;
  /** Failed attempts in a row before Redis being away is an alert. */
  readonly maxRetries: () => number;
  /** What the demo misses is nothing to anybody. */
  readonly demo: boolean;
};

type Told = Pick<Outcome, "way" | "reports"> & {
  readonly messages: readonly { readonly summary: Pick<MessageSummary, "verdict"> }[];
};

/** Finds out what is worth an alert, and when that is over. Each state is raised once, however often it is seen. */
export const createWatch = ({ alerts, clock, maxRetries, demo }: WatchOptions) => {
  let recent: boolean[] = [];
  // Those of an earlier run are over when their state is.
  const holding = new Map(
    alerts
      .alerts()
      .filter(({ state }) => state.name !== "resolved")
      .map(({ key, cause }) => [key, cause]),
  );
  let failure: Failure | null = failureIn(holding.get(alertKey({ kind: "cycle-failed" })));
  /** Calendars that wait, by id, and since when by `elapsed`. */
  const waiting = new Map<string, number>();

  /** A state of which the one who tells of it says how bad it is. */
  const holdsAt = (level: Raised["level"], cause: AlertCause): void => {
    const key = alertKey(cause);
    const before = holding.get(key);
    if (before !== undefined && !isOther(before, cause)) return;
    holding.set(key, cause);
    alerts.raise({ cause, level, severity: null });
  };
  const holds = (cause: LeveledCause): void => holdsAt(levelOfCause(cause), cause);
  const over = (subject: AlertSubject): void => {
    const key = alertKey(subject);
    if (holding.delete(key)) alerts.resolve(key);
  };

  const cycle = (report: CycleReport, { level, severity }: Pick<Raised, "level" | "severity">): void => {
    const step = noteCycle(failure, report);
    failure = step.failure;
    const raised = {
      cause: { kind: "cycle-failed", cycle: failure?.cycle ?? null, text: failure?.text ?? null },
    } as const;
    if (step.news === "over") alerts.resolve(alertKey(raised.cause));
    else if (step.news === "failed") alerts.raise({ ...raised, level, severity });
    else if (step.news === "learnt") alerts.reword({ ...raised, level, severity });
  };

  const report = (said: Report): void => {
    if (said.type === "processing_status") {
      if (said.status !== "started")
        cycle({ kind: said.status, cycle: said.cycle }, { level: "warning", severity: null });
      return;
    }
    const { alertType, text, severity } = said;
    const level = levelOf(severity);
    if (alertType === failedCycleType) cycle({ kind: "reason", text }, { level, severity });
    else alerts.raise({ cause: { kind: "system", alertType, text }, level, severity });
  };

  const validity = (valid: readonly boolean[]): void => {
    recent = [...recent, ...valid.slice(-watchedMessages)].slice(-watchedMessages);
    const invalid = recent.filter((ok) => !ok).length;
    if (invalid >= fewestInvalid && invalid / recent.length >= risingShare) {
      holds({ kind: "invalid-rising", invalid, of: recent.length });
    } else if (invalid / Math.max(1, recent.length) <= calmShare) over({ kind: "invalid-rising" });
  };

  /** What is wrong with a calendar for long enough to tell a person. */
  const troubleOf = ({ name, state }: TargetStatus): Problem | "too early" | null => {
    if (state.name !== "waiting") waiting.delete(name);
    if (state.name === "needs-person") return state.problem;
    if (state.name !== "waiting") return null;
    const since = waiting.get(name) ?? clock.elapsed();
    waiting.set(name, since);
    return clock.elapsed() - since > calendarGraceMs ? state.problem : "too early";
  };

  /** `isFirst`: of those whose sign-in ends at that moment. A calendar and an address book may share one. */
  const target = (status: TargetStatus, isFirst: boolean): void => {
    const { state, signInExpiresAt: at } = status;
    const about = { target: status.name, label: status.label };
    const trouble = troubleOf(status);
    if (trouble === null) over({ kind: "calendar", ...about });
    else if (trouble !== "too early") holds({ kind: "calendar", ...about, problem: trouble });
    if (state.name === "needs-confirmation") {
      holds({ kind: "confirm-removal", ...about, events: state.removals });
    } else over({ kind: "confirm-removal", ...about });
    const tags = state.name === "needs-preview" ? state.otherTags : [];
    if (tags.length > 0) {
      const events = tags.reduce((sum, one) => sum + one.events, 0);
      holds({ kind: "other-tag", ...about, tag: tags.map(({ tag }) => tag).join(", "), events });
    } else over({ kind: "other-tag", ...about });
    if (at !== null && isFirst && Date.parse(at) - clock.now() < signInWarningMs) {
      holds({ kind: "sign-in-expiring", ...about, at });
    } else over({ kind: "sign-in-expiring", ...about });
  };

  return {
    connection: (connection: Connection): void => {
      const stream = streamTroubleOf(connection);
      if (stream !== null) holds({ kind: "stream", problem: stream.problem });
      else if (connection.state === "live" || connection.state === "disabled") over({ kind: "stream" });
      const problem = problemOf(connection, maxRetries());
      if (problem !== null) holds({ kind: "feed", problem });
      // A new attempt under way is neither better nor worse than the failed one before it.
      else if (connection.state === "live" || connection.state === "disabled") over({ kind: "feed" });
    },
    /** A gap is news when no list is on its way to fill it. `source`: how the last fetch went. */
    gaps: (gaps: readonly Gap[], source: SourceStatus): void => {
      const isHopeless = source.state === "unconfigured" || source.state === "failed";
      for (const { from, state } of gaps) {
        const cause = { kind: "gap", from } as const;
        // One that a person has seen goes on: what it takes in now is another matter.
        const goesOn = state === "open" && holding.has(alertKey(cause)) && !alerts.isUnseen(cause);
        if (state === "closed" || goesOn || demo) over(cause);
        else if (state === "unfilled" && isHopeless) holds(cause);
      }
    },
    source: (source: SourceStatus): void => {
      if (source.state === "failed") holds({ kind: "source", problem: source.problem });
      else if (source.state === "fetched") over({ kind: "source" });
    },
    journal: (trouble: Omit<JournalTrouble, "kind"> | null): void => {
      if (trouble === null) over({ kind: "journal" });
      else holdsAt(trouble.level, { kind: "journal", problem: trouble.problem });
    },
    door: (problem: Problem | null): void => {
      if (problem === null) over({ kind: "door" });
      else holds({ kind: "door", problem });
    },
    feedsDoor: (problem: Problem | null): void => {
      if (problem === null) over({ kind: "feeds-door" });
      else holds({ kind: "feeds-door", problem });
    },
    /** null: notices leave this way again, or not this way any more. */
    messenger: (messenger: MessengerName, problem: Problem | null): void => {
      if (problem === null) over({ kind: "messenger", messenger });
      else holds({ kind: "messenger", messenger, problem });
    },
    /** What has happened, each time that it happens. */
    incident: ({ problem, level }: JournalTrouble): void =>
      alerts.raise({ cause: { kind: "incident", problem }, level, severity: null }),
    note: ({ way, messages, reports }: Told): void => {
      if (way === "redis") validity(messages.map(({ summary }) => summary.verdict !== "invalid"));
      // A cycle that is replayed has been followed by others since.
      for (const said of reports) if (way !== "replay" || said.type !== "processing_status") report(said);
    },
    /** Another node of the desk is lost, or lags behind. How we do ourselves is told by our own health. */
    nodes: (nodes: readonly NodeStanding[]): void => {
      const bad = new Map<string, LeveledCause>();
      for (const { name, isUs, state } of nodes) {
        if (isUs || (state !== "lost" && state !== "behind")) continue;
        const cause = { kind: "node", node: name, state } as const;
        bad.set(alertKey(cause), cause);
      }
      for (const [key, cause] of [...holding]) if (cause.kind === "node" && !bad.has(key)) over(cause);
      for (const cause of bad.values()) holds(cause);
    },
    quiet: (channels: readonly { readonly channel: string; readonly lastAt: Instant }[]): void => {
      const quiet = new Set(channels.map(({ channel }) => channel));
      for (const cause of [...holding.values()])
        if (cause.kind === "quiet-channel" && !quiet.has(cause.channel)) over(cause);
      for (const { channel, lastAt } of channels) holds({ kind: "quiet-channel", channel, lastAt });
    },
    targets: (targets: readonly TargetStatus[]): void => {
      const ids = new Set<string>(targets.map(({ name }) => name));
      // A calendar that is no longer used has no trouble.
      for (const cause of [...holding.values()]) if ("target" in cause && !ids.has(cause.target)) over(cause);
      for (const status of targets) {
        const { signInExpiresAt: at } = status;
        target(status, at === null || status === targets.find((each) => each.signInExpiresAt === at));
      }
    },
  };
};

/** What match-list-processor calls the alert that it sends with each cycle that failed. */
const failedCycleType = "processing_error";

const problemOf = (connection: Connection, maxRetries: number): Problem | null => {
  switch (connection.state) {
    case "reconnecting":
      return connection.attempt > maxRetries ? connection.cause : null;
    case "refused":
    case "stopped":
      return connection.cause;
    default:
      return null;
  }
};

const failureIn = (cause: AlertCause | undefined): Failure | null =>
  cause?.kind === "cycle-failed" ? { cycle: cause.cycle, text: cause.text, told: "both" } : null;

/** The same state for another reason: a server that was away and now refuses the password. */
const isOther = (before: AlertCause, now: AlertCause): boolean => {
  if ("problem" in before && "problem" in now) return before.problem.kind !== now.problem.kind;
  if (before.kind === "confirm-removal" && now.kind === "confirm-removal") return before.events !== now.events;
  if (before.kind === "other-tag" && now.kind === "other-tag")
    return before.tag !== now.tag || before.events !== now.events;
  if (before.kind === "sign-in-expiring" && now.kind === "sign-in-expiring") return before.at !== now.at;
  return false;
};
