import { describe, expect, test } from "vitest";
import type { TargetStatus } from "../../shared/calendar.ts";
import type { Connection, Gap, SourceStatus } from "../../shared/connection.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { instant } from "../../shared/testing/instant.ts";
import type { Report } from "../feed/message.ts";
import { aTarget } from "./testing/target.ts";
import { came, createRun, runStart as from, said } from "./testing/watch-run.ts";

const gap = (state: Gap["state"], id = 1): Gap => ({
  id,
  from: instantOf(Date.parse(from) + id * 1000),
  to: state === "open" ? null : instant("2027-05-01T10:05:00.000Z"),
  cause: { kind: "not-running" },
  state,
  filledAt: null,
  brought: null,
});
const unconfigured: SourceStatus = { state: "unconfigured" };
const waiting: SourceStatus = { state: "waiting", nextAt: null };
const failed: SourceStatus = {
  state: "failed",
  at: from,
  problem: { kind: "source-timeout", message: "The source did not answer in time." },
  nextAt: null,
};

describe("a gap", () => {
  test("without a source of lists is an alert, once, until a list fills it", () => {
    const { watch, news, states } = createRun();
    watch.gaps([gap("open")], unconfigured);
    expect(news).toEqual([]);
    watch.gaps([gap("unfilled")], unconfigured);
    watch.gaps([gap("unfilled")], unconfigured);
    expect(news).toHaveLength(1);
    watch.gaps([gap("closed")], waiting);
    expect(states()).toEqual(["resolved"]);
  });

  test("that a list is about to fill is no alert, but one that could not be fetched makes it one", () => {
    const { watch, news, states } = createRun();
    watch.gaps([gap("unfilled")], waiting);
    expect(news).toEqual([]);
    watch.gaps([gap("unfilled")], failed);
    expect(news).toHaveLength(1);
    watch.gaps([gap("unfilled")], waiting);
    expect(states()).toEqual(["active"]);
    watch.gaps([gap("closed")], waiting);
    expect(states()).toEqual(["resolved"]);
  });

  test("that a person has seen is not told again, and is no longer unseen", () => {
    const { alerts, watch, news } = createRun();
    watch.gaps([gap("unfilled")], unconfigured);
    const cause = { kind: "gap", from: gap("unfilled").from } as const;
    expect(alerts.isUnseen(cause)).toBe(true);
    alerts.acknowledge(null);
    expect(alerts.isUnseen(cause)).toBe(false);
    watch.gaps([gap("unfilled")], unconfigured);
    expect(news).toHaveLength(1);
    // Another one is news, and so is the same one when it goes on.
    watch.gaps([gap("unfilled", 2), gap("unfilled")], unconfigured);
    expect(news).toHaveLength(2);
    watch.gaps([gap("unfilled", 2), gap("open")], unconfigured);
    watch.gaps([gap("unfilled", 2), gap("unfilled")], unconfigured);
    expect(news).toHaveLength(3);
    // Unseen it is told once, however often it is taken up again.
    watch.gaps([gap("open", 2), gap("unfilled")], unconfigured);
    watch.gaps([gap("unfilled", 2), gap("unfilled")], unconfigured);
    expect(news).toHaveLength(3);
  });

  test("in the demo is nothing to anybody", () => {
    const { watch, news } = createRun({ demo: true });
    watch.gaps([gap("unfilled")], unconfigured);
    expect(news).toEqual([]);
  });
});

describe("a calendar", () => {
  const at = (hours: number): Instant => instantOf(Date.parse(from) + hours * 3_600_000);
  const target = (facts: Partial<TargetStatus>): readonly TargetStatus[] => [aTarget(facts)];
  const problem = { kind: "calendar-unreachable", message: "Google cannot be reached." } as const;

  test("whose sign-in ends within a day says so ahead, until somebody has signed in again", () => {
    const { watch, news, states } = createRun();
    watch.targets(target({ signInExpiresAt: at(25) }));
    expect(news).toEqual([]);
    watch.targets(target({ signInExpiresAt: at(23) }));
    watch.targets(target({ signInExpiresAt: at(23) }));
    expect(news).toEqual(["sign-in-expiring:google"]);
    watch.targets(target({ signInExpiresAt: at(7 * 24) }));
    expect(states()).toEqual(["resolved"]);
  });

  test("whose sign-in is the address book's too says so once", () => {
    const { watch, news } = createRun();
    const expiring = { signInExpiresAt: at(23) };
    watch.targets([...target(expiring), aTarget({ name: "google-contacts", ...expiring })]);
    expect(news).toEqual(["sign-in-expiring:google"]);
  });

  test("that needs a person is an alert at once; one that waits is when it takes long", async () => {
    const { time, watch, news, states } = createRun();
    const waiting = target({ state: { name: "waiting", since: from, until: null, problem } });
    watch.targets(waiting);
    await time.advance(4 * 60_000);
    watch.targets(waiting);
    expect(news).toEqual([]);
    await time.advance(61_000);
    watch.targets(waiting);
    watch.targets(waiting);
    expect(news).toEqual(["calendar:google"]);
    watch.targets(target({}));
    expect(states()).toEqual(["resolved"]);
    watch.targets(target({ state: { name: "needs-person", since: from, problem } }));
    expect(news).toHaveLength(2);
  });

  test("that waits has waited for as long as it did, wherever the wall clock is set", async () => {
    const { time, watch, news } = createRun();
    const waiting = target({ state: { name: "waiting", since: from, until: null, problem } });
    watch.targets(waiting);
    time.setWallClock(Date.parse(from) + 24 * 3_600_000);
    watch.targets(waiting);
    expect(news).toEqual([]);
    time.setWallClock(Date.parse(from) - 24 * 3_600_000);
    await time.advance(6 * 60_000);
    watch.targets(waiting);
    expect(news).toEqual(["calendar:google"]);
  });

  test("of the same name as another one, and broken, is one alert and one notification in twenty looks", () => {
    const { alerts, watch, news } = createRun();
    const well = aTarget({});
    const broken = aTarget({ name: "caldav", state: { name: "needs-person", since: from, problem } });
    for (let look = 0; look < 20; look += 1) watch.targets(look % 2 === 0 ? [well, broken] : [broken, well]);
    expect(news).toEqual(["calendar:caldav"]);
    expect(alerts.alerts()).toMatchObject([{ count: 1, state: { name: "active" }, cause: { label: "Matcher" } }]);
  });

  test("that is given another name keeps its alert", () => {
    const { alerts, watch, news } = createRun();
    const needsPerson = { name: "needs-person", since: from, problem } as const;
    watch.targets(target({ state: needsPerson }));
    watch.targets(target({ label: "Serien", state: needsPerson }));
    watch.targets(target({ label: "Serien" }));
    expect([news.length, alerts.alerts().map(({ state }) => state.name)]).toEqual([1, ["resolved"]]);
  });

  test("that is used no more has no trouble", () => {
    const before = createRun();
    before.watch.targets(target({ state: { name: "needs-person", since: from, problem } }));
    const { watch, states } = createRun({ loaded: before.alerts.alerts() });
    watch.targets([]);
    expect(states()).toEqual(["resolved"]);
  });

  test("in which many events would be removed asks, until somebody has answered", () => {
    const { watch, news, states } = createRun();
    watch.targets(target({ state: { name: "needs-confirmation", since: from, removals: 12, token: "a" } }));
    expect(news).toEqual(["confirm-removal:google"]);
    watch.targets(target({}));
    expect(states()).toEqual(["resolved"]);
  });

  test("a first sync that a person has asked to look at is no alert, one that waits under another tag is", () => {
    const { watch, news, states } = createRun();
    const waiting = (otherTags: readonly { readonly tag: string; readonly events: number }[]) =>
      watch.targets(target({ state: { name: "needs-preview", since: from, otherTags } }));
    waiting([]);
    expect(news).toEqual([]);
    waiting([{ tag: "A", events: 2 }]);
    waiting([{ tag: "A", events: 2 }]);
    expect(news).toEqual(["other-tag:google"]);
    watch.targets(target({}));
    expect(states()).toEqual(["resolved"]);
  });
});

describe("Redis away", () => {
  const problem = { kind: "redis-unreachable", message: "Redis is away." } as const;
  const reconnecting = (
    attempt: number,
    cause: Extract<Connection, { state: "reconnecting" }>["cause"] = problem,
  ): Connection => ({
    state: "reconnecting",
    since: from,
    attempt,
    retryAt: from,
    cause,
  });
  const connecting = (attempt: number): Connection => ({ state: "connecting", since: from, attempt });
  const live: Connection = {
    state: "live",
    since: from,
    provenAt: from,
    proof: "publish",
    channels: [],
    trouble: null,
  };

  test("is an alert after so many attempts, and over when it is heard again", () => {
    const { watch, news, states } = createRun();
    for (const attempt of [1, 2, 3]) {
      watch.connection(connecting(attempt));
      watch.connection(reconnecting(attempt));
    }
    expect(news).toEqual([]);
    watch.connection(reconnecting(4));
    watch.connection(connecting(5));
    watch.connection(reconnecting(5));
    expect([news, states()]).toEqual([["feed"], ["active"]]);
    watch.connection(live);
    expect(states()).toEqual(["resolved"]);
  });

  test("that refuses us is an alert at once", () => {
    const { watch, news } = createRun();
    const cause = { kind: "redis-auth-wrong", message: "The password is wrong." } as const;
    watch.connection({ state: "refused", since: from, attempt: 1, retryAt: null, cause });
    expect(news).toEqual(["feed"]);
  });

  test("for another reason is the same alert with that reason", () => {
    const { alerts, watch } = createRun();
    watch.connection(reconnecting(4));
    watch.connection(reconnecting(5, { kind: "redis-certificate", message: "The certificate is not trusted." }));
    expect(alerts.alerts()).toMatchObject([{ count: 2, cause: { problem: { kind: "redis-certificate" } } }]);
  });

  test("in the run before is over when this one hears", () => {
    const before = createRun();
    before.watch.connection(reconnecting(4));
    const { watch, news, states } = createRun({ loaded: before.alerts.alerts() });
    watch.connection(reconnecting(4));
    expect(news).toEqual([]);
    watch.connection(live);
    expect(states()).toEqual(["resolved"]);
  });
});

describe("messages that cannot be read", () => {
  const messages = (invalid: number, of: number) => came(Array.from({ length: of }, (_, index) => index >= invalid));

  test("are an alert when they are many of the last, until they are few", () => {
    const { watch, states } = createRun();
    watch.note(messages(4, 4));
    expect(states()).toEqual([]);
    watch.note(messages(1, 1));
    expect(states()).toEqual(["active"]);
    watch.note(messages(0, 40));
    expect(states()).toEqual(["active"]);
    watch.note(messages(0, 8));
    expect(states()).toEqual(["resolved"]);
  });

  test("are none when some are refused now and then", () => {
    const { watch, states } = createRun();
    for (let round = 0; round < 20; round += 1) watch.note(messages(1, 10));
    expect(states()).toEqual([]);
  });
});

describe("a channel that is quiet", () => {
  test("is an alert, each its own, until it speaks", () => {
    const { watch, news, states } = createRun();
    const a = { channel: "a", lastAt: from };
    watch.quiet([a]);
    watch.quiet([a, { channel: "b", lastAt: from }]);
    expect(news).toEqual(["quiet-channel:a", "quiet-channel:b"]);
    watch.quiet([a]);
    expect(states()).toEqual(["resolved", "active"]);
  });
});

describe("a cycle of the publisher", () => {
  const status = (what: "started" | "completed" | "failed", cycle: number): Report => ({
    type: "processing_status",
    status: what,
    cycle,
    matches: null,
    durationMs: null,
  });
  const error: Report = {
    type: "system_alert",
    severity: "error",
    alertType: "processing_error",
    text: "Match processing failed: Connection timeout",
  };

  test("that fails is one alert, over when a later one completes; the next failure is news", () => {
    const { alerts, watch, news, states } = createRun();
    watch.note(said([status("started", 7), status("failed", 7)]));
    expect(states()).toEqual(["active"]);
    watch.note(said([status("started", 8), status("completed", 8)]));
    expect(states()).toEqual(["resolved"]);
    watch.note(said([status("failed", 9)]));
    expect([news, states()]).toEqual([
      ["cycle-failed", "cycle-failed"],
      ["active", "resolved"],
    ]);
    expect(alerts.alerts()[0]).toMatchObject({ cause: { cycle: 9 }, count: 1 });
  });

  test("that fails and completes and fails within one batch is the same", () => {
    const { watch, news, states } = createRun();
    watch.note(said([status("failed", 7), status("completed", 8), status("failed", 9)]));
    expect([news.length, states()]).toEqual([2, ["active", "resolved"]]);
  });

  test("that fails is told twice by the publisher, and is one alert", () => {
    const { alerts, watch, news } = createRun();
    watch.note(said([error, status("failed", 7)]));
    expect(news).toEqual(["cycle-failed"]);
    expect(alerts.alerts()).toMatchObject([
      {
        count: 1,
        level: "warning",
        severity: "error",
        cause: { kind: "cycle-failed", cycle: 7, text: "Match processing failed: Connection timeout" },
      },
    ]);
  });

  test("that failed in the run before is over when one completes in this one", () => {
    const before = createRun();
    before.watch.note(said([error, status("failed", 7)]));
    const { watch, news, states } = createRun({ loaded: before.alerts.alerts() });
    watch.note(said([status("failed", 8)]));
    expect([news, states()]).toEqual([[], ["active"]]);
    watch.note(said([status("completed", 9)]));
    expect(states()).toEqual(["resolved"]);
  });

  test("that fails again after a person has acknowledged it goes on", () => {
    const { alerts, watch, news } = createRun();
    watch.note(said([status("failed", 7)]));
    alerts.acknowledge(null);
    watch.note(said([status("failed", 8)]));
    expect([news.length, alerts.alerts().length]).toEqual([1, 1]);
  });
});

describe("what the publisher complains of", () => {
  test("is an alert in one of three levels", () => {
    const { alerts, watch } = createRun();
    watch.note(said([{ type: "system_alert", severity: "high", alertType: "db", text: "Slow" }]));
    expect(alerts.alerts()).toMatchObject([
      { cause: { kind: "system", alertType: "db", text: "Slow" }, level: "critical", severity: "high" },
    ]);
  });
});

const full = { level: "critical", problem: { kind: "journal-full", message: "No room." } } as const;

describe("what has happened to the journal", () => {
  test("is an alert until a person has seen it, whatever the journal does", () => {
    const { alerts, watch, states } = createRun();
    const problem = { kind: "journal-lost", message: "The journal's files were removed." } as const;
    watch.incident({ kind: "incident", level: "critical", problem });
    watch.journal(full);
    watch.journal(null);
    expect(states()).toEqual(["resolved", "active"]);
    alerts.acknowledge(null);
    expect(states()).toEqual(["resolved", "acknowledged"]);
  });
});

describe("the journal and the source", () => {
  test("in trouble are alerts until they are well", () => {
    const { watch, news, states } = createRun();
    watch.journal(full);
    watch.source(failed);
    watch.source(waiting);
    expect(news).toEqual(["journal", "source"]);
    expect(states()).toEqual(["active", "active"]);
    watch.journal(null);
    watch.source({ state: "fetched", at: from, matches: 1, changes: 0, unchanged: false, nextAt: null });
    expect(states()).toEqual(["resolved", "resolved"]);
  });
});
