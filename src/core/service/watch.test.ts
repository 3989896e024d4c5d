import { describe, expect, test } from "vitest";
import type { TargetStatus } from "../../shared/calendar.ts";
import type { Gap, SourceStatus } from "../../shared/connection.ts";
import { createAlertDesk } from "./alert-desk.ts";
import { createWatch } from "./watch.ts";

const from = "2027-05-01T10:00:00.000Z";
const gap = (state: Gap["state"], id = 1): Gap => ({
  id,
  from: new Date(Date.parse(from) + id * 1000).toISOString(),
  to: state === "open" ? null : "2027-05-01T10:05:00.000Z",
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

const createRun = ({ demo = false } = {}) => {
  const news: string[] = [];
  const alerts = createAlertDesk({
    loaded: [],
    lastId: 0,
    now: () => from,
    ledger: { write: () => undefined, stop: () => undefined },
    onChange: () => undefined,
    onNews: ({ key }) => news.push(key),
    onOver: () => undefined,
  });
  const watch = createWatch({ alerts, now: () => Date.parse(from), maxRetries: () => 3, demo });
  const states = () => alerts.alerts().map(({ state }) => state.name);
  return { alerts, watch, news, states };
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
  const at = (hours: number): string => new Date(Date.parse(from) + hours * 3_600_000).toISOString();
  const target = (facts: Partial<TargetStatus>): readonly TargetStatus[] => [
    {
      name: "google",
      label: "Matcher",
      state: { name: "idle" },
      there: 0,
      waiting: 0,
      failed: 0,
      differs: 0,
      skipped: 0,
      lastWriteAt: null,
      lastCheckAt: null,
      undoable: false,
      signInExpiresAt: null,
      ...facts,
    },
  ];
  const problem = { kind: "calendar-unreachable", message: "Google cannot be reached." } as const;

  test("whose sign-in ends within a day says so ahead, until somebody has signed in again", () => {
    const { watch, news, states } = createRun();
    watch.targets(target({ signInExpiresAt: at(25) }));
    expect(news).toEqual([]);
    watch.targets(target({ signInExpiresAt: at(23) }));
    watch.targets(target({ signInExpiresAt: at(23) }));
    expect(news).toEqual(["sign-in-expiring:Matcher"]);
    watch.targets(target({ signInExpiresAt: at(7 * 24) }));
    expect(states()).toEqual(["resolved"]);
  });

  test("that needs a person is an alert at once; one that waits is when it takes long", () => {
    const { watch, news, states } = createRun();
    const waiting = (since: string) => target({ state: { name: "waiting", since, until: null, problem } });
    watch.targets(waiting(at(-1 / 60)));
    expect(news).toEqual([]);
    watch.targets(waiting(at(-1)));
    expect(news).toEqual(["calendar:Matcher"]);
    watch.targets(target({}));
    expect(states()).toEqual(["resolved"]);
    watch.targets(target({ state: { name: "needs-person", since: from, problem } }));
    expect(news).toHaveLength(2);
  });

  test("in which many events would be removed asks, until somebody has answered", () => {
    const { watch, news, states } = createRun();
    watch.targets(target({ state: { name: "needs-confirmation", since: from, removals: 12 } }));
    expect(news).toEqual(["confirm-removal:Matcher"]);
    watch.targets(target({}));
    expect(states()).toEqual(["resolved"]);
  });
});
