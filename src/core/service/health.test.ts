import { describe, expect, test } from "vitest";
import type { Alert, AlertCause } from "../../shared/alert.ts";
import type { TargetStatus } from "../../shared/calendar.ts";
import type { Connection, SourceStatus } from "../../shared/connection.ts";
import type { Instant } from "../../shared/instant.ts";
import { instant } from "../../shared/testing/instant.ts";
import { alertKey } from "../alerts/key.ts";
import { faultsOf, type HealthFacts, troublesOf } from "./health.ts";
import { aTarget } from "./testing/target.ts";

const at = instant("2027-05-01T10:00:00.000Z");
const live: Connection = { state: "live", since: at, provenAt: at, proof: "publish", channels: [], trouble: null };
const loading = { kind: "redis-degraded", message: "Redis is still loading its data." } as const;
const unwell: Connection = { ...live, trouble: { problem: loading, since: at } };
const off: Connection = { state: "disabled", since: at };
const lost = { kind: "redis-closed", message: "Redis closed the connection." } as const;
const reconnecting: Connection = { state: "reconnecting", since: at, attempt: 1, retryAt: at, cause: lost };
const connecting: Connection = { state: "connecting", since: at, attempt: 1 };
const unconfigured: SourceStatus = { state: "unconfigured" };
const fetched: SourceStatus = { state: "fetched", at, matches: 3, changes: 0, unchanged: false, nextAt: null };
const broken: SourceStatus = {
  state: "failed",
  at,
  problem: { kind: "source-status", message: "The source answers with status 500." },
  nextAt: null,
};

const well: HealthFacts = {
  connection: live,
  source: unconfigured,
  sourceFailingSince: null,
  missed: [],
  cluster: null,
  targets: [],
  lacking: null,
  startedAt: at,
  journal: [],
  door: null,
  alerts: [],
};
const levelOf = (facts: Partial<HealthFacts>): string => troublesOf({ ...well, ...facts })[0]?.level ?? "ok";

const alert = (cause: AlertCause, rest: Partial<Alert> = {}): Alert => ({
  id: 1,
  key: alertKey(cause),
  cause,
  level: "warning",
  severity: null,
  firstAt: at,
  lastAt: at,
  count: 1,
  state: { name: "active" },
  ...rest,
});
const stopped: AlertCause = { kind: "system", alertType: "stop", text: "All processing stopped" };
const quiet: AlertCause = { kind: "quiet-channel", channel: "c", lastAt: at };
const google = (state: TargetStatus["state"]): TargetStatus => aTarget({ state });

describe("health", () => {
  test.each([
    ["live", { connection: live }, "ok"],
    ["live on a Redis that is not well", { connection: unwell }, "warning"],
    ["the first attempt", { connection: connecting }, "working"],
    ["Redis away", { connection: reconnecting }, "critical"],
    ["Redis away, lists instead", { connection: reconnecting, source: fetched }, "warning"],
    ["Redis away and no list either", { connection: reconnecting, source: broken }, "critical"],
    ["live, but no list", { source: broken }, "warning"],
    ["lists alone", { connection: off, source: fetched }, "ok"],
    ["lists alone, none yet", { connection: off, source: { state: "waiting", nextAt: null } }, "working"],
    [
      "a calendar that is meant and not kept",
      { lacking: { kind: "configuration-invalid", message: "Not." } },
      "warning",
    ],
    [
      "the log of the desk out of reach",
      { cluster: { problem: { kind: "cluster-lost", message: "Away." }, since: at } },
      "critical",
    ],
    ["nothing to hear from", { connection: off }, "critical"],
  ] satisfies readonly (readonly [string, Partial<HealthFacts>, string])[])("%s", (_, facts, level) => {
    expect(levelOf(facts)).toBe(level);
  });

  test("of several gaps the oldest says since when", () => {
    const gap = (from: Instant) =>
      ({ id: 1, from, to: at, cause: { kind: "restart" }, state: "unfilled", filledAt: null, brought: null }) as const;
    const missed = [gap(instant("2027-05-01T09:00:00.000Z")), gap(instant("2027-05-01T08:00:00.000Z"))];
    expect(troublesOf({ ...well, missed })[0]).toMatchObject({
      level: "warning",
      since: "2027-05-01T08:00:00.000Z",
      action: "settings",
    });
  });

  test("a list that fails again and again has failed since the first time", () => {
    const since = instant("2027-05-01T06:00:00.000Z");
    expect(troublesOf({ ...well, source: broken, sourceFailingSince: since })).toMatchObject([{ since }]);
  });
});

describe("an alert", () => {
  test.each([
    ["that is active", stopped, { name: "active" }, "warning"],
    ["that is snoozed", stopped, { name: "snoozed", until: at }, "warning"],
    ["of something that has happened, acknowledged", stopped, { name: "acknowledged", at }, "ok"],
    ["of a state that lasts, acknowledged", quiet, { name: "acknowledged", at }, "warning"],
    ["whose cause is over", quiet, { name: "resolved", at }, "ok"],
  ] satisfies readonly (readonly [string, AlertCause, Alert["state"], string])[])(
    "%s: health is told by it or is well",
    (_, cause, state, level) => {
      expect(levelOf({ alerts: [alert(cause, { state })] })).toBe(level);
    },
  );

  test("says its own words, since when it began, and where to look", () => {
    expect(troublesOf({ ...well, alerts: [alert(stopped, { id: 7, level: "critical" })] })).toEqual([
      {
        level: "critical",
        since: at,
        problem: { kind: "publisher-alert", message: "All processing stopped" },
        target: null,
        action: "look",
        alert: { id: 7, cause: stopped },
      },
    ]);
  });

  test("for information keeps nothing from being well", () => {
    expect(levelOf({ alerts: [alert(stopped, { level: "info" })] })).toBe("ok");
  });

  test("of what the facts say themselves adds nothing, whatever its level", () => {
    const problem = { kind: "calendar-unreachable", message: "Google cannot be reached." } as const;
    const targets = [google({ name: "waiting", since: at, until: null, problem })];
    const alerts = [alert({ kind: "calendar", target: "google", label: "Matcher", problem }, { level: "critical" })];
    expect(troublesOf({ ...well, targets, alerts })).toMatchObject([{ level: "warning", action: "wait", alert: null }]);
    expect(levelOf({ targets: [google({ name: "idle" })], alerts })).toBe("critical");
  });

  test("names the events that a calendar has not taken for a minute, while all else goes on", () => {
    const problem = { kind: "calendar-rejected", message: "It is too long." } as const;
    const late = { count: 2, since: at, problem };
    expect(troublesOf({ ...well, targets: [aTarget({ late })] })).toMatchObject([
      { level: "warning", since: at, action: "look", problem: { kind: "calendar-rejected" } },
    ]);
    const person = { name: "needs-person", since: at, problem: { kind: "calendar-sign-in", message: "No." } } as const;
    expect(troublesOf({ ...well, targets: [aTarget({ late, state: person })] })).toMatchObject([{ level: "critical" }]);
  });

  test("of the publisher does not keep the service from being ready", () => {
    const facts = { ...well, alerts: [alert(stopped, { level: "critical" })] };
    expect([faultsOf(facts), troublesOf(facts).length]).toEqual([[], 1]);
  });
});
