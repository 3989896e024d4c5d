import { describe, expect, test } from "vitest";
import type { SourceStatus } from "../../shared/connection.ts";
import { instantOf } from "../../shared/instant.ts";
import { type Problem, ProblemError } from "../../shared/problem.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { MatchSource } from "../ports.ts";
import { createPoller, type FetchedList } from "./poller.ts";
import { silentLog } from "./testing/silent-log.ts";

const minute = 60_000;
const down: Problem = { kind: "source-unreachable", message: "Nothing listens at the source's address." };
const list = [{ matchid: 1 }, { matchid: 2 }];

const createRun = (
  options: { readonly intervalMs?: number; readonly random?: number; readonly takesMs?: number } = {},
) => {
  const time = createVirtualClock({
    start: 1_000_000,
    random: () => options.random ?? 0.5,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const begun = time.elapsed();
  const asked: { at: number; etag: string | null }[] = [];
  const lists: FetchedList[] = [];
  const seen: SourceStatus[] = [];
  let answer: () => Awaited<ReturnType<MatchSource["fetch"]>> = () => ({
    kind: "list",
    matches: list,
    etag: '"1"',
    bytes: 9,
  });
  let applies: () => number = () => 3;
  let underWay = 0;
  const poller = createPoller({
    source: {
      fetch: async (etag, signal) => {
        underWay += 1;
        expect(underWay, "one fetch at a time").toBe(1);
        asked.push({ at: time.elapsed(), etag });
        await new Promise<void>((resolve) => {
          time.clock.after(options.takesMs ?? 100, resolve);
          signal.addEventListener("abort", resolve);
        });
        underWay -= 1;
        return answer();
      },
    },
    clock: time.clock,
    log: silentLog,
    intervalMs: options.intervalMs ?? 10 * minute,
    known: 0,
    etag: () => (lists.length === 0 ? null : '"1"'),
    onList: async (fetched) => {
      const changes = applies();
      lists.push(fetched);
      return { changes };
    },
    onStatus: (status) => seen.push(status),
  });
  return {
    time,
    poller,
    asked,
    lists,
    seen,
    answerWith: (next: typeof answer) => {
      answer = next;
    },
    fail: () => {
      answer = () => {
        throw new ProblemError(down);
      };
    },
    applyWith: (next: typeof applies) => {
      applies = next;
    },
    /** Milliseconds since it began. */
    times: () => asked.map(({ at }) => at - begun),
    begun,
  };
};

describe("when to fetch", () => {
  test("at start, and then every interval, a tenth more or less", async () => {
    const run = createRun({ random: 0 });
    run.poller.start();
    await run.time.advance(30 * minute);
    const wait = 9 * minute + 100;
    expect(run.times()).toEqual([0, wait, 2 * wait, 3 * wait]);
    expect(run.poller.status()).toMatchObject({ state: "fetched", matches: 2, changes: 3, unchanged: false });
  });

  test("with interval 0 only at start, when needed, and on demand", async () => {
    const run = createRun({ intervalMs: 0 });
    run.poller.start();
    await run.time.advance(60 * minute);
    expect(run.times()).toEqual([0]);
    expect(run.poller.status()).toMatchObject({ state: "fetched", nextAt: null });
    run.poller.need(run.time.elapsed());
    await run.time.advance(60 * minute);
    expect(run.times()).toEqual([0, 60 * minute]);
  });

  test("more often while Redis is not heard, and as before when it is", async () => {
    const run = createRun();
    run.poller.start();
    await run.time.advance(minute);
    run.poller.hearing(false);
    await run.time.advance(3 * minute);
    expect(run.asked.length).toBeGreaterThanOrEqual(3);
    run.poller.hearing(true);
    const before = run.asked.length;
    await run.time.advance(11 * minute);
    expect(run.asked.length - before).toBeLessThanOrEqual(2);
  });

  test("with interval 0 while Redis is not heard as well, and no longer when it is", async () => {
    const run = createRun({ intervalMs: 0 });
    run.poller.start();
    await run.time.advance(10 * minute);
    expect(run.asked).toHaveLength(1);
    run.poller.hearing(false);
    await run.time.advance(5 * minute);
    expect(run.asked.length).toBeGreaterThanOrEqual(5);
    run.poller.hearing(true);
    await run.time.advance(2 * minute);
    const before = run.asked.length;
    await run.time.advance(60 * minute);
    expect(run.asked).toHaveLength(before);
  });

  test("a need during a fetch that began too early brings another after it", async () => {
    const run = createRun({ takesMs: 1000 });
    run.poller.start();
    await run.time.advance(500);
    run.poller.need(run.time.elapsed());
    await run.time.advance(3000);
    expect(run.times()).toEqual([0, 1000]);
    expect(run.lists.map(({ fetchedFrom }) => fetchedFrom.elapsed - run.begun)).toEqual([0, 1000]);
  });

  test("a need that the fetch under way serves brings no other", async () => {
    const run = createRun({ takesMs: 1000 });
    run.poller.start();
    await run.time.advance(500);
    run.poller.need(run.begun);
    await run.time.advance(3000);
    expect(run.times()).toEqual([0]);
  });

  test("a demand is answered by a list asked for after it; several at once by one", async () => {
    const run = createRun({ takesMs: 1000 });
    run.poller.start();
    await run.time.advance(500);
    const demands = [run.poller.demand(), run.poller.demand()];
    await run.time.advance(3000);
    expect(await Promise.all(demands)).toMatchObject([{ state: "fetched" }, { state: "fetched" }]);
    expect(run.times()).toEqual([0, 1000]);
  });

  test("stopped: nothing more, and who waits is not left waiting", async () => {
    const run = createRun({ takesMs: 1000 });
    run.poller.start();
    await run.time.advance(500);
    const demand = run.poller.demand();
    run.poller.stop();
    expect((await demand).state).toBe("fetching");
    await run.time.advance(60 * minute);
    expect(run.times()).toEqual([0]);
    expect(run.lists).toEqual([]);
    expect((await run.poller.demand()).state).toBe("fetching");
  });
});

describe("when the wall clock is set", () => {
  const hour = 60 * minute;

  test.each([-2 * hour, 2 * hour, -400 * 24 * hour])("by %d ms, the list is fetched at its interval", async (by) => {
    const run = createRun({ random: 0 });
    run.poller.start();
    await run.time.advance(5 * minute);
    run.time.setWallClock(run.time.now() + by);
    const wait = 9 * minute + 100;
    await run.time.advance(15 * minute);
    expect(run.times()).toEqual([0, wait, 2 * wait]);
    const left = 3 * wait - 20 * minute;
    expect(run.poller.status()).toMatchObject({ nextAt: instantOf(run.time.now() + left) });
  });

  test("during a fetch, what was needed before it is served by it, and what is needed since is not", async () => {
    const run = createRun({ takesMs: 1000 });
    run.poller.need(run.begun);
    run.poller.start();
    await run.time.advance(500);
    run.time.setWallClock(run.time.now() - 2 * hour);
    run.poller.need(run.time.elapsed());
    await run.time.advance(3000);
    expect(run.times()).toEqual([0, 1000]);
  });

  test("a need that is told again and again is one", async () => {
    const run = createRun({ intervalMs: 0, takesMs: 50 });
    run.fail();
    run.poller.start();
    const from = run.time.elapsed();
    for (let told = 0; told < 1000; told += 1) {
      run.poller.need(from);
      await run.time.advance(10);
    }
    expect(run.asked.length).toBeLessThanOrEqual(8);
  });
});

describe("what comes back", () => {
  test("the ETag is asked for at every fetch; 304 is a list without news", async () => {
    const run = createRun();
    run.poller.start();
    await run.time.advance(1000);
    run.answerWith(() => ({ kind: "unchanged" }));
    run.applyWith(() => 0);
    await run.time.advance(11 * minute);
    expect(run.asked.map(({ etag }) => etag)).toEqual([null, '"1"']);
    expect(run.lists.map(({ kind }) => kind)).toEqual(["list", "unchanged"]);
    expect(run.poller.status()).toMatchObject({ state: "fetched", matches: 2, changes: 0, unchanged: true });
  });

  test("a list that could not be applied is a failure, and asked for again", async () => {
    const run = createRun();
    run.applyWith(() => {
      throw new ProblemError({ kind: "journal-full", message: "The disk is full." });
    });
    run.poller.start();
    await run.time.advance(1000);
    expect(run.poller.status()).toMatchObject({ state: "failed", problem: { kind: "journal-full" } });
    run.applyWith(() => 1);
    await run.time.advance(minute);
    expect(run.asked.map(({ etag }) => etag).slice(0, 2)).toEqual([null, null]);
    expect(run.poller.status().state).toBe("fetched");
  });

  test("a failure is tried again soon, then less and less often, but at least every minute", async () => {
    const run = createRun({ random: 0.999_999 });
    run.fail();
    run.poller.start();
    await run.time.advance(10 * minute);
    const times = run.times();
    const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0) - 100);
    expect(waits.slice(0, 5)).toEqual([2000, 4000, 8000, 16_000, 32_000]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(minute);
    expect(run.poller.status()).toMatchObject({ state: "failed", problem: down, nextAt: expect.any(String) });
  });

  test("in a hurry, such as after a sleep, nothing waits for its time; the interval begins anew", async () => {
    const run = createRun();
    run.poller.start();
    await run.time.advance(minute);
    run.poller.hurry();
    run.poller.hurry();
    await run.time.advance(9 * minute);
    expect(run.times()).toEqual([0, minute]);
    await run.time.advance(2 * minute);
    expect(run.times()).toHaveLength(3);
  });

  test("a need outlives failures", async () => {
    const run = createRun({ intervalMs: 0 });
    run.fail();
    run.poller.start();
    run.poller.need(run.time.elapsed() + 50);
    await run.time.advance(5 * minute);
    expect(run.lists).toEqual([]);
    run.answerWith(() => ({ kind: "list", matches: list, etag: null, bytes: 9 }));
    await run.time.advance(2 * minute);
    expect(run.lists).toHaveLength(1);
    const settled = run.asked.length;
    await run.time.advance(60 * minute);
    expect(run.asked).toHaveLength(settled);
  });
});
