import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences } from "./difference.ts";
import { branches, type Json, openedAtFirst, parentPath, visibleRows } from "./tree.ts";

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

describe("visibleRows", () => {
  const value = { a: { b: [1, 2] }, "c/d": "text" };

  it("shows the root alone when nothing is open", () => {
    expect(visibleRows(value, new Set())).toEqual([{ path: "", depth: 0, key: null, value, entries: 2, open: false }]);
  });

  it("names every line by its pointer", () => {
    expect(visibleRows(value, branches(value)).map((row) => row.path)).toEqual([
      "",
      "/a",
      "/a/b",
      "/a/b/0",
      "/a/b/1",
      "/c~1d",
    ]);
  });

  it("opens no deeper than asked", () => {
    expect([...branches(value, 2)]).toEqual(["", "/a"]);
  });

  it("gives every line a path of its own, below its parent", () => {
    fc.assert(
      fc.property(json, (root) => {
        const rows = visibleRows(root, branches(root));
        const paths = new Set(rows.map((row) => row.path));
        expect(paths.size).toBe(rows.length);
        for (const row of rows) if (row.path !== "") expect(paths.has(parentPath(row.path))).toBe(true);
      }),
    );
  });

  it("begins large trees mostly closed", () => {
    const large = { list: Array.from({ length: 1000 }, (_, index) => ({ index })) };
    expect(visibleRows(large, openedAtFirst(large))).toHaveLength(1002);
    expect(visibleRows({ list: [1, [2, [3]]] }, openedAtFirst({ list: [1, [2, [3]]] }))).toHaveLength(7);
  });
});

describe("differences", () => {
  it("names places, and both values", () => {
    expect(
      differences(
        { teams: { home: "IFK", away: "GAIS" }, time: "17:00", officials: [{ name: "A" }] },
        { teams: { home: "IFK", away: "BKH" }, venue: "Heden", officials: [{ name: "B" }, { name: "C" }] },
      ),
    ).toEqual([
      { kind: "changed", path: "teams.away", before: "GAIS", after: "BKH" },
      { kind: "removed", path: "time", before: "17:00" },
      { kind: "changed", path: "officials[0].name", before: "A", after: "B" },
      { kind: "added", path: "officials[1]", after: { name: "C" } },
      { kind: "added", path: "venue", after: "Heden" },
    ]);
  });

  it("tells a list from an object", () => {
    expect(differences([], {})).toEqual([{ kind: "changed", path: "", before: [], after: {} }]);
  });

  it("finds none between equals, and some between others", () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(differences(one, structuredClone(one))).toEqual([]);
        const equal = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(differences(one, other).length === 0).toBe(equal);
      }),
    );
  });
});

/** Keys in one order, so that equal values have equal text. */
const sorted = (value: Json): Json => {
  if (typeof value !== "object" || value === null) return value === 0 ? 0 : value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value as { readonly [key: string]: Json })
      .map(([key, child]) => [key, sorted(child)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};
