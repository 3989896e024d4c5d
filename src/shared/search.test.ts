import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { searchable, searchFor } from "./search.ts";
import { growth, linearGrowth } from "./testing/growth.ts";

/** Time of the processor: that others use it too makes no difference. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const finds = (typed: string, ...texts: readonly (string | null)[]): boolean =>
  searchFor(typed).finds(searchable(...texts));

describe("a search", () => {
  it("finds all words, in any order and case, as parts of any of the texts", () => {
    expect(finds("BORG ifk", "IFK Göteborg", null, "Gamla Ullevi")).toBe(true);
    expect(finds("borg ullevi", "IFK Göteborg", null, "Gamla Ullevi")).toBe(true);
    expect(finds("borg häcken", "IFK Göteborg", null, "Gamla Ullevi")).toBe(false);
  });

  it("finds everything when no word was typed", () => {
    expect(searchFor(" \t ")).toMatchObject({ isEmpty: true });
    expect(finds(" \t ", "Skövde")).toBe(true);
    expect(searchFor("s").isEmpty).toBe(false);
  });

  it.each([
    ["skovde", "Skövde AIK"],
    ["SKÖVDE", "Skövde AIK"],
    ["Sko\u0308vde", "Skövde AIK"],
    ["skövde", "Sko\u0308vde AIK"],
    ["angelholm", "Ängelholms FF"],
    ["ormen", "Örmen"],
    ["akeson", "Åkeson"],
    ["Kobenhavn", "København"],
    ["strasse", "Straße"],
    ["lodz", "Łódź"],
    ["andre", "André"],
    ["istanbul", "İstanbul"],
    ["ＡＩＫ", "AIK"],
    ["مكابي", "مكابي حيفا"],
  ])("%s finds %s", (typed, text) => {
    expect(finds(typed, text)).toBe(true);
  });

  it("finds any text by any part of it, however either is encoded", () => {
    const form = fc.constantFrom("NFC", "NFD", "NFKC", "NFKD");
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(text, form, form, fc.boolean(), (whole, one, other, upper) => {
        const typed = upper ? whole.normalize(one).toLocaleUpperCase("sv") : whole.normalize(one);
        expect(finds(typed, `before ${whole.normalize(other)} after`)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(["ö\u0308\u0301 ", "a b ", "\u{1f9d1}\u200d", "   "])("takes time in proportion to the text: %j", (piece) => {
    const times = growth(
      (length) => piece.repeat(length),
      (text) => finds("x y", text),
      cpuMs,
    );
    expect(times).toBeLessThan(linearGrowth);
  });
});

it("what begins a word is nearer than what is within one, and what stands in the first text nearer than in a later one", () => {
  const search = searchFor("arn");
  const distances = ["Arn Prov", "Barn Prov", "Bo Prov"].map((name) =>
    search.distance(searchable(name), searchable("Arn")),
  );
  expect(distances).toEqual([0, 1, 2]);
  expect(search.distance(searchable("Bo"))).toBe(2);
});
