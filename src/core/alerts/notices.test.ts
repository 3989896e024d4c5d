import { describe, expect, test } from "vitest";
import type { Alert, AlertLevel } from "../../shared/alert.ts";
import { instantOf } from "../../shared/instant.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import { createNotices, type Notice } from "./notices.ts";

const hour = 3_600_000;
const night = Date.parse("2027-01-15T22:00:00.000Z");

/** Quiet from 22 to 7; the clock stands at 22 as it begins, and is looked at every hour. */
const createRun = (putOff: readonly number[] = [], start = night) => {
  const time = createVirtualClock({ start, random: () => 0.5, breathe: async () => undefined });
  let alerts: readonly Alert[] = [];
  let kept = putOff;
  let muted = false;
  const told: Notice[] = [];
  const notices = createNotices({
    rules: () => ({
      notify: "warning",
      quietHours: "22:00-07:00",
      muted,
      stockholmTime: new Date(time.now()).toISOString().slice(11, 16),
    }),
    alerts: () => alerts,
    putOff,
    onPutOff: (ids) => {
      kept = ids;
    },
    show: (notice) => told.push(notice),
  });
  const set = (alert: Alert): Alert => {
    alerts = [alert, ...alerts.filter(({ id }) => id !== alert.id)].toSorted((a, b) => b.id - a.id);
    return alert;
  };
  return {
    news: (id: number, level: AlertLevel = "warning"): void =>
      notices.news(set(alertOf(id, level, { name: "active" }))),
    becomes: (id: number, state: Alert["state"]): void => void set(alertOf(id, "warning", state)),
    mute: (wanted: boolean): void => {
      muted = wanted;
    },
    /** So many hours go by. */
    pass: async (hours: number): Promise<void> => {
      for (let passed = 0; passed < hours; passed += 1) {
        await time.advance(hour);
        notices.tick();
      }
    },
    told: () => told.map((notice) => (notice.kind === "alert" ? notice.alert.id : notice.alerts.map(({ id }) => id))),
    kept: () => kept,
  };
};

const came = instantOf(night);
const later = instantOf(night + 3 * hour);
const alertOf = (id: number, level: AlertLevel, state: Alert["state"]): Alert => ({
  id,
  key: `${id}`,
  cause: { kind: "system", alertType: "slow", text: `${id}` },
  level,
  severity: null,
  firstAt: came,
  lastAt: came,
  count: 1,
  state,
});

const over = { name: "resolved", at: later } as const;

describe("quiet hours", () => {
  test("put off what is not critical; when they end it is told in one", async () => {
    const run = createRun();
    run.news(1);
    run.news(2);
    run.news(3, "critical");
    expect(run.told()).toEqual([3]);
    await run.pass(8);
    expect(run.told()).toEqual([3]);
    await run.pass(1);
    expect(run.told()).toEqual([3, [2, 1]]);
    await run.pass(10);
    expect(run.told()).toHaveLength(2);
  });

  test("that end with one alert tell of that", async () => {
    const run = createRun();
    run.news(1);
    await run.pass(9);
    expect(run.told()).toEqual([1]);
  });

  test("tell of what has come and gone, not of what a person has dealt with", async () => {
    const run = createRun();
    for (const id of [1, 2, 3, 4]) run.news(id);
    run.becomes(1, over);
    run.becomes(2, { name: "acknowledged", at: later });
    run.becomes(3, { name: "snoozed", until: later });
    await run.pass(9);
    expect(run.told()).toEqual([[4, 1]]);
  });

  test("tell once of what came again and again, and not again of what has become critical", async () => {
    const run = createRun();
    run.news(1);
    run.news(1);
    run.news(2);
    run.news(2, "critical");
    await run.pass(9);
    expect(run.told()).toEqual([2, 1]);
  });

  test("are remembered by the next run", async () => {
    const before = createRun();
    before.news(7);
    expect(before.kept()).toEqual([7]);
    const run = createRun(before.kept(), night + 10 * hour);
    run.becomes(7, { name: "active" });
    await run.pass(1);
    expect([run.told(), run.kept()]).toEqual([[7], []]);
  });

  test("that have ended are told of before what is news now", async () => {
    const run = createRun([], night + 9 * hour);
    run.news(1);
    expect(run.told()).toEqual([1]);
  });
});

describe("muting", () => {
  test("lets nothing through, and puts off what was put off", async () => {
    const run = createRun();
    run.news(1);
    run.mute(true);
    run.news(2, "critical");
    await run.pass(10);
    expect(run.told()).toEqual([]);
    run.mute(false);
    await run.pass(1);
    expect(run.told()).toEqual([1]);
  });
});

test("what is below the wished level is never told", async () => {
  const run = createRun();
  run.news(1, "info");
  await run.pass(10);
  expect(run.told()).toEqual([]);
});
