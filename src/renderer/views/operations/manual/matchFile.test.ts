import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outlineOf, readMatchFile, textOfFile } from "./matchFile.ts";

const match = { matchid: 123456, hemmalag: "IFK", bortalag: "GAIS" };

describe("readMatchFile", () => {
  it.each([
    ["a bare list", [match]],
    ["the guide's request", { matches: [match] }],
    ["FOGIS's own list", { matchlista: [match] }],
    ["a whole message", { type: "match_updates", payload: { matches: [match] } }],
    ["a match alone", match],
  ])("finds the matches in %s", (_, value) => {
    expect(readMatchFile(JSON.stringify(value))).toEqual({ kind: "matches", matches: [match] });
    expect(readMatchFile(`\uFEFF${JSON.stringify(value, null, 2)}\n`)).toMatchObject({ kind: "matches" });
  });

  it("says when there is no match in it", () => {
    for (const value of [[], {}, { matches: [] }, { matches: "none" }, 7, null, "text"])
      expect(readMatchFile(JSON.stringify(value))).toEqual({ kind: "no-list" });
    expect(readMatchFile(" \n ")).toEqual({ kind: "empty" });
  });

  it("reads what Windows and Python write", () => {
    const text = JSON.stringify([match]);
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\uFEFF${text}`),
      Buffer.from(`\uFEFF${text}`, "utf16le"),
      Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
    ])
      expect(readMatchFile(textOfFile(bytes) ?? "")).toEqual({ kind: "matches", matches: [match] });
    expect(textOfFile(Buffer.from('"Malmö"', "latin1"))).toBeNull();
    expect(readMatchFile('[{"matchid": 1, "anlaggningLatitud": NaN}]')).toMatchObject({ kind: "matches" });
  });

  it("names the line on which JSON ends to be JSON", () => {
    expect(readMatchFile('[\n  {"matchid": 1},\n  {"matchid" 2}\n]')).toMatchObject({ kind: "not-json", line: 3 });
    expect(readMatchFile('[\n  {"matchid": 1},\n')).toMatchObject({ kind: "not-json", line: 2 });
    expect(
      readMatchFile('[\n  {"matchid": 1},\n  {"matchid": oops, "hemmalag": "IFK", "bortalag": "GAIS"}\n]'),
    ).toMatchObject({
      kind: "not-json",
      line: 3,
    });
  });

  it("takes any text without throwing", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const file = readMatchFile(text);
        if (file.kind === "not-json" && file.line !== null)
          expect(file.line).toBeLessThanOrEqual(text.split("\n").length);
      }),
    );
  });
});

describe("outlineOf", () => {
  it("knows every dialect", () => {
    expect(outlineOf(match)).toEqual({ id: "123456", title: "IFK – GAIS" });
    expect(outlineOf({ matchid: "1", lag1namn: "A", lag2namn: "B" })).toEqual({ id: "1", title: "A – B" });
    expect(outlineOf({ match_id: 1, teams: { home: { name: "A" }, away: { name: "B" } } })).toEqual({
      id: "1",
      title: "A – B",
    });
    expect(outlineOf({ match_id: 1, teams: "A vs B" })).toEqual({ id: "1", title: "A vs B" });
  });

  it("says nothing of what it does not know", () => {
    fc.assert(fc.property(fc.anything(), (value) => void outlineOf(value)));
    expect(outlineOf({ matchid: 1 })).toEqual({ id: "1", title: null });
    expect(outlineOf("text")).toEqual({ id: null, title: null });
  });
});
