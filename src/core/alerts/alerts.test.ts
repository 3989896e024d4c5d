import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert, AlertCause, AlertLevel } from "../../shared/alert.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import {
  type AlertStep,
  acknowledgeAlert,
  boundAlerts,
  raiseAlert,
  resolveAlert,
  rewordAlert,
  snoozeAlert,
  wakeAlerts,
} from "./alerts.ts";
import { alertKey } from "./key.ts";

const time = (minute: number): Instant => instantOf(Date.UTC(2027, 4, 8, 12, minute));
const system = (text: string): AlertCause => ({ kind: "system", alertType: "slow", text });
const feed: AlertCause = { kind: "feed", problem: { kind: "redis-unreachable", message: "Redis is away." } };
const failed = (cycle: number): AlertCause => ({ kind: "cycle-failed", cycle, text: null });

type Raising = { readonly level?: AlertLevel; readonly minute?: number; readonly id?: number };
const raise = (alerts: readonly Alert[], cause: AlertCause, { level = "warning", minute = 0, id = 1 }: Raising = {}) =>
  raiseAlert(alerts, { cause, level, severity: null }, { at: time(minute), nextId: id });

describe("raising", () => {
  it("makes an active alert that a person is told of", () => {
    const { alerts, touched, news } = raise([], feed);
    expect(alerts).toMatchObject([{ id: 1, key: "feed", count: 1, firstAt: time(0), state: { name: "active" } }]);
    expect([touched, news]).toEqual([alerts, alerts]);
  });

  it("the same cause again is counted, shown first, and told to nobody", () => {
    const both = raise(raise([], system("a")).alerts, system("b"), { id: 2 }).alerts;
    const { alerts, touched, news } = raise(both, system("a"), { minute: 5, id: 3 });
    expect(alerts.map(({ id, count }) => [id, count])).toEqual([
      [1, 2],
      [2, 1],
    ]);
    expect(alerts[0]).toMatchObject({ firstAt: time(0), lastAt: time(5) });
    expect([touched.length, news]).toEqual([1, []]);
  });

  it("takes the latest words, the worst level, and tells when it has become worse, even of what was put aside", () => {
    const snoozed = snoozeAlert(raise([], failed(1)).alerts, 1, { until: time(60) }).alerts;
    const worse = raise(snoozed, failed(2), { level: "critical", minute: 1, id: 2 });
    expect(worse.news).toMatchObject([{ id: 1, level: "critical", cause: failed(2), state: { name: "active" } }]);
    const milder = raise(worse.alerts, failed(3), { level: "info", minute: 2, id: 2 });
    expect(milder.alerts).toMatchObject([{ level: "critical", count: 3 }]);
    expect(milder.news).toEqual([]);
  });

  it("a condition that a person has seen goes on; an event that a person has seen is another when it comes again", () => {
    const seen = (cause: AlertCause) => acknowledgeAlert(raise([], cause).alerts, null, { at: time(1) }).alerts;
    expect(raise(seen(feed), feed, { id: 2 })).toMatchObject({ alerts: [{ id: 1, count: 2 }], news: [] });
    expect(raise(seen(system("a")), system("a"), { id: 2 })).toMatchObject({ alerts: [{ id: 2 }, { id: 1 }] });
  });

  it("what is learnt of it later is neither counted nor news, unless it is worse", () => {
    const reword = (alerts: readonly Alert[], level: AlertLevel) =>
      rewordAlert(
        alerts,
        { cause: { kind: "cycle-failed", cycle: 7, text: "Timeout" }, level, severity: "error" },
        { at: time(1), nextId: 9 },
      );
    const learnt = reword(raise([], failed(7)).alerts, "warning");
    expect(learnt).toMatchObject({
      alerts: [{ id: 1, count: 1, severity: "error", cause: { text: "Timeout" } }],
      news: [],
    });
    expect(reword(learnt.alerts, "critical").news).toMatchObject([{ id: 1, count: 1, level: "critical" }]);
  });

  it("what is over is another when it comes again", () => {
    const over = resolveAlert(raise([], feed).alerts, "feed", time(1)).alerts;
    expect(raise(over, feed, { id: 2 }).news).toMatchObject([{ id: 2, count: 1 }]);
  });
});

describe("what is done with an alert", () => {
  const three = [feed, system("a"), failed(1)].reduce<readonly Alert[]>(
    (alerts, cause, index) => raise(alerts, cause, { id: index + 1 }).alerts,
    [],
  );
  const states = ({ alerts }: AlertStep) => Object.fromEntries(alerts.map(({ id, state }) => [id, state.name]));

  it("one is acknowledged by its id, all that are active without one", () => {
    expect(states(acknowledgeAlert(three, 2, { at: time(1) }))).toEqual({
      1: "active",
      2: "acknowledged",
      3: "active",
    });
    const snoozed = snoozeAlert(three, 3, { until: time(60) }).alerts;
    expect(states(acknowledgeAlert(snoozed, null, { at: time(1) }))).toEqual({
      1: "acknowledged",
      2: "acknowledged",
      3: "snoozed",
    });
  });

  it("a snooze that has run out makes it news again, and only then", () => {
    const snoozed = snoozeAlert(three, 1, { until: time(10) }).alerts;
    expect(wakeAlerts(snoozed, time(9)).touched).toEqual([]);
    expect(wakeAlerts(snoozed, time(10)).news).toMatchObject([{ id: 1, state: { name: "active" } }]);
  });

  it("what has been dealt with is not touched again", () => {
    const over = resolveAlert(three, "feed", time(1)).alerts;
    for (const step of [
      acknowledgeAlert(over, 1, { at: time(2) }),
      snoozeAlert(over, 1, { until: time(60) }),
      resolveAlert(over, "feed", time(2)),
    ])
      expect(step).toMatchObject({ touched: [], news: [] });
  });
});

describe("the bound", () => {
  it("lets go of what has been dealt with first, then of the oldest", () => {
    const made = ["a", "b", "c", "d"].reduce<readonly Alert[]>(
      (alerts, text, index) => raise(alerts, system(text), { id: index + 1 }).alerts,
      [],
    );
    const alerts = acknowledgeAlert(made, 3, { at: time(1) }).alerts;
    const ids = (most: number) => boundAlerts(alerts, most).map(({ id }) => id);
    expect([ids(9), ids(3), ids(2)]).toEqual([
      [4, 3, 2, 1],
      [4, 2, 1],
      [4, 2],
    ]);
  });
});

describe("whatever happens", () => {
  const causes = [feed, system("a"), system("b"), failed(1)];
  const action = fc.oneof(
    fc.record({
      do: fc.constant("raise"),
      cause: fc.constantFrom(...causes),
      level: fc.constantFrom("info", "warning", "critical"),
    }),
    fc.record({ do: fc.constant("resolve"), cause: fc.constantFrom(...causes) }),
    fc.record({ do: fc.constantFrom("acknowledge", "snooze"), id: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ do: fc.constant("wake"), minute: fc.integer({ min: 0, max: 100 }) }),
  );

  it("one cause has at most one alert that is going on, and every touched alert is as it stands", () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        let alerts: readonly Alert[] = [];
        let last = 0;
        actions.forEach((each, minute) => {
          const step = ((): AlertStep => {
            if ("level" in each) return raise(alerts, each.cause, { level: each.level, minute, id: last + 1 });
            if ("cause" in each) return resolveAlert(alerts, alertKey(each.cause), time(minute));
            if ("minute" in each) return wakeAlerts(alerts, time(each.minute));
            return each.do === "snooze"
              ? snoozeAlert(alerts, each.id, { until: time(minute + 10) })
              : acknowledgeAlert(alerts, each.id, { at: time(minute) });
          })();
          alerts = step.alerts;
          last = Math.max(last, ...alerts.map(({ id }) => id));
          for (const alert of [...step.touched, ...step.news]) expect(alerts).toContain(alert);
          for (const alert of step.news) expect(step.touched).toContain(alert);
          const goingOn = alerts.filter(({ state }) => state.name === "active" || state.name === "snoozed");
          expect(new Set(goingOn.map(({ key }) => key)).size).toBe(goingOn.length);
          expect(new Set(alerts.map(({ id }) => id)).size).toBe(alerts.length);
        });
      }),
      { numRuns: 300 },
    );
  });
});
