import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Gap } from "../../shared/connection.ts";
import { instantOf } from "../../shared/instant.ts";
import type { Moment } from "../moment.ts";
import { type GapBook, type GapEvent, needsListFrom, noteGap, openGapBook } from "./gaps.ts";

const problem = { kind: "redis-closed", message: "Redis closed the connection." } as const;
const lost = { kind: "lost", problem } as const;

/** By the clock that nobody sets, this run began so long after some moment. */
const origin = 5_000_000;
/** The moment that the wall clock shows so, `ahead` of what it showed at first. */
const moment = (wall: number, ahead = 0): Moment => ({ elapsed: origin + wall - ahead, wall });
const fresh = (lastProofAt: number | null = null) => openGapBook({ lastId: 0, gaps: [], lastProofAt }, moment(60_000));

/** What is noted, and when. */
type Noted = { readonly event: GapEvent; readonly now: Moment };
const began = (from: number, cause: Gap["cause"] = lost): Noted => ({
  event: { kind: "gap-began", from: moment(from), cause },
  now: moment(from),
});
const refused = (from: number): Noted => ({ event: { kind: "journal-began", from }, now: moment(from) });
const ended = (at: number): Noted => ({ event: { kind: "gap-ended" }, now: moment(at) });
const filled = (fetchedFrom: number): Noted => ({
  event: { kind: "filled", fetchedFrom: origin + fetchedFrom, brought: { matches: 10, changes: 2 } },
  now: moment(fetchedFrom + 50),
});

/** A book whose owner has heard something already. */
const heardBefore = noteGap(
  openGapBook({ lastId: 0, gaps: [], lastProofAt: null }, moment(0)).book,
  ended(0).event,
  moment(0),
);

/** All gaps ever, as a journal would hold them. */
const play = (events: readonly Noted[], start = heardBefore) => {
  const journal = new Map<number, Gap>();
  let book: GapBook = start.book;
  for (const gap of start.changed) journal.set(gap.id, gap);
  for (const { event, now } of events) {
    const result = noteGap(book, event, now);
    book = result.book;
    for (const gap of result.changed) journal.set(gap.id, gap);
  }
  return { book, gaps: [...journal.values()] };
};

const at = instantOf;

describe("a gap", () => {
  test("opens, ends, and is closed by a complete list asked for after its end", () => {
    const { gaps } = play([began(1000), ended(4000), filled(4000)]);
    expect(gaps).toEqual([
      {
        id: 1,
        from: at(1000),
        to: at(4000),
        cause: lost,
        state: "closed",
        filledAt: at(4050),
        brought: { matches: 10, changes: 2 },
      },
    ]);
  });

  test("is not closed by a list asked for before its end", () => {
    const { gaps, book } = play([began(1000), filled(2000), ended(4000), filled(3999)]);
    expect(gaps).toMatchObject([{ state: "unfilled", brought: null }]);
    expect(needsListFrom(book)).toBe(origin + 4000);
  });

  test("goes on when the next loss touches it before it was filled", () => {
    const { gaps } = play([began(1000), ended(4000), began(4000), ended(9000)]);
    expect(gaps).toMatchObject([{ from: at(1000), to: at(9000), state: "unfilled" }]);
  });

  test("is another when something was heard in between", () => {
    const { gaps } = play([began(1000), ended(4000), began(4001), ended(9000)]);
    expect(gaps).toMatchObject([
      { id: 1, to: at(4000) },
      { id: 2, from: at(4001), to: at(9000) },
    ]);
  });

  test("is another when the one before was filled", () => {
    const { gaps } = play([began(1000), ended(4000), filled(4000), began(4000)]);
    expect(gaps).toMatchObject([{ state: "closed" }, { state: "open", from: at(4000) }]);
  });

  test("keeps its first cause while open", () => {
    const { gaps } = play([began(1000), began(2000, { kind: "restart" })]);
    expect(gaps).toMatchObject([{ from: at(1000), cause: lost }]);
  });

  test("of the journal is a matter of its own", () => {
    const { gaps } = play([refused(1000), began(2000), ended(3000)]);
    expect(gaps).toMatchObject([{ state: "open", cause: { kind: "journal" } }, { state: "unfilled" }]);
    const later = play([refused(1000), { event: { kind: "journal-ended" }, now: moment(5000) }]);
    expect(later.gaps).toMatchObject([{ state: "unfilled", to: at(5000) }]);
  });
});

describe("before the first subscription ever", () => {
  test("nothing can be missed, however long it takes", () => {
    const { gaps } = play([began(0, { kind: "not-running" }), began(60_000), ended(90_000)], fresh());
    expect(gaps).toEqual([]);
  });

  test("the journal may refuse all the same; and after it the next loss is a gap", () => {
    const { gaps } = play([began(0), refused(10), ended(1000), began(2000)], fresh());
    expect(gaps).toMatchObject([{ cause: { kind: "journal" } }, { from: at(2000), cause: lost }]);
  });
});

describe("a new run", () => {
  test("finds a gap since the last proof of life of the run before", () => {
    const { gaps } = play([began(60_000, { kind: "not-running" }), ended(61_000)], fresh(5000));
    expect(gaps).toMatchObject([{ from: at(5000), to: at(61_000), cause: { kind: "not-running" } }]);
  });

  test("goes on with the gap that was open when the run before ended", () => {
    const before = play([began(1000)]);
    const start = openGapBook({ lastId: before.book.lastId, gaps: before.gaps, lastProofAt: 900 }, moment(8000));
    expect(start.changed).toEqual([]);
    expect(play([ended(9000)], start).gaps).toMatchObject([{ id: 1, from: at(1000), to: at(9000), cause: lost }]);
  });

  test("still waits for the list when the run before ended before it came", () => {
    const before = play([began(1000), ended(2000)]);
    const start = openGapBook({ lastId: before.book.lastId, gaps: before.gaps, lastProofAt: 2000 }, moment(8000));
    expect(play([ended(9000), filled(9000)], start).gaps).toMatchObject([
      { id: 1, from: at(1000), to: at(9000), state: "closed" },
    ]);
  });
});

describe("when the wall clock is set", () => {
  const hour = 3_600_000;
  const day = 24 * hour;

  test("back while deaf, the gap is as long as it took, and a list that is asked for after it fills it", () => {
    const { gaps, book } = play([
      began(3 * hour),
      { event: { kind: "gap-ended" }, now: moment(hour + 5000, -2 * hour) },
      {
        ...filled(0),
        event: { kind: "filled", fetchedFrom: origin + 3 * hour + 5000, brought: { matches: 1, changes: 0 } },
        now: moment(hour + 5050, -2 * hour),
      },
    ]);
    expect(gaps).toMatchObject([{ state: "closed", from: at(hour), to: at(hour + 5000), filledAt: at(hour + 5050) }]);
    expect(needsListFrom(book)).toBeNull();
  });

  test("back after it, no list is waited for that cannot come", () => {
    const { gaps, book } = play([
      began(3 * hour),
      ended(3 * hour + 5000),
      { event: { kind: "journal-ended" }, now: moment(hour + 6000, -2 * hour) },
    ]);
    expect(gaps).toMatchObject([{ state: "unfilled", from: at(hour), to: at(hour + 6000) }]);
    expect(needsListFrom(book)).toBe(origin + 3 * hour + 5000);
  });

  test("forward while deaf, the gap begins when it was said to begin: the machine may have slept", () => {
    const { gaps } = play([began(hour), { event: { kind: "gap-ended" }, now: moment(9 * hour, 8 * hour - 5000) }]);
    expect(gaps).toMatchObject([{ from: at(hour), to: at(9 * hour) }]);
  });

  test("what a run with a wrong clock wrote is no later than now, and any list of this run fills it", () => {
    const gap: Gap = {
      id: 4,
      from: at(300 * day),
      to: at(301 * day),
      cause: lost,
      state: "unfilled",
      filledAt: null,
      brought: null,
    };
    const start = openGapBook({ lastId: 4, gaps: [gap], lastProofAt: 302 * day }, moment(day));
    expect(play([], start).gaps).toMatchObject([{ id: 4, from: at(day), to: null, state: "open" }]);
    const { gaps, book } = play([ended(day + 1000)], start);
    expect(gaps).toMatchObject([{ from: at(day), to: at(day + 1000), state: "unfilled" }]);
    expect(play([filled(day + 1000)], { book, changed: gaps }).gaps).toMatchObject([{ state: "closed" }]);
    const alone = openGapBook({ lastId: 4, gaps: [gap], lastProofAt: null }, moment(day));
    expect(play([filled(day)], alone).gaps).toMatchObject([{ state: "closed" }]);
  });
});

test("whatever happens: every deaf moment lies in a gap, ids grow, and a fresh list closes all that ended", () => {
  type Turn = { readonly wait: number; readonly what: "lose" | "hear" | "list" };
  const turn = fc.record({
    wait: fc.integer({ min: 0, max: 5000 }),
    what: fc.constantFrom<Turn["what"]>("lose", "hear", "list"),
  });
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 40 }), (turns) => {
      let now = 0;
      const deaf: { from: number; to: number }[] = [];
      let since: number | null = null;
      const events: Noted[] = [];
      for (const { wait, what } of turns) {
        now += wait;
        if (what === "lose" && since === null) {
          since = now;
          events.push(began(now));
        } else if (what === "hear" && since !== null) {
          deaf.push({ from: since, to: now });
          since = null;
          events.push(ended(now));
        } else if (what === "list") events.push(filled(now));
      }
      const { gaps, book } = play(events);
      for (const { from, to } of deaf) {
        const covering = gaps.filter(
          (gap) => Date.parse(gap.from) <= from && (gap.to === null || Date.parse(gap.to) >= to),
        );
        expect(covering.length).toBeGreaterThanOrEqual(1);
      }
      expect(gaps.map((gap) => gap.id)).toEqual(gaps.map((_, index) => index + 1));
      expect(gaps.filter((gap) => gap.state === "open")).toHaveLength(since === null ? 0 : 1);
      const from = needsListFrom(book);
      if (from !== null) {
        const { event, now: later } = filled(from - origin);
        expect(needsListFrom(noteGap(book, event, later).book)).toBeNull();
      }
    }),
    { numRuns: 1000 },
  );
});

test("however the wall clock is set: no gap is negative or lies in the future, and a fresh list closes all that ended", () => {
  const turn = fc.record({
    wait: fc.integer({ min: 0, max: 5000 }),
    jump: fc.oneof(fc.constant(0), fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })),
    what: fc.constantFrom("lose" as const, "hear" as const, "list" as const, "refuse" as const, "take" as const),
    /** How long before it is noted it was so. */
    age: fc.integer({ min: 0, max: 5000 }),
  });
  const stored = fc.integer({ min: 0, max: 2_000_000_000 });
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 40 }), fc.option(stored), (turns, lastProofAt) => {
      let now = moment(1_500_000_000);
      const start = openGapBook({ lastId: 0, gaps: [], lastProofAt }, now);
      let { book } = start;
      const check = (gaps: readonly Gap[]): void => {
        for (const { from, to } of gaps) {
          expect(from <= at(now.wall), `${from} is later than ${at(now.wall)}`).toBe(true);
          if (to !== null) expect([from <= to, to <= at(now.wall)]).toEqual([true, true]);
        }
      };
      check(start.changed);
      for (const { wait, jump, what, age } of turns) {
        const before = now;
        now = { elapsed: now.elapsed + wait, wall: now.wall + wait + jump };
        const from = { elapsed: now.elapsed - Math.min(age, wait), wall: before.wall + wait - Math.min(age, wait) };
        const events: Readonly<Record<typeof what, GapEvent>> = {
          lose: { kind: "gap-began", from, cause: lost },
          hear: { kind: "gap-ended" },
          list: { kind: "filled", fetchedFrom: from.elapsed, brought: { matches: 1, changes: 0 } },
          refuse: { kind: "journal-began", from: from.wall },
          take: { kind: "journal-ended" },
        };
        const step = noteGap(book, events[what], now);
        book = step.book;
        check(step.changed);
        check(book.gaps.map(({ gap }) => gap));
      }
      const last = noteGap(noteGap(book, { kind: "gap-ended" }, now).book, { kind: "journal-ended" }, now).book;
      const list: GapEvent = { kind: "filled", fetchedFrom: now.elapsed, brought: { matches: 1, changes: 0 } };
      expect(noteGap(last, list, now).book.gaps).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
