import { describe, expect, test } from "vitest";
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
