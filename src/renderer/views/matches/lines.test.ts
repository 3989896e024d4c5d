import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { match } from "../../samples.ts";
import { layoutLines, liesAs, linesDrawn, linesOf, marksAfter } from "./lines.ts";

// In Stockholm: Friday night, Saturday's first minute, Saturday, not set.
const rows = [
  match("1", "2027-05-07T21:59:00.000Z"),
  match("2", "2027-05-07T22:00:00.000Z"),
  match("3", "2027-05-08T12:00:00.000Z"),
  match("4", null),
];

describe("linesOf", () => {
  it("puts a heading with the number of its matches before each day in Stockholm", () => {
    expect(linesOf(rows, true)).toEqual([
      { kind: "day", day: "2027-05-07", matches: 1 },
      { kind: "match", index: 0 },
      { kind: "day", day: "2027-05-08", matches: 2 },
      { kind: "match", index: 1 },
      { kind: "match", index: 2 },
      { kind: "day", day: null, matches: 1 },
      { kind: "match", index: 3 },
    ]);
    expect(linesOf(rows.toReversed(), true).flatMap((line) => (line.kind === "day" ? [line.day] : []))).toEqual([
      null,
      "2027-05-08",
      "2027-05-07",
    ]);
  });

  it("has rows alone in another order, and nothing for nothing", () => {
    expect(linesOf(rows, false).map(({ kind }) => kind)).toEqual(["match", "match", "match", "match"]);
    expect(linesOf([], true)).toEqual([]);
  });
});

describe("layoutLines", () => {
  it("knows where each line begins, and the line of each row", () => {
    expect(layoutLines(linesOf(rows, true), { day: 30, match: 36 })).toEqual({
      tops: [0, 30, 66, 96, 132, 168, 198],
      lineOf: [1, 3, 4, 6],
    });
  });
});

describe("marksAfter", () => {
  const ids = ["a", "b", "c", "d"];
  it("turns one, and with Shift marks all between two, whichever was first", () => {
    const press = (marked: readonly string[], id: string, before: string | null) =>
      [...marksAfter(new Set(marked), { ids, id, before })].sort();
    expect(press([], "b", null)).toEqual(["b"]);
    expect(press(["b", "d"], "b", null)).toEqual(["d"]);
    expect(press(["b"], "d", "b")).toEqual(["b", "c", "d"]);
    expect(press(["d"], "a", "d")).toEqual(["a", "b", "c", "d"]);
    expect(press(["d"], "a", "gone")).toEqual(["a", "d"]);
  });

  it("gives back what was marked after two presses on one", () => {
    fc.assert(
      fc.property(fc.subarray(ids), fc.constantFrom(...ids), (marked, id) => {
        const once = marksAfter(new Set(marked), { ids, id, before: null });
        expect(marksAfter(once, { ids, id, before: null })).toEqual(new Set(marked));
      }),
    );
  });
});

it("draws as many lines at both ends as between them, and no more than there are", () => {
  expect(linesDrawn(-3, { count: 10, size: 4 })).toEqual([0, 1, 2, 3]);
  expect(linesDrawn(5, { count: 10, size: 4 })).toEqual([5, 6, 7, 8]);
  expect(linesDrawn(9, { count: 10, size: 4 })).toEqual([6, 7, 8, 9]);
  expect(linesDrawn(1, { count: 2, size: 4 })).toEqual([0, 1]);
});

it("lets rows lie as before while their kick-offs are the same", () => {
  const [first = match("1", null), ...others] = rows;
  expect(liesAs([{ ...first, venue: "Ullevi" }, ...others], rows)).toBe(true);
  expect(liesAs([{ ...first, kickoff: null }, ...others], rows)).toBe(false);
  expect(liesAs(others, rows)).toBe(false);
  expect(liesAs(rows, others)).toBe(false);
});
