import type { Alert } from "../../shared/alert.ts";
import type { TargetName, TargetStatus } from "../../shared/calendar.ts";
import type { Connection, Gap, SourceStatus } from "../../shared/connection.ts";
import type { Instant } from "../../shared/instant.ts";
import { type Mending, mendingOf, troubleOf } from "../../shared/mending.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Health } from "../../shared/snapshot.ts";
import { problemOfCause } from "../alerts/cause-problem.ts";
import { type AlertSubject, alertKey } from "../alerts/key.ts";
import { isOver } from "../alerts/kinds.ts";
import { streamTroubleOf } from "../alerts/stream-trouble.ts";
import type { JournalTrouble } from "../journal.ts";

/** Something that keeps all from being well. */
export type Trouble = Exclude<Health, { readonly level: "ok" }>;

export type JournalFault = JournalTrouble & { readonly since: Instant };

/** A trouble, with what an alert of the same matter is about. */
type Found = Pick<Trouble, "level" | "since" | "problem"> & {
  readonly subject: AlertSubject | null;
  /** The calendar that has it. */
  readonly target?: TargetName | null;
};

export type HealthFacts = {
  /** What the last attempt came to; another one under way tells nothing yet. */
  readonly connection: Connection;
  /** How the last fetch went; one under way tells nothing yet. */
  readonly source: SourceStatus;
  /** When the first of the fetches failed that have failed since one succeeded. */
  readonly sourceFailingSince: Instant | null;
  /** Gaps that nothing has filled and nobody has seen; newest first. */
  readonly missed: readonly Gap[];
  readonly targets: readonly TargetStatus[];
  /** What the configuration lacks, where something was meant. */
  readonly lacking: Problem | null;
  /** Set while the HTTP door cannot open. */
  readonly door: { readonly problem: Problem; readonly since: Instant } | null;
  /** What keeps this node from following the others of its desk. */
  readonly cluster: { readonly problem: Problem; readonly since: Instant } | null;
  /** What is wrong with the journal, and what has happened to it that nobody has seen. */
  readonly journal: readonly JournalFault[];
  readonly alerts: readonly Alert[];
  readonly startedAt: Instant;
};

/** What is wrong with the service itself, the worst first: whether matches arrive, are kept and reach the calendars. */
export const faultsOf = (facts: HealthFacts): readonly Trouble[] => worstFirst(found(facts).map(mendable(facts)));

/**
 * All that keeps things from being well, the worst first. An alert adds what the facts do not say by themselves; one that a
 * person has acknowledged or put aside counts for as long as what it tells of lasts.
 */
export const troublesOf = (facts: HealthFacts): readonly Trouble[] => {
  const faults = found(facts);
  const said = new Set(faults.flatMap(({ subject }) => (subject === null ? [] : [alertKey(subject)])));
  const alerts = facts.alerts.filter((alert) => !isOver(alert) && !said.has(alert.key));
  const ofAlerts = alerts.flatMap((alert) => alertTrouble(alert, facts));
  return worstFirst([...faults.map(mendable(facts)), ...ofAlerts]);
};

/** How the service is at any moment. */
export const createHealth = (facts: () => HealthFacts, now: () => Instant) => {
  /** Since when nothing is wrong; null while something is. */
  let wellSince: Instant | null = null;
  return {
    health: (): Health => {
      const [worst] = troublesOf(facts());
      wellSince = worst === undefined ? (wellSince ?? now()) : null;
      return worst ?? { level: "ok", since: wellSince ?? now() };
    },
    faults: (): readonly Trouble[] => faultsOf(facts()),
  };
};

const found = (facts: HealthFacts): readonly Found[] => [
  ...journalTrouble(facts),
  ...clusterTrouble(facts),
  ...feedTrouble(facts),
  ...calendarTrouble(facts),
  ...sourceTrouble(facts),
  ...gapTrouble(facts),
  ...configurationTrouble(facts),
  ...doorTrouble(facts),
];

/** For scripts, in a word. */
const actions: Readonly<Record<Mending["act"], Trouble["action"]>> = {
  setting: "settings",
  restart: "restart",
  fetch: "fetch",
  "sign-in": "sign-in",
  "choose-calendar": "settings",
  decide: "confirm",
  calendars: "look",
  messages: "look",
  quarantine: "look",
  log: "none",
  wait: "wait",
  none: "none",
};

const hasList = ({ source }: HealthFacts): boolean => source.state !== "unconfigured";

const mendable =
  (facts: HealthFacts) =>
  ({ subject: _, target = null, ...trouble }: Found): Trouble => {
    const { act } = mendingOf(trouble.problem, { target, hasList: hasList(facts) });
    return { ...trouble, target, action: trouble.level === "working" ? "wait" : actions[act], alert: null };
  };

const worstFirst = (troubles: readonly Trouble[]): readonly Trouble[] =>
  (["critical", "warning", "working"] as const).flatMap((level) =>
    troubles.filter((trouble) => trouble.level === level),
  );

const alertTrouble = ({ id, cause, level, firstAt }: Alert, facts: HealthFacts): readonly Trouble[] => {
  if (level === "info") return [];
  const { problem, target } = troubleOf(cause);
  const { act } = mendingOf(problem, { target, hasList: hasList(facts) });
  const told = { level, since: firstAt, problem: problemOfCause(cause, firstAt), target, action: actions[act] };
  return [{ ...told, alert: { id, cause } }];
};

const journalTrouble = ({ journal }: HealthFacts): readonly Found[] =>
  journal.map(({ kind, level, problem, since }) => ({
    subject: kind === "state" ? { kind: "journal" } : { kind: "incident", problem },
    level,
    since,
    problem,
  }));

const feed = { kind: "feed" } as const;

const connecting: Problem = { kind: "redis-unreachable", message: "Connecting to Redis." };
const frozen: Problem = { kind: "redis-frozen", message: "Redis has not answered the last test message." };
const unsubscribed: Problem = { kind: "redis-closed", message: "The subscription is stopped." };
const firstList: Problem = { kind: "source-unreachable", message: "The first match list is being fetched." };
const nothingArrives: Problem = {
  kind: "redis-disabled",
  message: "Redis is switched off and no match list is configured: nothing can arrive.",
};
const missed: Problem = {
  kind: "messages-missed",
  message: "Messages may have been missed, and no full list has told what.",
};

const feedTrouble = ({ connection, source }: HealthFacts): readonly Found[] => {
  const carried = source.state === "fetched";
  const level = carried ? "warning" : "critical";
  switch (connection.state) {
    case "live": {
      const { trouble } = connection;
      const subject = streamTroubleOf(connection) === null ? feed : ({ kind: "stream" } as const);
      return trouble === null ? [] : [{ subject, level: "warning", ...trouble }];
    }
    case "disabled":
      return [];
    case "connecting":
    case "subscribing":
      return [{ subject: feed, level: "working", since: connection.since, problem: connecting }];
    case "silent":
      return [{ subject: feed, level: "warning", since: connection.provenAt, problem: frozen }];
    case "reconnecting":
    case "refused":
    case "stopped":
      return [{ subject: feed, level, since: connection.since, problem: connection.cause ?? unsubscribed }];
  }
};

/** Here nothing arrives any more, whatever is heard. */
const clusterTrouble = ({ cluster }: HealthFacts): readonly Found[] =>
  cluster === null ? [] : [{ subject: null, level: "critical", ...cluster }];

const sourceTrouble = ({ source, sourceFailingSince, connection }: HealthFacts): readonly Found[] => {
  if (source.state === "failed") {
    const level = connection.state === "live" ? "warning" : "critical";
    const since = sourceFailingSince ?? source.at;
    return [{ subject: { kind: "source" }, level, since, problem: source.problem }];
  }
  if (connection.state !== "disabled") return [];
  const { since } = connection;
  if (source.state === "waiting") return [{ subject: { kind: "source" }, level: "working", since, problem: firstList }];
  return source.state === "unconfigured" ? [{ subject: feed, level: "critical", since, problem: nothingArrives }] : [];
};

/** Each is a matter of its own; the oldest stands first. */
const gapTrouble = ({ missed: gaps }: HealthFacts): readonly Found[] =>
  gaps
    .toReversed()
    .map(({ from }) => ({ subject: { kind: "gap", from }, level: "warning", since: from, problem: missed }));

const doorTrouble = ({ door }: HealthFacts): readonly Found[] =>
  door === null ? [] : [{ subject: { kind: "door" }, level: "warning", ...door }];

const configurationTrouble = ({ lacking, startedAt }: HealthFacts): readonly Found[] =>
  lacking === null ? [] : [{ subject: null, level: "warning", since: startedAt, problem: lacking }];

const calendarTrouble = ({ targets }: HealthFacts): readonly Found[] =>
  targets.flatMap((status) => targetTrouble(status).map((trouble) => ({ ...trouble, target: status.name })));

/** What one calendar does not take, or takes otherwise than it was written, is told though all else is well. */
const lateTrouble = ({ late, label }: TargetStatus): readonly Found[] => {
  if (late === null) return [];
  const { count, since, problem } = late;
  const message = `${count} of the events in ${label} ${count === 1 ? "is" : "are"} not as they should be: ${problem.message}`;
  return [{ subject: null, level: "warning", since, problem: { ...problem, message } }];
};

const targetTrouble = (status: TargetStatus): readonly Found[] => {
  const { state, name, label } = status;
  const calendar = { kind: "calendar", target: name } as const;
  switch (state.name) {
    case "waiting":
      return [{ subject: calendar, level: "warning", since: state.since, problem: state.problem }];
    case "needs-person":
      return [{ subject: calendar, level: "critical", since: state.since, problem: state.problem }];
    case "needs-preview":
    case "needs-confirmation": {
      const kind = state.name === "needs-preview" ? "other-tag" : "confirm-removal";
      const isTold = state.name === "needs-confirmation" || state.otherTags.length > 0;
      const subject = isTold ? ({ kind, target: name } as const) : null;
      const message = `${label} waits for your word before it is changed.`;
      return [{ subject, level: "warning", since: state.since, problem: { kind: "confirmation-needed", message } }];
    }
    case "idle":
    case "working":
      return lateTrouble(status);
    case "off":
      return [];
  }
};
