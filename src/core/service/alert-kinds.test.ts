// Every kind of alert, with a clock: what begins it, how bad it is, how it ends. A kind without its story does not compile.

import { describe, expect, test } from "vitest";
import { type AlertKind, type AlertLevel, problemKindOf } from "../../shared/alert.ts";
import type { Gap, NodeStanding, SourceStatus } from "../../shared/connection.ts";
import { instantOf } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import { en } from "../../shared/text/en.ts";
import { formatFor } from "../../shared/text/format.ts";
import { alertSentence } from "../../shared/text/sentences.ts";
import { sv } from "../../shared/text/sv.ts";
import { alertKinds } from "../alerts/kinds.ts";
import type { Report } from "../feed/message.ts";
import { troublesOf } from "./health.ts";
import { aTarget } from "./testing/target.ts";
import { came, createRun, type Run, runStart, said } from "./testing/watch-run.ts";

type Does = (watch: Run["watch"]) => void;

type Story<K extends AlertKind> = {
  readonly begins: Does;
  readonly level: (typeof alertKinds)[K]["level"] extends AlertLevel ? (typeof alertKinds)[K]["level"] : AlertLevel;
  /** null: nothing takes it back; only a person ends it. */
  readonly ends: (typeof alertKinds)[K]["ends"] extends "over" ? Does : Does | null;
};

const problem = (kind: Problem["kind"]): Problem => ({ kind, message: "It is not well." });
const live = {
  state: "live",
  since: runStart,
  provenAt: runStart,
  proof: "publish",
  channels: [],
  trouble: null,
} as const;
const unconfigured: SourceStatus = { state: "unconfigured" };
const fetched: SourceStatus = {
  state: "fetched",
  at: runStart,
  matches: 1,
  changes: 0,
  unchanged: false,
  nextAt: null,
};
const node = (state: NodeStanding["state"]): NodeStanding => ({
  ...{ name: "one", isUs: false, state, agoMs: 0 },
  said: null,
});
const gap = (state: Gap["state"]): Gap => ({
  id: 1,
  from: runStart,
  to: instantOf(Date.parse(runStart) + 1000),
  cause: { kind: "not-running" },
  state,
  filledAt: null,
  brought: null,
});
const cycle = (status: "failed" | "completed"): Report => ({
  type: "processing_status",
  status,
  cycle: 7,
  matches: null,
  durationMs: null,
});
const validity = (valid: boolean) => Array.from({ length: 50 }, () => valid);
const soon = instantOf(Date.parse(runStart) + 3_600_000);

const stories: { readonly [K in AlertKind]: Story<K> } = {
  system: {
    begins: (watch) => watch.note(said([{ type: "system_alert", severity: "high", alertType: "db", text: "Slow" }])),
    level: "critical",
    ends: null,
  },
  feed: {
    begins: (watch) =>
      watch.connection({
        state: "refused",
        since: runStart,
        attempt: 1,
        retryAt: null,
        cause: { kind: "redis-auth-wrong", message: "The password is wrong." },
      }),
    level: "critical",
    ends: (watch) => watch.connection(live),
  },
  stream: {
    begins: (watch) =>
      watch.connection({ ...live, trouble: { problem: problem("redis-stream-missing"), since: runStart } }),
    level: "warning",
    ends: (watch) => watch.connection(live),
  },
  "quiet-channel": {
    begins: (watch) => watch.quiet([{ channel: "fogis:matches:updates", lastAt: runStart }]),
    level: "warning",
    ends: (watch) => watch.quiet([]),
  },
  gap: {
    begins: (watch) => watch.gaps([gap("unfilled")], unconfigured),
    level: "warning",
    ends: (watch) => watch.gaps([gap("closed")], fetched),
  },
  source: {
    begins: (watch) =>
      watch.source({ state: "failed", at: runStart, problem: problem("source-timeout"), nextAt: null }),
    level: "warning",
    ends: (watch) => watch.source(fetched),
  },
  calendar: {
    begins: (watch) =>
      watch.targets([
        aTarget({ state: { name: "needs-person", since: runStart, problem: problem("calendar-sign-in") } }),
      ]),
    level: "critical",
    ends: (watch) => watch.targets([aTarget({})]),
  },
  "sign-in-expiring": {
    begins: (watch) => watch.targets([aTarget({ signInExpiresAt: soon })]),
    level: "warning",
    ends: (watch) => watch.targets([aTarget({ signInExpiresAt: null })]),
  },
  "confirm-removal": {
    begins: (watch) =>
      watch.targets([aTarget({ state: { name: "needs-confirmation", since: runStart, removals: 12, token: "a" } })]),
    level: "warning",
    ends: (watch) => watch.targets([aTarget({})]),
  },
  "other-tag": {
    begins: (watch) =>
      watch.targets([
        aTarget({
          state: { name: "needs-preview", since: runStart, otherTags: [{ tag: "DISTRIKTET", events: 12 }] },
        }),
      ]),
    level: "warning",
    ends: (watch) => watch.targets([aTarget({})]),
  },
  journal: {
    begins: (watch) => watch.journal({ level: "critical", problem: problem("journal-full") }),
    level: "critical",
    ends: (watch) => watch.journal(null),
  },
  incident: {
    begins: (watch) => watch.incident({ kind: "incident", level: "warning", problem: problem("journal-lost") }),
    level: "warning",
    ends: null,
  },
  messenger: {
    begins: (watch) => watch.messenger("mail", problem("messenger-sign-in")),
    level: "warning",
    ends: (watch) => watch.messenger("mail", null),
  },
  door: {
    begins: (watch) => watch.door(problem("port-taken")),
    level: "warning",
    ends: (watch) => watch.door(null),
  },
  "feeds-door": {
    begins: (watch) => watch.feedsDoor(problem("port-taken")),
    level: "warning",
    ends: (watch) => watch.feedsDoor(null),
  },
  node: {
    begins: (watch) => watch.nodes([node("lost"), { ...node("lost"), name: "us", isUs: true }]),
    level: "warning",
    ends: (watch) => watch.nodes([node("well")]),
  },
  "invalid-rising": {
    begins: (watch) => watch.note(came(validity(false))),
    level: "warning",
    ends: (watch) => watch.note(came(validity(true))),
  },
  "cycle-failed": {
    begins: (watch) => watch.note(said([cycle("failed")])),
    level: "warning",
    ends: (watch) => watch.note(said([cycle("completed")])),
  },
};

/** Health, where the facts say nothing by themselves. */
const healthOf = ({ alerts }: Run) =>
  troublesOf({
    connection: live,
    source: unconfigured,
    sourceFailingSince: null,
    missed: [],
    cluster: null,
    targets: [],
    lacking: null,
    door: null,
    journal: [],
    alerts: alerts.alerts(),
    startedAt: runStart,
  })[0] ?? null;

const hour = 3_600_000;

describe.each(Object.entries(stories))("%s", (kind, { begins, level, ends }) => {
  /** It began after an hour, and is told of again an hour later. */
  const begun = async () => {
    const run = createRun();
    await run.time.advance(hour);
    begins(run.watch);
    await run.time.advance(hour);
    begins(run.watch);
    return run;
  };
  const since = instantOf(Date.parse(runStart) + hour);

  test("is one alert, told once, of the first moment, and nothing says that all is well", async () => {
    const run = await begun();
    expect(run.news).toHaveLength(1);
    expect(run.alerts.alerts()).toMatchObject([{ cause: { kind }, level, firstAt: since, state: { name: "active" } }]);
    expect(healthOf(run)).toMatchObject({ level, since, alert: { cause: { kind } } });
  });

  test("that a person has seen goes on or is over, as its kind says", async () => {
    const run = await begun();
    const [alert] = run.alerts.alerts();
    if (alert === undefined) throw new Error("It has begun.");
    run.alerts.snooze(alert.id, instantOf(run.time.now() + hour));
    expect(healthOf(run)?.level).toBe(level);
    run.alerts.acknowledge(alert.id);
    expect(healthOf(run)?.level ?? "ok").toBe(alertKinds[alert.cause.kind].ends === "seen" ? "ok" : level);
  });

  test("ends, and is news when it comes back", async () => {
    const run = await begun();
    if (ends === null) run.alerts.acknowledge(null);
    else ends(run.watch);
    expect([healthOf(run), run.states()]).toEqual([null, [ends === null ? "acknowledged" : "resolved"]]);
    await run.time.advance(hour);
    begins(run.watch);
    expect(run.news).toHaveLength(2);
    expect(run.alerts.alerts()).toMatchObject([
      { firstAt: instantOf(Date.parse(runStart) + 3 * hour), count: 1, state: { name: "active" } },
      {},
    ]);
  });

  test("of the run before ends in this one", async () => {
    const before = await begun();
    const run = createRun({ loaded: before.alerts.alerts() });
    begins(run.watch);
    expect(run.news).toEqual([]);
    if (ends === null) run.alerts.acknowledge(null);
    else ends(run.watch);
    expect(healthOf(run)).toBeNull();
  });

  test("is said in both languages, with advice", async () => {
    const [alert] = (await begun()).alerts.alerts();
    if (alert === undefined) throw new Error("It has begun.");
    const said = [en, sv].map((texts, index) => {
      const wording = { texts, format: formatFor(index === 0 ? "en" : "sv"), now: Date.parse(runStart) };
      return [alertSentence(alert.cause, wording), texts.advice[problemKindOf(alert.cause)].remedy];
    });
    expect(said.flat().filter((text) => text.trim() === "")).toEqual([]);
    expect(said[0]).not.toEqual(said[1]);
  });
});
