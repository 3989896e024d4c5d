import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import { type Delta, deltaLimit } from "../../shared/snapshot.ts";
import { noCounts } from "../../shared/stats.ts";
import { anOfficial } from "../../shared/testing/people.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import { silentLog } from "../feed/testing/silent-log.ts";
import { createMatchBook } from "../matches/book.ts";
import { createNear } from "../matches/near.ts";
import type { MatchRecord } from "../matches/record.ts";
import { createPublisher } from "./publisher.ts";

const hour = 3_600_000;
const minute = 60_000;
const now = Date.UTC(2027, 4, 6, 12);
const people = ["Prov Ett", "Prov Två", "Prov Tre"].map((name) => anOfficial({ name }));

/** A book whose changes are told. */
const createDesk = (records: readonly MatchRecord[]) => {
  const time = createVirtualClock({ start: now, random: () => 0.5, breathe: async () => undefined });
  const book = createMatchBook({ records, changes: [], now: () => now, placements: () => ({}) });
  const publisher = createPublisher({
    clock: time.clock,
    log: silentLog,
    view: book.view,
    near: createNear(book),
    todo: () => [],
    snapshot: () => ({
      ...{ version: "1.2.3", mode: "live", startedAt: instantOf(now), changes: [], messages: [], todo: [] },
      matches: book.views(),
    }),
    parts: {
      connection: () => ({ state: "disabled", since: instantOf(now) }),
      source: () => ({ state: "unconfigured" }),
      health: () => ({ level: "ok", since: instantOf(now) }),
      counters: () => noCounts(instantOf(now)),
      lastCycle: () => null,
      seenChangeId: () => 0,
      alerts: () => [],
      gaps: () => [],
      quarantine: () => ({ count: 0, bytes: 0 }),
      targets: () => [],
      settings: () => [],
      httpAddress: () => null,
      calendarAddress: () => null,
      notificationsMuted: () => false,
      messengers: () => [],
      waiting: () => 0,
      attachment: () => null,
    },
  });
  const put = (...changed: readonly MatchRecord[]): void =>
    publisher.note({
      ...{ messages: [], changes: [], kept: changed },
      moved: book.put(changed, []),
    });
  return { time, book, publisher, put };
};
type Desk = ReturnType<typeof createDesk>;

/** Takes a snapshot and follows the deltas from there. */
const follow = ({ publisher }: Desk) => {
  const deltas: Delta[] = [];
  const leave = publisher.subscribe((delta) => void deltas.push(delta));
  const shown = new Map(publisher.snapshot().matches.map((view) => [view.id, view]));
  deltas.length = 0;
  return {
    deltas,
    leave,
    shown: () => {
      for (const delta of deltas) {
        for (const view of delta.matches) shown.set(view.id, view);
        for (const id of delta.droppedMatchIds) shown.delete(id);
      }
      return Object.fromEntries(shown);
    },
  };
};

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("put" as const),
      id: fc.constantFrom("a", "b", "c", "d"),
      hours: fc.integer({ min: 1, max: 6 }),
      officials: fc.subarray(people),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), id: fc.constantFrom("a", "b", "c", "d") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("follow" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("leave" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const) }) },
);

/** All with the same official, a minute apart: each is near hundreds of others. */
const oneOfficial = (id: number, venue: string): MatchRecord =>
  aRecord(aMatch({ id: `m${id}`, kickoff: instantOf(now + hour + id * minute), officials: people.slice(0, 1), venue }));

describe("a window that follows from a snapshot", () => {
  it("shows every match with its warnings as they are, whenever it came and whoever else follows", () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const desk = createDesk([]);
        let windows = [follow(desk)];
        for (const each of steps) {
          if (each.do === "put") {
            const { id, hours, officials } = each;
            desk.put(aRecord(aMatch({ id, kickoff: instantOf(now + hours * hour), officials })));
          } else if (each.do === "remove") desk.publisher.addMatches([each.id, ...desk.book.remove([each.id])]);
          else if (each.do === "follow") windows.push(follow(desk));
          else if (each.do === "wait") await desk.time.advance(100);
          else {
            windows[0]?.leave();
            windows = windows.slice(1);
          }
        }
        await desk.time.advance(1000);
        const wanted = Object.fromEntries(desk.book.views().map((view) => [view.id, view]));
        for (const { shown } of windows) expect(shown()).toEqual(wanted);
      }),
    ));

  it("is told of warnings that somebody before it was told of, and that were gone when it came", async () => {
    const at = (id: string, hours: number) =>
      aRecord(aMatch({ id, kickoff: instantOf(now + hours * hour), officials: people.slice(0, 1) }));
    const desk = createDesk([at("a", 1), at("b", 9)]);
    const before = follow(desk);
    desk.put(at("b", 1));
    await desk.time.advance(100);
    expect(before.shown().a?.warnings).toHaveLength(1);
    before.leave();
    desk.put(at("b", 9));
    const window = follow(desk);
    expect(window.shown().a?.warnings).toEqual([]);
    desk.put(at("b", 1));
    await desk.time.advance(100);
    expect(window.shown().a?.warnings).toHaveLength(1);
  });

  it("is told at once what has changed, and of those near it no more than whose warnings are others", async () => {
    const many = 4 * deltaLimit;
    const desk = createDesk(Array.from({ length: many }, (_, id) => oneOfficial(id, "Provvallen")));
    const window = follow(desk);
    desk.put(oneOfficial(300, "Testplanen"));
    await desk.time.advance(10_000);
    const before = window.deltas.length;
    for (const id of [10, 300, 500]) {
      desk.put(oneOfficial(id, `Ny plan ${id}`));
      await desk.time.advance(100);
      expect(window.deltas.at(-1)?.matches[0]?.id).toBe(`m${id}`);
    }
    await desk.time.advance(10_000);
    const told = window.deltas.slice(before).flatMap(({ matches }) => matches.map(({ id }) => id));
    expect(told.length).toBeLessThan(deltaLimit);
    expect(window.shown()).toEqual(Object.fromEntries(desk.book.views().map((view) => [view.id, view])));
  });
});
