import { describe, expect, test } from "vitest";
import { joinDescription, notesMarker, splitDescription, words } from "./text.ts";

/** How much longer it takes for so much more text; the best of some tries, since other work comes in between. */
const growth = (run: (text: string) => unknown, textOf: (size: number) => string): number => {
  const best = (size: number): number => {
    const text = textOf(size);
    return Math.min(
      ...[1, 2, 3, 4, 5].map(() => {
        const begun = performance.now();
        run(text);
        return performance.now() - begun;
      }),
    );
  };
  best(20_000);
  return best(400_000) / Math.max(best(20_000), 0.1);
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
    // Twenty times the text: quadratic would be four hundred times as long.
    expect(growth(splitDescription, textOf)).toBeLessThan(100);
    expect(growth(words, textOf)).toBeLessThan(100);
  });
});

test("the dashes before the marker are no part of what is ours, in whatever dress they come", () => {
  expect(splitDescription(`Vårt\n\n${notesMarker}\nMitt`)).toEqual({ ours: "Vårt\n\n", notes: "Mitt" });
  expect(splitDescription("Vårt &nbsp; ---&nbsp;Egna anteckningar under den här raden bevaras ---<br>Mitt").notes).toBe(
    "Mitt",
  );
  expect(joinDescription(`A ${notesMarker} B`, "")).toBe(`A  B\n\n${notesMarker}`);
});
