import { describe, expect, test } from "vitest";
import type { Connection } from "../../shared/connection.ts";
import { failed, ProblemError } from "../../shared/problem.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { Link, LinkEvents, Log } from "../ports.ts";
import type { GapEvent } from "./gaps.ts";
import { createSubscriber } from "./subscriber.ts";

/** A Redis whose every move the test makes; what a real one does is tested in e2e/feed. */
const createRun = () => {
  const time = createVirtualClock({
    start: 0,
    random: () => 0.5,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  });
  type Attempt = { events: LinkEvents; aborted: boolean; open: () => void; fail: (error: unknown) => void };
  const attempts: Attempt[] = [];
  const openLinks = new Set<Link>();
  let answers = true;
  const states: Connection[] = [];
  const heard: string[] = [];
  const gaps: GapEvent[] = [];
  const lines: string[] = [];
  const write =
    (level: string) =>
    (message: string): void => {
      lines.push(`${level}: ${message}`);
    };
  const log: Log = {
    debug: () => undefined,
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    part: () => log,
  };
  const subscriber = createSubscriber({
    subscription: {
      open: (events, signal) =>
        new Promise((resolve, reject) => {
          const attempt: Attempt = {
            events,
            aborted: false,
            open: () => {
              const link: Link = {
                subscribe: async ({ required }) => required,
                stream: null,
                probe: () =>
                  answers ? Promise.resolve({ proof: "publish", trouble: null }) : new Promise(() => undefined),
                close: () => void openLinks.delete(link),
              };
              openLinks.add(link);
              resolve(link);
            },
            fail: reject,
          };
          signal.addEventListener("abort", () => {
            attempt.aborted = true;
          });
          attempts.push(attempt);
        }),
    },
    clock: time.clock,
    log,
    settings: {
      connectionTimeoutMs: 5000,
      subscriptionTimeoutMs: 1000,
      socketTimeoutMs: 5000,
      healthCheckIntervalMs: 30_000,
      retryDelayMs: 1000,
      maxRetries: 3,
      autoReconnect: true,
      retryOnTimeout: true,
    },
    channels: { required: ["updates"], extra: [] },
    onMessage: (_channel, payload) => {
      const word = new TextDecoder().decode(payload);
      if (word === "poison") throw new Error("no");
      heard.push(word);
    },
    onState: (connection) => states.push(connection),
    onGap: (gap) => gaps.push(gap),
  });
  const attempt = (index: number): Attempt => {
    const found = attempts.at(index);
    if (found === undefined) throw new Error(`There is no attempt ${index}.`);
    return found;
  };
  return {
    time,
    subscriber,
    attempts,
    attempt,
    openLinks,
    states,
    heard,
    gaps,
    lines,
    hush: () => {
      answers = false;
    },
    say: (index: number, word: string) => attempt(index).events.onMessage("updates", new TextEncoder().encode(word)),
  };
};

const liveRun = async () => {
  const run = createRun();
  run.subscriber.start();
  run.attempt(0).open();
  await run.time.advance(0);
  return run;
};

const silence = { kind: "redis-unreachable", message: "Nothing listens." } as const;
const unreachable = new ProblemError(silence);

describe("the driver", () => {
  test("an attempt that succeeds after its timeout is closed and does no harm", async () => {
    const run = createRun();
    run.subscriber.start();
    await run.time.advance(6000);
    expect(run.attempt(0).aborted).toBe(true);
    run.attempt(1).open();
    run.attempt(0).open();
    await run.time.advance(0);
    expect(run.subscriber.state().state).toBe("live");
    expect(run.openLinks.size).toBe(1);
    run.say(0, "from the wrong one");
    run.say(1, "from the right one");
    expect(run.heard).toEqual(["from the right one"]);
  });

  test("a message that cannot be taken ends nothing", async () => {
    const run = await liveRun();
    run.say(0, "poison");
    run.say(0, "next");
    expect(run.heard).toEqual(["next"]);
    expect(run.subscriber.state().state).toBe("live");
    expect(run.lines).toContain("error: A message could not be taken.");
  });

  test("a message is a proof of life for the gap that follows", async () => {
    const run = await liveRun();
    await run.time.advance(700);
    run.say(0, "last words");
    await run.time.advance(800);
    expect(run.subscriber.provenAt()).toBe(700);
    run.attempt(0).events.onLost(silence);
    expect(run.gaps.at(-1)).toMatchObject({ kind: "gap-began", from: { wall: 700 } });
    expect(run.subscriber.provenAt()).toBeNull();
  });

  test("a restart says how its first attempt went", async () => {
    const run = await liveRun();
    const good = run.subscriber.restart();
    run.attempt(1).open();
    expect(await good).toMatchObject({ state: "live" });
    const bad = run.subscriber.restart();
    run.attempt(2).fail(unreachable);
    expect(await bad).toMatchObject({ state: "reconnecting", cause: unreachable.problem });
    const stopped = run.subscriber.restart();
    run.subscriber.stop();
    expect(await stopped).toMatchObject({ state: "stopped" });
    run.subscriber.disable();
    expect(await run.subscriber.restart()).toMatchObject({ state: "disabled" });
  });

  test("a restart is answered within the timeouts even when nothing answers it", async () => {
    const run = await liveRun();
    const restart = run.subscriber.restart();
    await run.time.advance(5000);
    expect(await restart).toMatchObject({ state: "reconnecting", cause: { kind: "redis-timeout" } });
  });

  test("after stop no timer runs and no link is open", async () => {
    const run = await liveRun();
    run.subscriber.stop();
    const before = run.states.length;
    await run.time.advance(3_600_000);
    expect(run.openLinks.size).toBe(0);
    expect(run.attempts).toHaveLength(1);
    expect(run.states).toHaveLength(before);
  });

  test("every state is told once, and the same failure again and again is logged once", async () => {
    const run = await liveRun();
    run.attempt(0).events.onLost(silence);
    for (let index = 1; index < 6; index += 1) {
      await run.time.advance(4000);
      run.attempt(index).fail(unreachable);
      await run.time.advance(0);
    }
    expect(run.lines.filter((line) => line.startsWith("warn"))).toEqual(["warn: Redis is out of reach."]);
    const told = run.states.map((connection) => JSON.stringify(connection));
    expect(new Set(told).size).toBe(told.length);
  });

  test("what was never asked has not refused", async () => {
    const run = createRun();
    run.subscriber.start();
    run.attempt(0).fail(new ProblemError(failed("configuration-invalid", "REDIS_URL is not set.").problem));
    await run.time.advance(0);
    expect(run.lines.filter((line) => line.startsWith("warn"))).toEqual(["warn: Redis is not set up."]);
  });

  test("an error that is no problem is one all the same", async () => {
    const run = createRun();
    run.subscriber.start();
    run.attempt(0).fail(new TypeError("secret detail"));
    await run.time.advance(0);
    expect(run.subscriber.state()).toMatchObject({ state: "reconnecting", cause: { kind: "internal" } });
    expect(JSON.stringify([run.states, run.lines])).not.toContain("secret detail");
  });
});
