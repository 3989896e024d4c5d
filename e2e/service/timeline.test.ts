import { expect, test } from "vitest";
import type { Difference } from "../../src/shared/change.ts";
import { brokenIn } from "./timeline.ts";

const timeline = (...differences: readonly Difference[]) => differences.map((difference, id) => ({ id, difference }));
const added: Difference = { field: "added" };
const venue = (before: string, after: string): Difference => ({ field: "venue", before, after });

test("a timeline in which each change goes on from the one before is whole", () => {
  const changes = [
    venue("Heden", "Valhalla"),
    venue("Valhalla", "Heden"),
    { field: "gone" },
    { field: "returned" },
  ] as const;
  expect(brokenIn(timeline(added, ...changes))).toEqual([]);
});

test.each<readonly [string, readonly Difference[], RegExp]>([
  ["without its beginning", [venue("Heden", "Valhalla")], /begins with venue/],
  ["that is empty", [], /begins with nothing/],
  ["with two beginnings", [added, added], /added again/],
  ["with a change that changes nothing", [added, venue("Heden", "Heden")], /to the same/],
  ["with a hole", [added, venue("Heden", "Valhalla"), venue("Ruddalen", "Heden")], /it was "Valhalla"/],
  ["in which it goes twice", [added, { field: "gone" }, { field: "gone" }], /gone again/],
  ["in which it returns without having gone", [added, { field: "returned" }], /returned again/],
])("a timeline %s is not", (_what, differences, said) => {
  expect(brokenIn(timeline(...differences))[0]).toMatch(said);
});

test("a timeline with a change twice is not whole", () => {
  const [first] = timeline(added);
  if (first === undefined) throw new Error("There is one.");
  expect(brokenIn([first, { ...first, difference: venue("Heden", "Valhalla") }])).toEqual(["0 twice"]);
});
