import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StreamState, StreamTaken } from "../ports.ts";
import { addedAt, followStream, type StreamLoss, type StreamPosition } from "./stream-position.ts";

const known = (id: string, added: number | null): StreamPosition => ({ id, added, at: 1 });
type Counts = readonly [length: number, added: number | null, deleted?: string | null];
const state = (first: string | null, last: string, [length, added, deleted = null]: Counts) =>
  ({ first, last, length, added, deleted }) satisfies StreamState;

describe("what was missed", () => {
  test.each<readonly [string, StreamPosition | null, StreamState | null, StreamLoss | null]>([
    ["never looked at, not there", null, null, null],
    ["never looked at, trimmed long ago", null, state("90-0", "99-0", [10, 99]), null],
    ["was not there, is not there", known("0-0", 0), null, null],
    ["was not there, is new", known("0-0", 0), state("1-0", "3-0", [3, 3]), null],
    ["was not there, is new and trimmed", known("0-0", 0), state("2-0", "3-0", [2, 3]), "trimmed"],
    ["nothing new", known("5-0", 5), state("1-0", "5-0", [5, 5]), null],
    ["more", known("5-0", 5), state("1-0", "9-0", [9, 9]), null],
    ["trimmed before us", known("5-0", 5), state("4-0", "9-0", [6, 9]), null],
    ["trimmed up to us", known("5-0", 5), state("6-0", "9-0", [4, 9]), null],
    ["trimmed past us by one", known("5-0", 5), state("7-0", "9-0", [3, 9]), "trimmed"],
    ["trimmed to nothing, all of it read", known("9-0", 9), state(null, "9-0", [0, 9]), null],
    ["trimmed to nothing, not all of it read", known("5-0", 5), state(null, "9-0", [0, 9]), "trimmed"],
    ["one of those before us deleted", known("5-0", 5), state("1-0", "9-0", [8, 9, "3-0"]), null],
    ["one of those behind us deleted", known("5-0", 5), state("1-0", "9-0", [8, 9, "7-0"]), "trimmed"],
    ["deleted", known("5-0", 5), null, "remade"],
    ["made anew with lower ids", known("5-0", 5), state("1-0", "2-0", [2, 2]), "remade"],
    ["made anew with lower ids, and longer than before", known("5-0", 5), state("1-0", "4-9", [9, 9]), "remade"],
    ["made anew with higher ids, shorter than before", known("5-0", 5), state("8-0", "9-0", [2, 2]), "remade"],
    ["made anew with higher ids, longer than before", known("5-0", 5), state("8-0", "9-0", [8, 8]), "remade"],
    ["made anew and emptied", known("5-0", 5), state(null, "0-0", [0, 0]), "remade"],
    ["the server fell back to what it had saved", known("5-0", 5), state("1-0", "4-0", [4, 4]), "remade"],
    ["counters unknown: our entry is there", known("5-0", null), state("5-0", "9-0", [5, null]), null],
    ["counters unknown: our entry is gone", known("5-0", null), state("6-0", "9-0", [4, null]), "trimmed"],
    ["counters unknown: emptied, all of it read", known("9-0", null), state(null, "9-0", [0, null]), null],
    ["counters unknown: emptied, not all of it read", known("5-0", null), state(null, "9-0", [0, null]), "trimmed"],
    ["counters unknown: was not there", known("0-0", 0), state("6-0", "9-0", [4, null]), null],
    ["counters unknown: lower ids", known("5-0", null), state("1-0", "2-0", [2, null]), "remade"],
    ["the same milliseconds", known("5-9", 5), state("5-10", "5-11", [2, 7]), null],
    [
      "the largest ids there are",
      known("18446744073709551615-1", 5),
      state(null, "18446744073709551615-2", [0, 6]),
      "trimmed",
    ],
  ])("%s", (_name, before, now, loss) => {
    expect(followStream(before, { state: now, entries: [] }, { most: 10, at: 2 }).loss).toBe(loss);
  });
});

const entries = (...ids: readonly string[]): StreamTaken["entries"] => ids.map((id) => ({ id, fields: [] }));

describe("where one is afterwards", () => {
  test("each entry knows its place; the last of all knows the stream's", () => {
    const taken = { state: state("1-0", "9-0", [8, 9, "3-0"]), entries: entries("6-0", "7-0") };
    const step = followStream(known("5-0", 5), taken, { most: 3, at: 2 });
    expect(step.entries.map(({ position }) => position)).toEqual([
      { id: "6-0", added: 6, at: 2 },
      { id: "9-0", added: 9, at: 2 },
    ]);
    expect(step).toMatchObject({ position: { id: "9-0", added: 9 }, isCaughtUp: true });
  });

  test("as many as were asked for are perhaps not all", () => {
    const taken = { state: state("1-0", "9-0", [9, 9]), entries: entries("6-0", "7-0") };
    const step = followStream(known("5-0", 5), taken, { most: 2, at: 2 });
    expect(step).toMatchObject({ position: { id: "7-0", added: 7 }, isCaughtUp: false });
  });

  test("behind a loss it counts from what is there", () => {
    const taken = { state: state("8-0", "20-0", [13, 20]), entries: entries("8-0", "9-0") };
    const step = followStream(known("5-0", 5), taken, { most: 2, at: 2 });
    expect(step).toMatchObject({ loss: "trimmed", from: { id: "5-0", added: 7 }, position: { id: "9-0", added: 9 } });
  });

  test("a stream that is another is read from its beginning, which is no loss once more", () => {
    const other = state("1-0", "2-0", [2, 3, "1-5"]);
    const step = followStream(known("5-0", 5), { state: other, entries: [] }, { most: 9, at: 2 });
    expect(step).toMatchObject({ loss: "remade", from: null, position: null, isCaughtUp: false });
    const again = followStream(step.position, { state: other, entries: entries("1-0", "2-0") }, { most: 9, at: 3 });
    expect(again).toMatchObject({ loss: null, position: { id: "2-0", added: 3 }, isCaughtUp: true });
  });
});

/** A stream as Redis keeps one. */
const createModel = () => {
  let kept: number[] = [];
  let [last, added, deleted] = [0, 0, 0];
  let isThere = false;
  const id = (n: number): string => `${n}-0`;
  return {
    add: (): number => {
      isThere = true;
      added += 1;
      last += 1;
      kept.push(last);
      return last;
    },
    trim: (to: number): void => {
      kept = to === 0 ? [] : kept.slice(-to);
    },
    remove: (place: number): void => {
      const [gone] = kept.splice(place % Math.max(1, kept.length), 1);
      deleted = Math.max(deleted, gone ?? 0);
    },
    /** Deleted; by the clock, what comes then has higher ids. */
    remake: (): void => {
      kept = [];
      [added, deleted] = [0, 0];
      isThere = false;
    },
    take: (after: string, most: number): StreamTaken => ({
      state: isThere
        ? {
            first: kept[0] === undefined ? null : id(kept[0]),
            last: id(last),
            length: kept.length,
            added,
            deleted: deleted === 0 ? null : id(deleted),
          }
        : null,
      entries: entries(
        ...kept
          .filter((n) => n > Number.parseInt(after, 10))
          .slice(0, most)
          .map(id),
      ),
    }),
  };
};

test("whatever becomes of a stream: every entry is read, or a loss is told; and without loss none is read twice", () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.constant({ do: "add" as const }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant("read" as const), most: fc.integer({ min: 1, max: 4 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("trim" as const), to: fc.integer({ min: 0, max: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), place: fc.nat(9) }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const model = createModel();
      let position: StreamPosition | null = null;
      const read: number[] = [];
      let losses = 0;
      const look = (most: number): boolean => {
        const now = followStream(position, model.take(position?.id ?? "0-0", most), { most, at: 0 });
        if (now.loss !== null) losses += 1;
        for (const { entry } of now.entries) read.push(Number.parseInt(entry.id, 10));
        position = now.position;
        return now.isCaughtUp;
      };
      let made = 0;
      look(1);
      for (const one of steps) {
        if (one.do === "add") made = model.add();
        else if (one.do === "trim") model.trim(one.to);
        else if (one.do === "remove") model.remove(one.place);
        else look(one.most);
      }
      while (!look(2));
      expect(new Set(read).size).toBe(read.length);
      expect(read.length === made || losses > 0).toBe(true);
      // Caught up, nothing is missed any more.
      const before = losses;
      look(2);
      expect(losses).toBe(before);
    }),
    { numRuns: 2000 },
  );
});

test("a stream that is deleted is noticed, however many come after it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(20), fc.nat(9), (before, after, read) => {
      const model = createModel();
      for (let made = 0; made < before; made += 1) model.add();
      const first = followStream(null, model.take("0-0", 20), { most: 20, at: 0 });
      model.trim(read);
      model.remake();
      for (let made = 0; made < after; made += 1) model.add();
      const step = followStream(first.position, model.take(first.position?.id ?? "", 20), { most: 20, at: 1 });
      expect(step.loss).toBe("remade");
      const again = followStream(step.position, model.take("0-0", 30), { most: 30, at: 1 });
      expect(again).toMatchObject({ loss: null, isCaughtUp: true });
      expect(again.entries.length).toBe(after);
    }),
  );
});

test("an id says when its entry was added, unless the publisher made it up", () => {
  expect(addedAt("1526919030474-3")).toBe(1526919030474);
  expect(addedAt("17-0")).toBeNull();
  expect(addedAt("18446744073709551615-0")).toBeNull();
});
