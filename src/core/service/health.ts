import type { TargetStatus } from "../../shared/calendar.ts";
import type { Connection, Gap, SourceStatus } from "../../shared/connection.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Health } from "../../shared/snapshot.ts";

type Trouble = Exclude<Health, { readonly level: "ok" }>;

export type HealthFacts = {
  /** What the last attempt came to; another one under way tells nothing yet. */
  readonly connection: Connection;
  /** How the last fetch went; one under way tells nothing yet. */
  readonly source: SourceStatus;
  /** Gaps that nothing has filled and nobody has seen; newest first. */
  readonly missed: readonly Gap[];
  readonly targets: readonly TargetStatus[];
  /** What the configuration lacks, where something was meant. */
  readonly lacking: Problem | null;
  /** Set while the journal refuses. */
  readonly journal: { readonly problem: Problem; readonly since: Instant } | null;
  readonly startedAt: Instant;
};

/** The worst thing there is, since when and what mends it; `ok` only when matches are proven to arrive and be kept. */
export const healthOf = (facts: HealthFacts): Health => {
  const troubles = [
    ...journalTrouble(facts),
    ...feedTrouble(facts),
    ...calendarTrouble(facts),
    ...sourceTrouble(facts),
    ...gapTrouble(facts),
    ...configurationTrouble(facts),
  ];
  const worst = (["critical", "warning", "working"] as const).flatMap((level) =>
    troubles.filter((trouble) => trouble.level === level),
  )[0];
  return worst ?? { level: "ok", since: okSince(facts) };
};

const okSince = ({ connection, startedAt }: HealthFacts): Instant =>
  connection.state === "live" ? connection.since : startedAt;

const journalTrouble = ({ journal }: HealthFacts): readonly Trouble[] =>
  journal === null ? [] : [{ level: "critical", since: journal.since, problem: journal.problem, action: "none" }];

const feedTrouble = ({ connection, source }: HealthFacts): readonly Trouble[] => {
  const carried = source.state === "fetched";
  const level = carried ? "warning" : "critical";
  switch (connection.state) {
    case "live":
    case "disabled":
      return [];
    case "connecting":
    case "subscribing":
      return [
        {
          level: "working",
          since: connection.since,
          problem: { kind: "redis-unreachable", message: "Connecting to Redis." },
          action: "wait",
        },
      ];
    case "silent":
      return [
        {
          level: "warning",
          since: connection.provenAt,
          problem: { kind: "redis-frozen", message: "Redis has not answered the last test message." },
          action: "wait",
        },
      ];
    case "reconnecting":
      return [{ level, since: connection.since, problem: connection.cause, action: "restart" }];
    case "refused":
      return [{ level, since: connection.since, problem: connection.cause, action: "settings" }];
    case "stopped":
      return [
        {
          level,
          since: connection.since,
          problem: connection.cause ?? { kind: "redis-closed", message: "The subscription is stopped." },
          action: "restart",
        },
      ];
  }
};

const sourceTrouble = ({ source, connection }: HealthFacts): readonly Trouble[] => {
  if (source.state === "failed") {
    const level = connection.state === "live" ? "warning" : "critical";
    return [{ level, since: source.at, problem: source.problem, action: "fetch" }];
  }
  if (connection.state !== "disabled") return [];
  if (source.state === "waiting") {
    const problem = { kind: "source-unreachable", message: "The first match list is being fetched." } as const;
    return [{ level: "working", since: connection.since, problem, action: "wait" }];
  }
  if (source.state === "unconfigured") {
    return [
      {
        level: "critical",
        since: connection.since,
        problem: {
          kind: "redis-disabled",
          message: "Redis is switched off and no match list is configured: nothing can arrive.",
        },
        action: "settings",
      },
    ];
  }
  return [];
};

const gapTrouble = ({ missed, source }: HealthFacts): readonly Trouble[] => {
  const oldest = missed.at(-1);
  if (oldest === undefined) return [];
  return [
    {
      level: "warning",
      since: oldest.from,
      problem: {
        kind: "messages-missed",
        message: "Messages may have been missed, and no full list has told what.",
      },
      action: source.state === "unconfigured" ? "settings" : "fetch",
    },
  ];
};

const configurationTrouble = ({ lacking, startedAt }: HealthFacts): readonly Trouble[] =>
  lacking === null ? [] : [{ level: "warning", since: startedAt, problem: lacking, action: "settings" }];

const calendarTrouble = ({ targets }: HealthFacts): readonly Trouble[] => targets.flatMap(targetTrouble);

const targetTrouble = ({ state, label }: TargetStatus): readonly Trouble[] => {
  switch (state.name) {
    case "waiting":
      return [{ level: "warning", since: state.since, problem: state.problem, action: "wait" }];
    case "needs-person":
      return [
        {
          level: "critical",
          since: state.since,
          problem: state.problem,
          action: state.problem.kind === "calendar-sign-in" ? "sign-in" : "settings",
        },
      ];
    case "needs-preview":
    case "needs-confirmation":
      return [
        {
          level: "warning",
          since: state.since,
          problem: {
            kind: "confirmation-needed",
            message: `${label} waits for your word before it is changed.`,
          },
          action: "confirm",
        },
      ];
    case "idle":
    case "working":
    case "off":
      return [];
  }
};
