import fc from "fast-check";
import { expect } from "vitest";
import { instantOf } from "../../../shared/instant.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { desiredOf } from "../../calendar/event.ts";
import type { WantedEvent } from "../../calendar/port.ts";
import { contentOf, digest } from "../../calendar/testing/calendar-model.ts";
import { aMatch, aRecord } from "../../calendar/testing/records.ts";
import type { KeeperStore } from "../../keeper/item.ts";
import { begin, createWorld, day, hour, keepPastDays, minute, type Scenario, type Step } from "./world.ts";

const ids = ["100", "200", "300", "400", "500", "600"];

const kickoffs = [null, -20 * day, -7 * day + hour, -day, 2 * hour, 3 * day, 3 * day + hour, 30 * day].map((offset) =>
  offset === null ? null : instantOf(begin + offset),
);

const recordArbitrary = fc
  .record({
    match: fc.record({
      id: fc.constantFrom(...ids),
      kickoff: fc.constantFrom(...kickoffs),
      status: fc.constantFrom("scheduled" as const, "scheduled" as const, "cancelled" as const, "postponed" as const),
      venue: fc.constantFrom("Hedens IP", "Ruddalen", null),
    }),
    isGone: fc.nat({ max: 9 }).map((n) => n === 0),
    urgent: fc.boolean(),
  })
  .map(({ match, isGone, urgent }) =>
    aRecord(aMatch(match), { goneAt: isGone ? instant("2027-05-01T10:00:00.000Z") : null, urgent }),
  );

const step = <S extends Step>(weight: number, parts: { readonly [K in keyof S]: fc.Arbitrary<S[K]> }) => ({
  weight,
  arbitrary: fc.record<S>(parts) as fc.Arbitrary<Step>,
});
const is = <const N extends string>(name: N) => fc.constant(name);
const index = fc.nat({ max: 20 });

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  step(6, { do: is("change"), records: fc.array(recordArbitrary, { minLength: 1, maxLength: 6 }) }),
  step(1, { do: is("vanish"), ids: fc.subarray(ids) }),
  step(6, { do: is("pass"), ms: fc.constantFrom(0, 1, 30, 200, 1000, 7000, 5 * minute, day) }),
  step(2, { do: is("faults"), share: fc.constantFrom(0, 0.1, 0.5, 1) }),
  step(1, { do: is("storeFaults"), share: fc.constantFrom(0, 0.3, 1) }),
  step(2, { do: is("kill"), survives: fc.boolean() }),
  step(3, { do: is("sync"), ids: fc.option(fc.subarray(ids)) }),
  step(1, { do: is("audit"), repair: fc.boolean() }),
  step(1, { do: is("rival"), id: fc.constantFrom(...ids) }),
  step(3, { do: fc.constantFrom("edit", "note", "delete", "stranger"), index }),
  step(4, { do: fc.constantFrom("restart", "preview", "undo", "confirm", "keep", "retry", "listed") }),
);

/** A calendar's life: what is there, who keeps it, and all that happens. */
export const lifeArbitrary = fc.record({
  seed: fc.nat(),
  name: fc.constantFrom("google" as const, "caldav" as const),
  previewFirst: fc.boolean(),
  first: fc.array(recordArbitrary, { maxLength: 6 }),
  inherited: fc.array(fc.record({ id: fc.constantFrom(...ids), old: fc.boolean() }), { maxLength: 4 }),
  steps: fc.array(stepArbitrary, { maxLength: 25 }),
});

type World = ReturnType<typeof createWorld>;

/** One event for each match that should have one, as it should be; none for the others. What lies in the past lies there. */
const expectRight = (world: World, isExcused: (id: string) => boolean): void => {
  const oldest = instantOf(world.time.now() - keepPastDays * day);
  for (const [id, record] of world.records) {
    const desired = desiredOf(record, { digest });
    const events = world.model.events().filter(({ matchId, content }) => matchId === id && content.start >= oldest);
    const isWanted = desired.kind === "item" && desired.item.start >= oldest;
    if (!isWanted && world.kept.has(id)) continue;
    expect(events).toHaveLength(isWanted ? 1 : 0);
    if (!isWanted || isExcused(id)) continue;
    expect(events[0]).toMatchObject({ hash: desired.item.hash, content: contentOf(desired.item) });
  }
};

/** What the engine says of each match is so, though nothing has been read on purpose. */
const expectTruth = (world: World, name: Scenario["name"]): void => {
  const oldest = instantOf(world.time.now() - keepPastDays * day);
  for (const [id, record] of world.records) {
    // That is seen with the next reading.
    if (world.surprised.has(id)) continue;
    const placement = world.engine().placements(id)[name];
    const events = world.model.events().filter(({ matchId, content }) => matchId === id && content.start >= oldest);
    const desired = desiredOf(record, { digest });
    expect(placement?.state).not.toBe("waiting");
    if (placement?.state === "skipped") expect(events).toEqual([]);
    // An undo leaves what was there before, wherever it was.
    if (placement?.state !== "there" || world.isUndone()) continue;
    if (desired.kind === "none" || desired.item.start < oldest) continue;
    expect(events).toHaveLength(1);
    expect(events).toMatchObject([{ content: contentOf(desired.item) }]);
  }
};

type Life = Scenario & { readonly steps: readonly Step[] };

/** In the end every match has exactly its event, whatever happened, and nothing is left to do. */
export const liveThrough = async (life: Life, breathe: () => Promise<void>, store?: KeeperStore<WantedEvent>) => {
  const world = createWorld(life, breathe, store);
  for (const one of life.steps) await world.take(one);

  await world.calm();
  if (!world.isBlinded()) expectTruth(world, life.name);

  world.engine().retry(life.name);
  await world.finish(world.engine().sync());
  await world.confirm();
  const results = await world.finish(world.engine().sync());
  expect(results.filter(({ outcome }) => outcome === "failed" || outcome === "waiting")).toEqual([]);
  // An empty list that was believed hid the predecessor's events: only the next full list shows them again.
  if (!world.isBlinded()) expectRight(world, (id) => world.edited.has(id));

  await world.finish(world.engine().audit(life.name, true));
  await world.confirm();
  await world.finish(world.engine().sync());
  expectRight(world, () => false);
  for (const stranger of world.strangers) expect(world.model.events()).toContainEqual(stranger);
  expect(world.violations).toEqual([]);

  // What belongs to no match is offered once every match has been told of, and goes when a person says so.
  world.engine().listed();
  await world.time.advance(minute);
  await world.confirm();
  await world.time.advance(minute);
  const oldest = instantOf(world.time.now() - keepPastDays * day);
  const orphans = world.model.events().filter(({ matchId, content }) => {
    const isTold = matchId === null || world.records.has(matchId) || world.kept.has(matchId);
    return !isTold && content.start >= oldest;
  });
  expect(orphans).toEqual([]);

  world.model.resetCounts();
  await world.finish(world.engine().sync());
  await world.time.advance(minute);
  expect(world.model.counts()).toMatchObject({ calls: 1, writes: 0 });
};
