import { describe, expect, it } from "vitest";
import type { Alert } from "../../shared/alert.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { windowLimits } from "../../shared/snapshot.ts";
import { problemKindOf } from "../../shared/testing/problem-kind.ts";
import type { Raised } from "../alerts/alerts.ts";
import { alertKey } from "../alerts/key.ts";
import { createAlertKeeper } from "./alert-keeper.ts";

const at = (minute: number): Instant => instantOf(Date.UTC(2027, 4, 8, 12, minute));
const system = (text: string, level: Raised["level"] = "warning"): Raised => ({
  cause: { kind: "system", alertType: "slow", text },
  level,
  severity: null,
});

const createDesk = (loaded: readonly Alert[] = []) => {
  let minute = 0;
  const journaled = new Map<number, Alert>();
  const news: string[] = [];
  const over: string[] = [];
  let shown = 0;
  const desk = createAlertKeeper({
    loaded,
    lastId: loaded.length,
    now: () => at(minute),
    writeBehind: {
      write: ({ alerts = [] }) => alerts.forEach((alert) => void journaled.set(alert.id, alert)),
      flushed: async () => undefined,
      stop: async () => undefined,
    },
    onChange: () => {
      shown += 1;
    },
    onNews: ({ key }) => news.push(key),
    onOver: (keys) => over.push(...keys),
  });
  return {
    desk,
    journaled,
    news,
    over,
    shown: () => shown,
    pass: (minutes: number): void => {
      minute += minutes;
    },
  };
};

describe("the alerts that are kept", () => {
  it("takes what was said of them on another node, but not of those that began later", async () => {
    const { desk, pass } = createDesk();
    desk.raise(system("a"));
    pass(10);
    desk.raise(system("b"));
    const keys = desk.keysOf(null);
    expect(keys.toSorted()).toEqual([system("a"), system("b")].map(({ cause }) => alertKey(cause)));
    await desk.take({ kind: "acknowledge", keys, by: "Bo" }, { at: at(1), begunBy: at(5) });
    const states = () => desk.alerts().map(({ state }) => state);
    expect(states()).toEqual([{ name: "active" }, { name: "acknowledged", at: at(1), by: "Bo" }]);
    await desk.take({ kind: "reactivate", keys, by: null }, { at: at(2), begunBy: at(12) });
    await desk.take(
      { kind: "snooze", keys: keys.slice(0, 1), until: at(30), by: null },
      { at: at(3), begunBy: at(12) },
    );
    expect(
      states()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(["active", "snoozed"]);
  });

  it("journals, shows and tells what is new, and says what is over", () => {
    const { desk, journaled, news, over, shown, pass } = createDesk();
    desk.raise(system("a"));
    desk.raise(system("a"));
    const key = alertKey(system("a").cause);
    expect([news, shown(), journaled.get(1)?.count]).toEqual([[key], 2, 2]);
    desk.snooze(1, at(10));
    expect(over).toEqual([key]);
    pass(10);
    desk.wake();
    expect(news).toHaveLength(2);
    desk.acknowledge(null);
    expect(over).toHaveLength(2);
    expect(journaled.get(1)?.state).toEqual({ name: "acknowledged", at: at(10) });
    desk.resolve("nothing like it");
    expect(shown()).toBe(5);
  });

  it("counts its ids on from the journal's", () => {
    const { desk } = createDesk();
    desk.raise(system("a"));
    const again = createDesk(desk.alerts());
    again.desk.raise(system("b"));
    expect(again.desk.alerts().map(({ id }) => id)).toEqual([2, 1]);
  });

  it("gives an alert that an older version has keyed by a name the key it has now", () => {
    const { desk } = createDesk();
    desk.raise(system("a"));
    const [alert] = desk.alerts();
    if (alert === undefined) throw new Error("An alert was raised.");
    const again = createDesk([{ ...alert, key: "of another version" }]);
    again.desk.raise(system("a"));
    expect(again.desk.alerts()).toMatchObject([{ id: 1, count: 2 }]);
  });

  it("refuses what makes no sense", () => {
    const { desk } = createDesk();
    desk.raise(system("a"));
    expect(problemKindOf(() => desk.acknowledge(7))).toBe("not-found");
    expect(problemKindOf(() => desk.snooze(7, at(10)))).toBe("not-found");
    expect(problemKindOf(() => desk.snooze(1, at(0)))).toBe("input-invalid");
    expect(problemKindOf(() => desk.reactivate(7))).toBe("not-found");
  });

  it("holds as many as a window shows, those that ask for something first", () => {
    const { desk, journaled } = createDesk();
    desk.raise(system("asks"));
    for (let other = 0; other < windowLimits.alerts + 50; other += 1) {
      desk.raise(system(`${other}`));
      desk.acknowledge(other + 2);
    }
    expect(desk.alerts()).toHaveLength(windowLimits.alerts);
    expect(desk.alerts().at(-1)?.key).toBe(alertKey(system("asks").cause));
    expect(journaled.size).toBe(windowLimits.alerts + 51);
  });
});
