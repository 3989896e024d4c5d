import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import { desiredOf } from "../calendar/event.ts";
import type { WantedEvent } from "../calendar/port.ts";
import { createCalendarModel, digest } from "../calendar/testing/calendar-model.ts";
import { createMemoryStore } from "../calendar/testing/memory-store.ts";
import { aMatch, aRecord, silentLog } from "../calendar/testing/records.ts";
import { createChance, createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Clock, Turns } from "../ports.ts";
import { calendarEntries } from "./calendar-entries.ts";
import { createTargets } from "./targets.ts";

/**
 * Two keep one calendar: desks that know nothing of each other, or nodes that take turns. Each hears the same words in the same
 * order, one of them late, and may be killed.
 */

const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const minute = 60_000;
const begin = Date.parse("2027-05-01T10:00:00.000Z");
const kickoff = instantOf(begin + 5 * 24 * 60 * minute);
const ids = ["100", "200", "300"];

const told = fc.record({
  id: fc.constantFrom(...ids),
  venue: fc.constantFrom("Hedens IP", "Ruddalen"),
  isGone: fc.nat({ max: 5 }).map((n) => n === 0),
});
const happening = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("tell" as const), told }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.constantFrom(30, 700, 20_000, 6 * minute) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("catch-up" as const), desk: fc.nat({ max: 1 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("kill" as const), desk: fc.nat({ max: 1 }), survives: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("faults" as const), share: fc.constantFrom(0, 0.4) }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never;

/** A server that gives turns, which run out; now and then it is not reached. */
const createTurnServer = (clock: Pick<Clock, "elapsed">, chance: () => number) => {
  let held: { readonly node: number; readonly until: number } | null = null;
  const holder = (): number | null => (held !== null && held.until > clock.elapsed() ? held.node : null);
  return (node: number): Turns => ({
    take: async (_, ms) => {
      if (chance() < 0.1) throw new Error("away");
      const now = holder() ?? node;
      if (now === node) held = { node, until: clock.elapsed() + ms };
      return { isOurs: now === node, holder: String(now) };
    },
    leave: async () => {
      if (holder() === node) held = null;
    },
  });
};

const live = async (seed: number, takesTurns: boolean, happenings: readonly Happening[]): Promise<void> => {
  const chance = createChance(seed);
  const time = createVirtualClock({ start: begin, random: chance, breathe });
  const turnsOf = createTurnServer(time.clock, chance);
  let nodes = 0;
  const fallen: string[] = [];
  let faultShare = 0;
  const model = createCalendarModel({
    clock: time.clock,
    faultFor: () => (chance() < faultShare ? "lost" : "none"),
    latency: () => Math.floor(chance() * 300),
    onWrite: (before, after) => {
      if (before !== undefined && after !== null && (before.content.rev ?? 0) > (after.rev ?? 0)) fallen.push(after.id);
    },
  });
  const words: MatchRecord[] = [];

  const createDesk = () => {
    const store = createMemoryStore();
    let heard = 0;
    const bear = () => {
      const life = { alive: true, survives: false };
      const { target } = model.connect("google", { isAlive: () => life.alive, survives: () => life.survives });
      nodes += 1;
      const engine = createTargets({
        digest,
        turns: takesTurns ? turnsOf(nodes) : null,
        clock: time.clockFor(() => life.alive),
        log: silentLog,
        targets: calendarEntries({
          calendars: [target],
          store,
          digest,
          keepPastDays: 7,
          demo: false,
          previewFirst: false,
        }),
        onStatus: () => undefined,
        onPlacements: () => undefined,
        onStats: () => undefined,
      });
      engine.start([...new Map(words.slice(0, heard).map((record) => [record.match.id, record])).values()]);
      return Object.assign(life, { engine });
    };
    let life = bear();
    return {
      catchUp: (count: number): void => {
        const news = words.slice(heard, heard + count);
        heard += news.length;
        if (news.length > 0)
          life.engine.changed([...new Map(news.map((record) => [record.match.id, record])).values()]);
      },
      kill: (survives: boolean): void => {
        life.survives = survives;
        life.alive = false;
        life = bear();
      },
      /** A list was fetched: what is in the calendar is looked at. */
      look: async (): Promise<void> => {
        void life.engine.confirm("google", life.engine.held("google")[0]?.token ?? null).catch(() => undefined);
        void life.engine.audit("google", true).catch(() => undefined);
        await time.advance(10 * minute);
      },
    };
  };
  const desks = [createDesk(), createDesk()];

  for (const one of happenings) {
    switch (one.do) {
      case "tell": {
        const { id, venue, isGone } = one.told;
        const at = instantOf(time.clock.now());
        words.push(aRecord(aMatch({ id, kickoff, venue }), { changedAt: at, goneAt: isGone ? at : null }));
        // The first desk hears everything at once.
        desks[0]?.catchUp(Number.POSITIVE_INFINITY);
        await time.advance(5);
        break;
      }
      case "pass":
        await time.advance(one.ms);
        break;
      case "catch-up":
        desks[one.desk]?.catchUp(1);
        break;
      case "kill":
        desks[one.desk]?.kill(one.survives);
        break;
      case "faults":
        faultShare = one.share;
        break;
    }
  }
  faultShare = 0;
  for (const desk of desks) desk.catchUp(Number.POSITIVE_INFINITY);
  for (const desk of [...desks, ...desks]) await desk.look();

  expect(fallen).toEqual([]);
  const last = new Map(words.map((record) => [record.match.id, record]));
  const wanted = [...last.values()].flatMap((record): readonly WantedEvent[] => {
    const desired = desiredOf(record, { digest });
    return desired.kind === "item" ? [desired.item] : [];
  });
  const there = model.events().map(({ matchId, hash }) => ({ id: matchId, hash }));
  expect(there.toSorted(byId)).toEqual(wanted.map(({ id, hash }) => ({ id, hash })).toSorted(byId));
};

const byId = (a: { readonly id: string | null }, b: { readonly id: string | null }): number =>
  (a.id ?? "").localeCompare(b.id ?? "");

const isLong = import.meta.env.AVSPARK_LONG !== undefined;

// Whose turn it is is asked every second of a life, which makes it long.
test.each([
  { what: "desks on one calendar", takesTurns: false, runs: isLong ? 5000 : 300 },
  { what: "nodes that take turns at one calendar", takesTurns: true, runs: isLong ? 500 : 30 },
])(
  "in $runs lives of two $what an older word is never written over a newer one, and every match ends with exactly its event",
  async ({ takesTurns, runs }) => {
    const lives = fc.asyncProperty(fc.nat(), fc.array(happening, { maxLength: 30 }), (seed, happenings) =>
      live(seed, takesTurns, happenings),
    );
    await fc.assert(lives, { numRuns: runs });
  },
);
