import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createChance } from "../../src/core/calendar/testing/virtual-clock.ts";
import { covers, createModel, known } from "./feed-model.ts";

const id = fc.integer({ min: 1, max: 5 }).map(String);
/** What Redis is told of, and everything that may go wrong with that. */
const faults = [
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("tell" as const), id }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: 40_000 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: 60 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("server" as const), state: fc.constantFrom("up", "down", "frozen") }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("flap" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("source" as const), works: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("disk" as const), full: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("end" as const), how: fc.constantFrom("stop", "kill") }) },
] as const;
/** What only a list can tell. */
const silent = [
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("happen" as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("drop" as const), id }) },
] as const;
const plain = fc.oneof(...faults);
const anything = fc.oneof(...faults, ...silent);
type Step = typeof anything extends fc.Arbitrary<infer S> ? S : never;

/** A life of the feed; all is well again at its end, and nothing but that brings it back. */
const play = async (steps: readonly Step[], options: { readonly seed: number; readonly asked: boolean }) => {
  const folder = mkdtempSync(join(tmpdir(), "avspark-model-"));
  const model = createModel(folder, createChance(options.seed));
  let life = model.live();
  try {
    // Before the journal has its first word of us, nobody could say since when we were deaf.
    await model.time.advance(100);
    // An empty list proves nothing.
    model.tell("9");
    for (const each of steps) {
      if (each.kind === "tell") model.tell(each.id);
      else if (each.kind === "happen") model.happen(each.id);
      else if (each.kind === "drop") model.drop(each.id);
      else if (each.kind === "pass") await model.time.advance(each.ms);
      else if (each.kind === "server") model.server.set(each.state);
      else if (each.kind === "flap") model.server.drop();
      else if (each.kind === "source") model.sourceWorks(each.works);
      else if (each.kind === "disk") model.fill(each.full);
      else {
        await life.end(each.how);
        life = model.live();
      }
    }
    model.server.set("up");
    model.sourceWorks(true);
    model.fill(false);
    await model.time.advance(120_000);
    if (options.asked) {
      const demanded = life.feed.fetchNow();
      await model.time.advance(1000);
      await demanded;
    }
    expect(known(life, model.truth())).toEqual(model.truth());
    const gaps = life.feed.gaps();
    expect(gaps.filter(({ state }) => state !== "closed")).toEqual([]);
    for (const at of model.unheard()) expect(covers(gaps, at), `something said at ${at} is in no gap`).toBe(true);
  } finally {
    await life.end("kill");
    rmSync(folder, { recursive: true, force: true });
  }
};

const numRuns = process.env.AVSPARK_LONG === undefined ? 40 : 1000;

test("whatever happens, what nobody took is within a gap, and in the end all that was told is known", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plain, { maxLength: 40 }), fc.integer(), (steps, seed) =>
      play(steps, { seed, asked: false }),
    ),
    { numRuns },
  );
});

test("and what only a list can tell is known when one is asked for", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { maxLength: 40 }), fc.integer(), (steps, seed) =>
      play(steps, { seed, asked: true }),
    ),
    { numRuns },
  );
});
