import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Gap } from "../../shared/connection.ts";
import { type GapBook, type GapEvent, needsListFrom, noteGap, openGapBook } from "./gaps.ts";

const problem = { kind: "redis-closed", message: "Redis closed the connection." } as const;
const lost = { kind: "lost", problem } as const;
const fresh = (lastProofAt: number | null = null) => openGapBook({ lastId: 0, gaps: [], lastProofAt });

const began = (from: number, cause: Gap["cause"] = lost): GapEvent => ({ kind: "gap-began", from, cause });
const ended = (at: number): GapEvent => ({ kind: "gap-ended", at });
const filled = (fetchedFrom: number): GapEvent => ({
  kind: "filled",
  fetchedFrom,
  at: fetchedFrom + 50,
  brought: { matches: 10, changes: 2 },
});

/** A book whose owner has heard something already. */
const heardBefore = noteGap(fresh().book, ended(0));

/** All gaps ever, as a journal would hold them. */
const play = (events: readonly GapEvent[], start = heardBefore) => {
  const journal = new Map<number, Gap>();
  let book: GapBook = start.book;
  for (const gap of start.changed) journal.set(gap.id, gap);
  for (const event of events) {
    const result = noteGap(book, event);
    book = result.book;
    for (const gap of result.changed) journal.set(gap.id, gap);
  }
  return { book, gaps: [...journal.values()] };
};

const at = (ms: number): string => new Date(ms).toISOString();

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
    expect(needsListFrom(book)).toBe(4000);
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
    const { gaps } = play([began(1000, { kind: "journal" }), began(2000), ended(3000)]);
    expect(gaps).toMatchObject([{ state: "open", cause: { kind: "journal" } }, { state: "unfilled" }]);
    const later = play([began(1000, { kind: "journal" }), { kind: "journal-ended", at: 5000 }]);
    expect(later.gaps).toMatchObject([{ state: "unfilled", to: at(5000) }]);
  });
});

describe("before the first subscription ever", () => {
  test("nothing can be missed, however long it takes", () => {
    const { gaps } = play([began(0, { kind: "not-running" }), began(60_000), ended(90_000)], fresh());
    expect(gaps).toEqual([]);
  });

  test("the journal may refuse all the same; and after it the next loss is a gap", () => {
    const { gaps } = play([began(0), began(10, { kind: "journal" }), ended(1000), began(2000)], fresh());
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
    const start = openGapBook({ lastId: before.book.lastId, gaps: before.gaps, lastProofAt: 900 });
    expect(start.changed).toEqual([]);
    expect(play([ended(9000)], start).gaps).toMatchObject([{ id: 1, from: at(1000), to: at(9000), cause: lost }]);
  });

  test("still waits for the list when the run before ended before it came", () => {
    const before = play([began(1000), ended(2000)]);
    const start = openGapBook({ lastId: before.book.lastId, gaps: before.gaps, lastProofAt: 2000 });
    expect(play([ended(9000), filled(9000)], start).gaps).toMatchObject([
      { id: 1, from: at(1000), to: at(9000), state: "closed" },
    ]);
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
      const events: GapEvent[] = [];
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
        const done = noteGap(book, filled(from));
        expect(done.book.gaps.filter((gap) => gap.state === "unfilled")).toEqual([]);
      }
    }),
    { numRuns: 1000 },
  );
});
