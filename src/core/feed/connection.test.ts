import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Connection } from "../../shared/connection.ts";
import { instantOf } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Moment } from "../moment.ts";
import type { PortProblem } from "../port-kinds.ts";
import { longestWaitMs, step } from "./connection.ts";
import {
  type ConnectionSettings,
  connectionOf,
  type Effect,
  type Event,
  initialState,
  type State,
} from "./connection-state.ts";

const defaults: ConnectionSettings = {
  connectionTimeoutMs: 5000,
  subscriptionTimeoutMs: 1000,
  socketTimeoutMs: 5000,
  healthCheckIntervalMs: 30_000,
  retryDelayMs: 1000,
  maxRetries: 3,
  autoReconnect: true,
  retryOnTimeout: true,
};

const unreachable: Problem = { kind: "redis-unreachable", message: "Nothing answers." };
const wrongPassword: Problem = { kind: "redis-auth-wrong", message: "Wrong password." };
const closed: Problem = { kind: "redis-closed", message: "Redis closed the connection." };

/** What the clock that nobody sets showed when the wall clock began at 0. */
const origin = 5_000_000;
const moment = (ms: number): Moment => ({ elapsed: origin + ms, wall: ms });

/** Drives the machine by hand and checks at every step what must always hold. */
const createRun = (settings: Partial<ConnectionSettings> = {}, random = 0.5) => {
  const all = { ...defaults, ...settings };
  let state: State = initialState(moment(0));
  let elapsed = 0;
  /** By how much the wall clock was set forward. */
  let ahead = 0;
  let heardAt: Moment | null = null;
  const now = (): Moment => ({ elapsed: origin + elapsed, wall: elapsed + ahead });
  let missing = false;
  const links = new Set<number>();
  const history: Effect[] = [];

  const apply = (effect: Effect): void => {
    history.push(effect);
    if (effect.kind === "open") {
      expect(links.size, "never two links").toBe(0);
      links.add(effect.link);
    }
    if (effect.kind === "close") expect(links.delete(effect.link), "only an open link is closed").toBe(true);
    if (effect.kind === "subscribe" || effect.kind === "probe") expect(links.has(effect.link)).toBe(true);
    if (effect.kind === "gap-began") {
      expect(effect.from.elapsed).toBeLessThanOrEqual(now().elapsed);
      missing = true;
    }
    if (effect.kind === "gap-ended") missing = false;
  };

  const send = (event: Event): readonly Effect[] => {
    const before = state;
    const result = step(state, event, { now: now(), random, heardAt, settings: all });
    state = result.state;
    for (const effect of result.effects) apply(effect);
    const connection = connectionOf(state);
    const idle = connection.state === "stopped" || connection.state === "disabled";
    if (idle) {
      expect(state.alarm, "no alarm while idle").toBeNull();
      expect(links.size).toBe(0);
      if (before.phase.name === state.phase.name) expect(result.effects, "nothing happens after stop").toEqual([]);
    }
    if (connection.state === "refused" && connection.retryAt === null) expect(state.alarm).toBeNull();
    else if (!idle) expect(state.alarm, "every state that waits has an alarm").not.toBeNull();
    const hearing = connection.state === "live" || connection.state === "silent";
    if (connection.state !== "disabled" && connection.state !== "stopped") expect(missing).toBe(!hearing);
    if (state.phase.name === "waiting" && state.alarm !== null) {
      expect(state.alarm.afterMs).toBeLessThanOrEqual(longestWaitMs);
    }
    if (connection.state !== "stopped" && connection.state !== "disabled" && state.phase.name !== "waiting") {
      expect(links.size).toBe(1);
    }
    return result.effects;
  };

  const advance = (ms: number): void => {
    elapsed += ms;
  };
  /** Goes to where the alarm is due, and `late` milliseconds further. */
  const ring = (late = 0): readonly Effect[] => {
    if (state.alarm === null) throw new Error("There is no alarm to ring.");
    elapsed = Math.max(elapsed, state.alarm.dueAt - origin) + late;
    return send({ kind: "alarm" });
  };
  const connection = (): Connection => connectionOf(state);
  const link = (): number => state.link;
  const fail = (problem: Problem) => send({ kind: "failed", link: state.link, problem });
  const becomeLive = (): void => {
    send({ kind: "opened", link: state.link });
    send({ kind: "subscribed", link: state.link, channels: ["updates"] });
    send({ kind: "probed", link: state.link, answer: { proof: "publish", trouble: null } });
  };
  const hear = (): void => {
    heardAt = now();
  };
  return {
    send,
    advance,
    ring,
    connection,
    link,
    fail,
    becomeLive,
    hear,
    history,
    links,
    /** Sets the wall clock forward, or back. */
    setWallClock: (by: number): void => {
      ahead += by;
    },
    /** Milliseconds since it began. */
    now: () => elapsed,
    alarm: () => state.alarm,
  };
};

const startedLive = (settings: Partial<ConnectionSettings> = {}, random = 0.5) => {
  const run = createRun(settings, random);
  run.send({ kind: "start" });
  run.becomeLive();
  return run;
};

describe("the way to live", () => {
  test("is live only after the subscription and a first probe", () => {
    const run = createRun();
    expect(run.connection()).toMatchObject({ state: "stopped", cause: null });
    run.send({ kind: "start" });
    expect(run.connection()).toMatchObject({ state: "connecting", attempt: 1 });
    run.send({ kind: "opened", link: 1 });
    expect(run.connection()).toMatchObject({ state: "subscribing" });
    run.send({ kind: "subscribed", link: 1, channels: ["updates"] });
    expect(run.connection()).toMatchObject({ state: "subscribing" });
    run.advance(20);
    run.send({ kind: "probed", link: 1, answer: { proof: "ping", trouble: null } });
    expect(run.connection()).toMatchObject({ state: "live", proof: "ping", channels: ["updates"] });
    expect(run.history.map((effect) => effect.kind)).toEqual(["gap-began", "open", "subscribe", "probe", "gap-ended"]);
  });

  test("news of an older link changes nothing", () => {
    const run = startedLive();
    run.fail(closed);
    run.ring();
    const before = run.connection();
    expect(run.send({ kind: "probed", link: 1, answer: { proof: "publish", trouble: null } })).toEqual([]);
    expect(run.send({ kind: "failed", link: 1, problem: closed })).toEqual([]);
    expect(run.connection()).toEqual(before);
  });

  test("an attempt that takes too long fails, at each of its three stages", () => {
    const run = createRun();
    run.send({ kind: "start" });
    expect(run.alarm()?.afterMs).toBe(5000);
    run.ring();
    expect(run.connection()).toMatchObject({ state: "reconnecting", attempt: 2, cause: { kind: "redis-timeout" } });
    run.ring();
    run.send({ kind: "opened", link: 2 });
    expect(run.alarm()?.afterMs).toBe(1000);
    run.ring();
    expect(run.connection()).toMatchObject({ state: "reconnecting", attempt: 3, cause: { kind: "redis-timeout" } });
    run.ring();
    run.send({ kind: "opened", link: 3 });
    run.send({ kind: "subscribed", link: 3, channels: [] });
    expect(run.alarm()?.afterMs).toBe(5000);
    run.ring();
    expect(run.connection()).toMatchObject({ state: "reconnecting", attempt: 4, cause: { kind: "redis-frozen" } });
    expect(run.links.size).toBe(0);
  });
});

describe("proof of life", () => {
  test("a probe goes out every interval; its answer renews the proof", () => {
    const run = startedLive();
    expect(run.alarm()?.afterMs).toBe(30_000);
    expect(run.ring()).toEqual([{ kind: "probe", link: 1 }]);
    run.advance(3);
    run.send({ kind: "probed", link: 1, answer: { proof: "publish", trouble: null } });
    expect(run.connection()).toMatchObject({ state: "live", provenAt: "1970-01-01T00:00:30.003Z" });
    expect(run.alarm()?.afterMs).toBe(30_000);
  });

  test("unanswered: silent after half the timeout with a second probe, dropped after the whole", () => {
    const run = startedLive();
    run.ring();
    expect(run.ring()).toEqual([{ kind: "probe", link: 1 }]);
    expect(run.connection()).toMatchObject({ state: "silent", provenAt: "1970-01-01T00:00:00.000Z" });
    expect(run.now()).toBe(32_500);
    const effects = run.ring();
    expect(run.now()).toBe(35_000);
    expect(effects).toEqual([
      { kind: "close", link: 1 },
      {
        kind: "gap-began",
        from: moment(0),
        cause: { kind: "lost", problem: expect.objectContaining({ kind: "redis-frozen" }) },
      },
    ]);
    expect(run.connection()).toMatchObject({ state: "reconnecting", attempt: 1, cause: { kind: "redis-frozen" } });
  });

  test("without REDIS_RETRY_ON_TIMEOUT no second probe is sent", () => {
    const run = startedLive({ retryOnTimeout: false });
    run.ring();
    expect(run.ring()).toEqual([]);
    expect(run.connection().state).toBe("silent");
  });

  test("a late answer makes it live again, since when it was", () => {
    const run = startedLive();
    run.ring();
    run.ring();
    run.send({ kind: "probed", link: 1, answer: { proof: "publish", trouble: null } });
    expect(run.connection()).toMatchObject({ state: "live", since: "1970-01-01T00:00:00.000Z" });
    expect(run.history.filter((effect) => effect.kind === "gap-began")).toHaveLength(1);
    const due = run.alarm()?.dueAt;
    run.advance(100);
    run.send({ kind: "probed", link: 1, answer: { proof: "publish", trouble: null } });
    expect(run.alarm()?.dueAt, "the second of two answers does not delay the next probe").toBe(due);
  });

  test("messages that keep coming are proof enough when the probe waits behind them", () => {
    const run = startedLive();
    run.ring();
    run.advance(1);
    run.hear();
    expect(run.ring()).toEqual([]);
    expect(run.connection()).toMatchObject({ state: "live", provenAt: "1970-01-01T00:00:30.001Z" });
  });

  test("a gap begins at the last message heard when that is later than the last probe", () => {
    const run = startedLive();
    run.advance(700);
    run.hear();
    run.advance(800);
    expect(run.fail(closed)).toContainEqual({
      kind: "gap-began",
      from: moment(700),
      cause: { kind: "lost", problem: closed },
    });
  });
});

describe("a server that says what is wrong with it", () => {
  const problem = { kind: "redis-degraded", message: "Redis is still loading its data." } as const;
  const answer = (trouble: PortProblem<"subscription"> | null): Event => ({
    kind: "probed",
    link: 1,
    answer: { proof: "ping", trouble },
  });

  test("is live: the trouble is told since when it was said first, until an answer without it", () => {
    const run = startedLive();
    run.ring();
    run.send(answer(problem));
    const troubled = { state: "live", trouble: { problem, since: instantOf(30_000) }, provenAt: instantOf(30_000) };
    expect(run.connection()).toMatchObject(troubled);
    run.ring();
    run.send(answer(problem));
    expect(run.connection()).toMatchObject({ ...troubled, provenAt: instantOf(60_000) });
    run.ring();
    run.send(answer({ ...problem, message: "Redis is busy with a script that takes long." }));
    expect(run.connection()).toMatchObject({ trouble: { since: instantOf(90_000) } });
    run.ring();
    run.send(answer(null));
    expect(run.connection()).toMatchObject({ state: "live", trouble: null });
    expect(run.history.filter(({ kind }) => kind === "gap-began")).toHaveLength(1);
  });

  test("may say so with its very first answer", () => {
    const run = createRun();
    run.send({ kind: "start" });
    run.send({ kind: "opened", link: 1 });
    run.send({ kind: "subscribed", link: 1, channels: ["updates"] });
    run.send(answer(problem));
    expect(run.connection()).toMatchObject({ state: "live", trouble: { problem, since: instantOf(0) } });
  });
});

describe("sleep", () => {
  test("waking probes at once, with the whole timeout", () => {
    const run = startedLive();
    run.advance(3_600_000);
    expect(run.send({ kind: "woke" })).toEqual([{ kind: "probe", link: 1 }]);
    expect(run.connection().state).toBe("live");
    run.ring();
    expect(run.connection().state).toBe("silent");
    expect(run.ring()).toContainEqual({ kind: "gap-began", from: moment(0), cause: { kind: "asleep" } });
  });

  test("an alarm that comes hours late counts as sleep: a fresh probe, not a loss", () => {
    const run = startedLive();
    run.ring();
    expect(run.ring(7_200_000)).toEqual([{ kind: "probe", link: 1 }]);
    expect(run.connection().state).toBe("live");
    run.send({ kind: "probed", link: 1, answer: { proof: "publish", trouble: null } });
    expect(run.connection().state).toBe("live");
  });

  test("a process that is always late still drops a dead link", () => {
    const run = startedLive();
    run.ring();
    for (let rings = 0; rings < 3; rings += 1) run.ring(10_000);
    expect(run.connection().state).toBe("reconnecting");
  });

  test("waking while waiting tries at once", () => {
    const run = startedLive();
    run.fail(closed);
    expect(run.send({ kind: "woke" })).toEqual([{ kind: "open", link: 2 }]);
  });
});

describe("when the wall clock is set", () => {
  const hour = 3_600_000;

  test.each([-2 * hour, 2 * hour, 365 * 24 * hour])("by %d ms, silence is found as soon as ever", (by) => {
    const run = startedLive();
    run.setWallClock(by);
    run.ring();
    run.setWallClock(by);
    run.ring();
    expect(run.connection()).toMatchObject({ state: "silent", since: instantOf(32_500 + 2 * by) });
    run.setWallClock(-by);
    expect(run.ring()).toContainEqual({
      kind: "gap-began",
      from: moment(0),
      cause: { kind: "lost", problem: expect.objectContaining({ kind: "redis-frozen" }) },
    });
    expect(run.now()).toBe(35_000);
  });

  test("a message that came before the probe is no answer to it, whatever the clock said then", () => {
    const run = startedLive();
    run.setWallClock(hour);
    run.advance(100);
    run.hear();
    run.setWallClock(-hour);
    run.ring();
    run.ring();
    expect(run.connection().state).toBe("silent");
  });

  test("however often it is said that the machine woke, the first probe after that decides", () => {
    const run = startedLive();
    run.send({ kind: "woke" });
    const due = run.alarm()?.dueAt;
    run.advance(1000);
    expect(run.send({ kind: "woke" })).toEqual([]);
    expect(run.alarm()?.dueAt).toBe(due);
  });

  test("the next attempt is told by the clock as it is", () => {
    const run = startedLive({}, 0.5);
    run.setWallClock(hour);
    run.fail(closed);
    expect(run.connection()).toMatchObject({ state: "reconnecting", retryAt: instantOf(hour + 500) });
    expect(run.alarm()?.afterMs).toBe(500);
  });
});

describe("trying again", () => {
  test("the bound of the wait doubles to 4 s and stays there, for ever", () => {
    const run = createRun({}, 0.999_999);
    run.send({ kind: "start" });
    const waits = Array.from({ length: 50 }, () => {
      run.fail(unreachable);
      const wait = run.alarm()?.afterMs;
      run.ring();
      return wait;
    });
    expect(waits.slice(0, 4)).toEqual([1000, 2000, 4000, 4000]);
    expect(new Set(waits.slice(2))).toEqual(new Set([4000]));
    expect(run.connection()).toMatchObject({ state: "connecting", attempt: 51 });
  });

  test("an attempt that ran into its timeout has waited already", () => {
    const run = createRun({ connectionTimeoutMs: 1500 }, 0.999_999);
    run.send({ kind: "start" });
    run.ring();
    expect(run.alarm()?.afterMs).toBe(0);
    run.ring();
    run.ring();
    expect(run.alarm()?.afterMs).toBe(500);
  });

  test("since says since when nothing is heard, through all attempts", () => {
    const run = startedLive();
    run.advance(10_000);
    run.fail(closed);
    run.ring();
    run.fail(unreachable);
    expect(run.connection()).toMatchObject({ state: "reconnecting", since: "1970-01-01T00:00:10.000Z" });
  });

  test("a steady subscription starts over at attempt 1; one that flaps goes on counting", () => {
    const run = startedLive({}, 0.999_999);
    run.advance(5000);
    run.fail(closed);
    expect(run.connection()).toMatchObject({ attempt: 1 });
    for (let flap = 0; flap < 100; flap += 1) {
      run.ring();
      run.becomeLive();
      run.advance(300);
      run.fail(closed);
    }
    expect(run.connection()).toMatchObject({ state: "reconnecting", attempt: 101 });
    expect(run.alarm()?.afterMs).toBe(longestWaitMs);
  });

  test("a refusal needs a person, and is tried again all the same", () => {
    const run = createRun();
    run.send({ kind: "start" });
    run.fail(wrongPassword);
    expect(run.connection()).toMatchObject({ state: "refused", cause: wrongPassword });
    expect(run.ring()).toEqual([{ kind: "open", link: 2 }]);
    run.becomeLive();
    expect(run.connection().state).toBe("live");
  });
});

describe("REDIS_AUTO_RECONNECT=false", () => {
  test("at start and at restart: REDIS_MAX_RETRIES retries, then stopped with the cause", () => {
    const run = createRun({ autoReconnect: false, maxRetries: 2 });
    const attempts = (): number => {
      const before = run.history.filter((effect) => effect.kind === "open").length;
      while (run.connection().state !== "stopped") {
        run.fail(unreachable);
        if (run.connection().state === "reconnecting") run.ring();
      }
      return run.history.filter((effect) => effect.kind === "open").length - before;
    };
    run.send({ kind: "start" });
    expect(attempts()).toBe(2);
    expect(run.connection()).toMatchObject({ state: "stopped", cause: unreachable });
    run.send({ kind: "restart" });
    expect(attempts()).toBe(2);
    expect(run.history.filter((effect) => effect.kind === "open")).toHaveLength(6);
  });

  test("after a loss it stays stopped until somebody restarts it", () => {
    const run = startedLive({ autoReconnect: false });
    run.advance(60_000);
    run.fail(closed);
    expect(run.connection()).toMatchObject({ state: "stopped", cause: closed });
    expect(run.send({ kind: "woke" })).toEqual([]);
    run.send({ kind: "restart" });
    run.becomeLive();
    expect(run.connection().state).toBe("live");
  });

  test("a refusal waits for a person", () => {
    const run = createRun({ autoReconnect: false });
    run.send({ kind: "start" });
    run.fail(wrongPassword);
    expect(run.connection()).toMatchObject({ state: "refused", retryAt: null });
    expect(run.send({ kind: "woke" })).toEqual([]);
    run.send({ kind: "restart" });
    expect(run.connection()).toMatchObject({ state: "connecting", attempt: 1 });
  });
});

describe("people", () => {
  test("a restart of a live subscription is a gap of its own", () => {
    const run = startedLive();
    run.advance(500);
    expect(run.send({ kind: "restart" })).toEqual([
      { kind: "close", link: 1 },
      { kind: "gap-began", from: moment(0), cause: { kind: "restart" } },
      { kind: "open", link: 2 },
    ]);
  });

  test("disabled: no gap, and no restart", () => {
    const run = startedLive();
    expect(run.send({ kind: "disable" })).toEqual([{ kind: "close", link: 1 }, { kind: "gap-ended" }]);
    expect(run.send({ kind: "restart" })).toEqual([]);
    expect(run.connection().state).toBe("disabled");
    run.send({ kind: "start" });
    expect(run.connection().state).toBe("connecting");
  });

  test("stopped: the gap has the cause it was stopped for", () => {
    const run = startedLive();
    expect(run.send({ kind: "stop", cause: { kind: "not-running" } })).toEqual([
      { kind: "close", link: 1 },
      { kind: "gap-began", from: moment(0), cause: { kind: "not-running" } },
    ]);
  });
});

/** Anything that may happen, in any order; createRun checks what must hold after each. */
const happening = fc.oneof(
  fc.constantFrom(
    "start",
    "stop",
    "restart",
    "disable",
    "woke",
    "alarm",
    "late alarm",
    "hear",
    "clock set back",
    "clock set forward",
    "opened",
    "subscribed",
    "probed",
  ),
  fc.constantFrom(unreachable, wrongPassword, closed),
  fc.integer({ min: 1, max: 100_000 }),
);

const settingsArbitrary = fc.record({
  connectionTimeoutMs: fc.integer({ min: 100, max: 300_000 }),
  subscriptionTimeoutMs: fc.integer({ min: 100, max: 300_000 }),
  socketTimeoutMs: fc.integer({ min: 100, max: 300_000 }),
  healthCheckIntervalMs: fc.integer({ min: 100, max: 3_600_000 }),
  retryDelayMs: fc.integer({ min: 10, max: 60_000 }),
  maxRetries: fc.integer({ min: 0, max: 10 }),
  autoReconnect: fc.boolean(),
  retryOnTimeout: fc.boolean(),
});

type Happening = string | number | Problem;

const eventOf = (what: Exclude<Happening, number>, link: number): Event => {
  if (typeof what === "object") return { kind: "failed", link, problem: what };
  switch (what) {
    case "opened":
      return { kind: "opened", link };
    case "subscribed":
      return { kind: "subscribed", link, channels: ["updates"] };
    case "probed":
      return { kind: "probed", link, answer: { proof: "publish", trouble: null } };
    case "stop":
      return { kind: "stop", cause: { kind: "not-running" } };
    case "start":
    case "restart":
    case "disable":
    case "woke":
      return { kind: what };
    default:
      throw new Error(`No such event: ${what}`);
  }
};

const happen = (run: ReturnType<typeof createRun>, what: Happening, stale: boolean): void => {
  if (typeof what === "number") run.advance(what);
  else if (what === "hear") run.hear();
  else if (what === "clock set back") run.setWallClock(-7_200_000);
  else if (what === "clock set forward") run.setWallClock(7_200_000);
  else if (what !== "alarm" && what !== "late alarm") run.send(eventOf(what, run.link() - (stale ? 1 : 0)));
  else if (run.alarm() !== null) run.ring(what === "alarm" ? 0 : 600_000);
};

describe("whatever happens", () => {
  const story = fc.array(fc.tuple(happening, fc.boolean()), { maxLength: 60 });
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test("never two links, never an alarm too many or too few, nothing after stop, and live again when the server is good", () => {
    fc.assert(
      fc.property(settingsArbitrary, chance, story, (settings, random, events) => {
        const run = createRun(settings, random);
        for (const [what, stale] of events) happen(run, what, stale);

        const wanted = run.connection().state;
        if (wanted === "disabled" || wanted === "stopped") run.send({ kind: "start" });
        if (run.connection().state === "refused" && run.alarm() === null) run.send({ kind: "restart" });
        const begun = run.now();
        const at = run.connection();
        if (at.state === "reconnecting" || at.state === "refused") run.ring();
        if (run.connection().state !== "live") run.becomeLive();
        expect(run.connection().state).toBe("live");
        expect(run.now() - begun).toBeLessThanOrEqual(longestWaitMs);
      }),
      { numRuns: 3000 },
    );
  });
});
