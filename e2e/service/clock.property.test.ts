import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createChance } from "../../src/core/calendar/testing/virtual-clock.ts";
import { wasListed } from "../../src/core/matches/presence.ts";
import { createModel, known, type Stamp } from "./feed-model.ts";

/*
 * The feed with a wall clock that is set by any amount, in either direction, at any moment and between two runs, on a Redis
 * and a source that come and go.
 */

const second = 1000;
const day = 86_400 * second;
/** The defaults: a probe every 30 s, which is given 5 s. */
const provenWithin = 35 * second;
const pollInterval = 300;
/** What the poller may be early or late by, and how long an answer takes. */
const longestInterval = 1.1 * pollInterval * second + second;
/** While Redis is not heard. */
const deafInterval = 60 * second;

const id = fc.integer({ min: 1, max: 5 }).map(String);
const jump = fc.record({
  kind: fc.constant("jump" as const),
  by: fc.oneof(
    fc.integer({ min: -3 * second, max: 3 * second }),
    fc.integer({ min: -3 * 3600 * second, max: 3 * 3600 * second }),
    fc.integer({ min: -20_000 * day, max: 20_000 * day }),
  ),
});
const calm = [
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("tell" as const), id }) },
  { weight: 8, arbitrary: jump },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: 60 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: 90_000 }) }) },
] as const;
const faults = [
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("server" as const), state: fc.constantFrom("up", "down", "frozen") }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("flap" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("source" as const), works: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("end" as const), how: fc.constantFrom("stop", "kill") }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("happen" as const), id }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("drop" as const), id }) },
] as const;
const calmStep = fc.oneof(...calm);
const anyStep = fc.oneof(...calm, ...faults);
type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never;
const stamps = fc.constantFrom<Stamp>("own", "ours", "none");

type Options = { readonly seed: number; readonly stamp: Stamp };

/**
 * A life of the feed, at whose end all is well. What must hold at every moment is checked all along. `asked`: the list is
 * asked for at the end, and so tells what nobody said.
 */
const play = async (steps: readonly Step[], { seed, stamp, asked }: Options & { readonly asked: boolean }) => {
  const folder = mkdtempSync(join(tmpdir(), "avspark-clock-"));
  // Of a publisher whose clock is set back nobody can tell which of two messages on their way was said first.
  const latencyMs = stamp === "ours" ? 0 : 30;
  const model = createModel(folder, createChance(seed), { pollInterval, stamp, latencyMs });
  const { time, server } = model;
  const begun = time.elapsed();
  let life = model.live();
  /** Whatever may be a reason to fetch beside the interval, or to try again. */
  let occasions = 0;

  const check = (): void => {
    const deadSince = server.deadSince();
    if (deadSince !== null && time.elapsed() - deadSince > provenWithin)
      expect(life.feed.connection().state, "a dead server is not proven").not.toMatch(/^(live|silent)$/);
    const lastFetch = model.fetches().at(-1) ?? Number.NEGATIVE_INFINITY;
    expect(time.elapsed() - lastFetch, "since the list was asked for").toBeLessThanOrEqual(longestInterval);
    expect(model.impossible(), "gaps that cannot be").toEqual([]);
  };
  /** In small steps, so that what is true for a moment only is seen. */
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 5000) {
      await time.advance(Math.min(left, 5000));
      check();
    }
  };

  try {
    await pass(100);
    // An empty list proves nothing.
    model.tell("9");
    for (const each of steps) {
      if (each.kind === "tell") model.tell(each.id);
      else if (each.kind === "jump") time.setWallClock(time.now() + each.by);
      else if (each.kind === "pass") await pass(each.ms);
      else {
        occasions += 1;
        if (each.kind === "happen") model.happen(each.id);
        else if (each.kind === "drop") {
          // A match that no list has ever had is not called gone by one.
          const record = life.book.records.get(each.id);
          if (record !== undefined && wasListed(record)) model.drop(each.id);
        } else if (each.kind === "server") server.set(each.state);
        else if (each.kind === "flap") server.drop();
        else if (each.kind === "source") model.sourceWorks(each.works);
        else {
          await life.end(each.how);
          life = model.live();
        }
      }
    }
    server.set("up");
    model.sourceWorks(true);
    await pass(120_000);
    if (asked) {
      const demanded = life.feed.fetchNow();
      await pass(1000);
      await demanded;
    }
    expect(known(life, model.truth())).toEqual(model.truth());
    expect(life.feed.gaps().filter(({ state }) => state !== "closed")).toEqual([]);
    expect(life.feed.connection().state).toBe("live");
    return { fetched: model.fetches().length, occasions, tookMs: time.elapsed() - begun };
  } finally {
    await life.end("kill");
    rmSync(folder, { recursive: true, force: true });
  }
};

const isLong = process.env.AVSPARK_LONG !== undefined;
const options = fc.record({ seed: fc.integer(), stamp: stamps });

test("on a Redis that stays, what is said is known, and the list is fetched at its interval", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(calmStep, { maxLength: 60 }), options, async (steps, chosen) => {
      const { fetched, tookMs } = await play(steps, { ...chosen, asked: false });
      // One at the start, one when Redis is heard, and one when the publisher's clock is known.
      expect(fetched).toBeLessThanOrEqual(3 + (2 * tookMs) / (pollInterval * second));
    }),
    { numRuns: isLong ? 1000 : 15 },
  );
});

test("on a Redis and a source that come and go, in the end all is known, and the source was not asked without a reason", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 60 }), options, async (steps, chosen) => {
      const { fetched, occasions, tookMs } = await play(steps, { ...chosen, asked: true });
      expect(fetched).toBeLessThanOrEqual(3 + 8 * occasions + (2 * tookMs) / deafInterval);
    }),
    { numRuns: isLong ? 1000 : 15 },
  );
});
