import { describe, expect, test } from "vitest";
import type { Alert, AlertLevel } from "../../shared/alert.ts";
import type { MatchItem, MatchWaiting } from "../../shared/desk.ts";
import { instantOf } from "../../shared/instant.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { Noticed } from "./match-news.ts";
import { createNotices, type Notice, type PutOff } from "./notices.ts";

const hour = 3_600_000;
const night = Date.parse("2027-01-15T22:00:00.000Z");

/** Quiet from 22 to 7; the clock stands at 22 as it begins, and is looked at every hour. */
const createRun = (
  putOff: PutOff = [],
  { start = night, noticed = {} }: { start?: number; noticed?: Noticed | null } = {},
) => {
  const time = createVirtualClock({ start, random: () => 0.5, breathe: async () => undefined });
  let alerts: readonly Alert[] = [];
  let kept = putOff;
  let muted = false;
  let waiting: readonly MatchWaiting[] = [];
  let known = noticed;
  const over: string[] = [];
  const told: Notice[] = [];
  const notices = createNotices({
    rules: () => ({
      notify: "warning",
      matchHours: 72,
      quietHours: "22:00-07:00",
      muted,
      stockholmTime: new Date(time.now()).toISOString().slice(11, 16),
    }),
    alerts: () => alerts,
    waiting: () => waiting,
    now: time.now,
    putOff,
    noticed,
    onNoticed: (next) => {
      known = next;
    },
    onMatchesOver: (ids) => over.push(...ids),
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
    waits: (...matches: readonly MatchWaiting[]): void => {
      waiting = matches;
      notices.matches();
    },
    told: () => told.map(idsIn),
    kept: () => kept,
    known: () => known,
    over,
  };
};

const idsIn = (notice: Notice) => {
  switch (notice.kind) {
    case "alert":
      return notice.alert.id;
    case "meanwhile":
      return notice.alerts.map(({ id }) => id);
    case "match":
      return notice.match.matchId;
    case "matches":
      return notice.matches.map(({ matchId }) => matchId);
  }
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
    const run = createRun(before.kept(), { start: night + 10 * hour });
    run.becomes(7, { name: "active" });
    await run.pass(1);
    expect([run.told(), run.kept()]).toEqual([[7], []]);
  });

  test("that have ended are told of before what is news now", async () => {
    const run = createRun([], { start: night + 9 * hour });
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

describe("matches", () => {
  const day = night - 8 * hour;
  const head = (matchId: string, kickoff: number | null) => ({
    matchId,
    title: "Hemma – Borta",
    kickoff: kickoff === null ? null : instantOf(kickoff),
    venue: null,
    urgency: "days" as const,
  });
  const open = (matchId: string, roles: readonly string[], kickoff: number | null = day + 24 * hour): MatchWaiting => {
    const places = roles.map((role) => ({ role, status: null }));
    const rest = { id: `open-place/${matchId}`, since: came, people: [], upTo: 1, places };
    const items: readonly MatchItem[] =
      roles.length === 0 ? [] : [{ kind: "open-place", ...head(matchId, kickoff), ...rest }];
    return { ...head(matchId, kickoff), items };
  };
  const byDay = (noticed: Noticed | null = {}) => createRun([], { start: day, noticed });

  test("a match in which something newly waits notifies once, and again when something else does", () => {
    const run = byDay();
    run.waits(open("1", ["AD1"]));
    run.waits(open("1", ["AD1"]));
    expect(run.told()).toEqual(["1"]);
    run.waits(open("1", ["AD1", "AD2"]));
    expect(run.told()).toEqual(["1", "1"]);
    // One of two places is filled: that is no news.
    run.waits(open("1", ["AD2"]));
    expect(run.told()).toHaveLength(2);
    run.waits();
    expect(run.over).toEqual(["1"]);
  });

  test.each([
    ["within the time", day + 72 * hour, ["1"]],
    ["later", day + 73 * hour, []],
    ["on a day that is not known", null, ["1"]],
  ] as const)("played %s: %s", (_, kickoff, told) => {
    const run = byDay();
    run.waits(open("1", ["AD1"], kickoff));
    expect(run.told()).toEqual(told);
  });

  test("what has waited for long notifies when its match comes near by time alone, and once", async () => {
    const run = byDay();
    const match = open("1", ["AD1"], day + 75 * hour);
    run.waits(match);
    await run.pass(2);
    run.waits(match);
    expect(run.told()).toEqual([]);
    await run.pass(1);
    run.waits(match);
    run.waits(match);
    expect(run.told()).toEqual(["1"]);
  });

  test("more than three at once are told of in one", () => {
    const run = byDay();
    run.waits(...["1", "2", "3", "4"].map((id) => open(id, ["AD1"])));
    expect(run.told()).toEqual([["1", "2", "3", "4"]]);
  });

  test("what waits at the very first start is no news; what came while nothing ran is", () => {
    const first = byDay(null);
    first.waits(open("1", ["AD1"]));
    expect(first.told()).toEqual([]);
    const next = byDay(first.known());
    next.waits(open("1", ["AD1"]), open("2", ["AD1"]));
    expect(next.told()).toEqual(["2"]);
  });

  test("in quiet hours they are put off, over a restart too, and told when those end if they wait still", async () => {
    const run = createRun();
    run.waits(open("1", ["AD1"], night + 48 * hour), open("2", ["AD1"], night + 48 * hour));
    expect([run.told(), run.kept()]).toEqual([[], ["1", "2"]]);
    const next = createRun(run.kept(), { noticed: run.known() });
    next.waits(open("2", ["AD1"], night + 48 * hour));
    await next.pass(9);
    expect(next.told()).toEqual(["2"]);
    expect(next.kept()).toEqual([]);
  });

  test("muted, nothing is told, and what came then is not told afterwards", () => {
    const run = byDay();
    run.mute(true);
    run.waits(open("1", ["AD1"]));
    run.mute(false);
    run.waits(open("1", ["AD1"]));
    expect(run.told()).toEqual([]);
  });
});
