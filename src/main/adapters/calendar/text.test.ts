import { describe, expect, test } from "vitest";
import { growth, linearGrowth } from "../../../shared/testing/growth.ts";
import { joinDescription, notesMarker, splitDescription, words } from "./text.ts";

/** Time of the processor: that others use it too makes no difference. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

describe("what a stranger wrote is looked at in a time that grows as its length", () => {
  test.each([
    ["spaces", (size: number) => " ".repeat(size)],
    ["hard spaces", (size: number) => "&nbsp;".repeat(size / 6)],
    ["dashes", (size: number) => "-".repeat(size)],
    ["tags that never close", (size: number) => "<a".repeat(size / 2)],
    ["breaks that never close", (size: number) => "<br ".repeat(size / 4)],
    ["beginnings of the marker", (size: number) => "--- Egna ".repeat(size / 9)],
    [
      "half a marker before spaces",
      (size: number) => `Egna anteckningar under den här raden bevaras${" ".repeat(size)}x`,
    ],
    ["ends of elements", (size: number) => `${notesMarker}${"</p >".repeat(size / 5)}x`],
  ])("%s", (_, textOf) => {
    expect(growth(textOf, splitDescription, cpuMs)).toBeLessThan(linearGrowth);
    expect(growth(textOf, words, cpuMs)).toBeLessThan(linearGrowth);
  });
});

test("the dashes before the marker are no part of what is ours, in whatever dress they come", () => {
  expect(splitDescription(`Vårt\n\n${notesMarker}\nMitt`)).toEqual({ ours: "Vårt\n\n", notes: "Mitt" });
  expect(splitDescription("Vårt &nbsp; ---&nbsp;Egna anteckningar under den här raden bevaras ---<br>Mitt").notes).toBe(
    "Mitt",
  );
  expect(joinDescription(`A ${notesMarker} B`, "")).toBe(`A  B\n\n${notesMarker}`);
});
