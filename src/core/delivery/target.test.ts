import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Instant } from "../../shared/instant.ts";
import { instant } from "../../shared/testing/instant.ts";
import type { WantedEvent } from "../calendar/port.ts";
import { createMemoryStore } from "../calendar/testing/memory-store.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { createChance, createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import { silentLog } from "../feed/testing/silent-log.ts";
import type { KeeperStore } from "../keeper/item.ts";
import type { Clock } from "../ports.ts";
import { createTargets } from "../targets/targets.ts";
import type { CurrentMatch, OnMatches } from "./program.ts";
import { createProgramTarget, programEntry } from "./target.ts";

const begun = Date.parse("2027-05-01T10:00:00Z");
const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
const record = (id: string, venue = "Hedens IP", goneAt: Instant | null = null) =>
  aRecord(aMatch({ id, venue }), { goneAt });

type Store = KeeperStore<WantedEvent>;

const deliveryTo = (onMatches: OnMatches, { clock, store }: { readonly clock: Clock; readonly store: Store }) => {
  const program = createProgramTarget({ onMatches, log: silentLog });
  const targets = createTargets({
    digest,
    clock,
    log: silentLog,
    targets: [programEntry({ target: program.target, store, digest })],
    onStatus: () => undefined,
    onPlacements: () => undefined,
    onStats: () => undefined,
  });
  const { start, changed, sync, stop } = targets;
  return {
    start,
    changed,
    stop,
    sync: (matchIds?: readonly string[]) => sync(matchIds === undefined ? {} : { matchIds }),
    status: () => targets.status()[0],
    placement: (id: string) => targets.placements(id).program,
    setOnMatches: (next: OnMatches): void => {
      program.setOnMatches(next);
      targets.retry("program");
    },
  };
};

const world = (onMatches: OnMatches, store: Store = createMemoryStore()) => {
  const time = createVirtualClock({ start: begun, random: createChance(1), breathe: () => setImmediate() });
  return { delivery: deliveryTo(onMatches, { clock: time.clock, store }), time, store };
};

/** A program that notes what it is given and fails as often as it is told to. */
const program = (failures = 0) => {
  const calls: (readonly CurrentMatch[])[] = [];
  let left = failures;
  return {
    calls,
    venues: () => calls.map((matches) => matches.map(({ id, venue }) => `${id} ${venue}`)),
    onMatches: async (matches: readonly CurrentMatch[]): Promise<void> => {
      calls.push(matches);
      left -= 1;
      if (left >= 0) throw new TypeError("the program's own fault");
    },
  };
};

describe("a delivery", () => {
  it("gives what there is at first, then what changes", async () => {
    const { calls, venues, onMatches } = program();
    const { delivery, time } = world(onMatches);
    delivery.start([record("1"), record("2")]);
    await time.advance(0);
    delivery.changed([record("2", "Ruddalen"), record("3")]);
    await time.advance(0);
    delivery.changed([record("3")]);
    await time.advance(0);
    expect(venues()).toEqual([
      ["1 Hedens IP", "2 Hedens IP"],
      ["2 Ruddalen", "3 Hedens IP"],
    ]);
    expect(delivery.status()).toMatchObject({ state: { name: "idle" }, there: 3, waiting: 0 });
    delivery.changed([record("1", "Hedens IP", instant("2027-05-01T10:00:00.000Z"))]);
    await time.advance(0);
    expect(calls.at(-1)).toMatchObject([{ id: "1", goneAt: "2027-05-01T10:00:00.000Z" }]);
  });

  it("gives what was not taken again, as it is then, and says so meanwhile", async () => {
    const { venues, onMatches } = program(2);
    const { delivery, time } = world(onMatches);
    delivery.start([record("1")]);
    await time.advance(0);
    expect(delivery.status()).toMatchObject({
      state: { name: "waiting", problem: { kind: "program-failed", message: "onMatches failed (TypeError)." } },
      waiting: 1,
    });
    expect(delivery.placement("1")).toEqual({ state: "waiting" });
    delivery.changed([record("1", "Ruddalen")]);
    await time.advance(5000);
    expect(venues()).toEqual([["1 Hedens IP"], ["1 Ruddalen"], ["1 Ruddalen"]]);
    expect(delivery.status()).toMatchObject({ state: { name: "idle" }, there: 1, waiting: 0 });
    expect(delivery.placement("1")).toMatchObject({ state: "there" });
  });

  it.each([
    ["answers false", () => false, "onMatches answered false."],
    [
      "throws at once",
      () => {
        throw new RangeError("x");
      },
      "onMatches failed (RangeError).",
    ],
    ["rejects with what is no error", () => Promise.reject("x"), "onMatches failed (string)."],
  ])("counts a program that %s as failed", async (_what, onMatches, message) => {
    const { delivery, time } = world(onMatches);
    delivery.start([record("1")]);
    const results = delivery.sync(["1"]);
    await time.advance(0);
    expect(await results).toMatchObject([
      { matchId: "1", target: "program", outcome: "waiting", problem: { message } },
    ]);
  });

  it("remembers beyond its end what was taken, whatever the order of the fields", async () => {
    const first = program();
    const before = world(first.onMatches);
    before.delivery.start([record("1"), record("2")]);
    await before.time.advance(0);
    await before.delivery.stop();
    const { match } = record("1");
    const reordered = aRecord({ ...Object.fromEntries(Object.entries(match).toReversed()), ...match });
    const second = program();
    const after = world(second.onMatches, before.store);
    after.delivery.start([reordered, record("2", "Ruddalen")]);
    await after.time.advance(0);
    expect(second.venues()).toEqual([["2 Ruddalen"]]);
  });

  it("gives everything that a sync asks for, and lets the sync wait for the newest", async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const given: string[] = [];
    const { delivery, time } = world(async (matches) => {
      given.push(...matches.map(({ venue }) => venue ?? ""));
      await gate;
    });
    delivery.start([record("1")]);
    await time.advance(0);
    delivery.changed([record("1", "Ruddalen")]);
    const results = delivery.sync();
    await time.advance(0);
    expect(given).toEqual(["Hedens IP"]);
    open();
    expect(await results).toMatchObject([{ outcome: "updated", problem: null }]);
    expect(given).toEqual(["Hedens IP", "Ruddalen"]);
    expect(await delivery.sync(["unknown"])).toEqual([]);
  });

  it("tells whoever waits when the program takes too long, and does not call it twice at once", async () => {
    let calls = 0;
    const { delivery, time } = world(() => {
      calls += 1;
      return new Promise(() => undefined);
    });
    delivery.start([record("1")]);
    const results = delivery.sync(["1"]);
    await time.advance(61_000);
    expect(await results).toMatchObject([{ outcome: "waiting", problem: { message: "onMatches has not ended yet." } }]);
    expect(calls).toBe(1);
    expect(delivery.status()).toMatchObject({ state: { name: "working", of: 1 } });
    const stopped = delivery.stop();
    await time.advance(6000);
    await stopped;
  });

  it("calls another function from now on, at once", async () => {
    const { delivery, time } = world(() => false);
    delivery.start([record("1")]);
    await time.advance(0);
    const { venues, onMatches } = program();
    delivery.setOnMatches(onMatches);
    await time.advance(0);
    expect(venues()).toEqual([["1 Hedens IP"]]);
  });
});

const stepArbitrary = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("change" as const),
      id: fc.constantFrom("1", "2", "3"),
      venue: fc.nat({ max: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.constantFrom(0, 10, 500, 5000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("sync" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("end" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("fault" as const), share: fc.constantFrom(0, 0.5, 1) }) },
);

it("in the end has given the latest state of every match, one call at a time, whatever fails and ends", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 40 }), fc.integer(), async (steps, seed) => {
      const chance = createChance(seed);
      const store = createMemoryStore();
      const taken = new Map<string, string | null>();
      const current = new Map<string, ReturnType<typeof record>>();
      let share = 0;
      let underWay = 0;
      const time = createVirtualClock({ start: begun, random: chance, breathe: () => setImmediate() });
      const onMatches: OnMatches = async (matches) => {
        underWay += 1;
        expect(underWay).toBe(1);
        if (chance() < 0.5) await new Promise<void>((resolve) => time.clock.after(20, resolve));
        underWay -= 1;
        if (chance() < share) throw new Error("not now");
        for (const { id, venue } of matches) taken.set(id, venue);
      };
      const begin = () => {
        const delivery = deliveryTo(onMatches, { clock: time.clock, store });
        delivery.start([...current.values()]);
        return delivery;
      };
      let delivery = begin();
      for (const step of steps) {
        if (step.do === "change") {
          const changed = record(step.id, String(step.venue));
          current.set(step.id, changed);
          delivery.changed([changed]);
        } else if (step.do === "pass") await time.advance(step.ms);
        else if (step.do === "sync") void delivery.sync();
        else if (step.do === "fault") share = step.share;
        else {
          const stopped = delivery.stop();
          await time.advance(6000);
          await stopped;
          delivery = begin();
        }
      }
      share = 0;
      await time.advance(120_000);
      expect(Object.fromEntries(taken)).toEqual(
        Object.fromEntries([...current].map(([id, { match }]) => [id, match.venue])),
      );
      expect(delivery.status()).toMatchObject({ state: { name: "idle" }, waiting: 0, there: current.size });
    }),
    { numRuns: 300 },
  );
});
