import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemKindOf } from "../../../shared/testing/problem-kind.ts";
import { readMatchList } from "./answer.ts";

const list = [{ matchid: 1 }, { matchid: 2 }];

const kindOf = (answer: unknown): string => problemKindOf(() => readMatchList(answer)) ?? "none";

describe("readMatchList", () => {
  test.each([
    ["bare", list],
    ["under matches", { matches: list }],
    ["under matchlista", { matchlista: list }],
    ["as FOGIS itself answers", { d: { matchlista: list, anvandare: null } }],
    ["wrapped alone", { d: list }],
    ["as services answer", { success: true, data: { matches: list, total: 2 } }],
    ["as the predecessor answers", { success: true, timestamp: "2027-05-06T15:00:00Z", matches: list }],
    ["with its number", { matches: list, total: 2, total_matches: 2, count: 2 }],
    ["with numbers that are none", { matches: list, total: "2", count: null }],
  ])("%s", (_name, answer) => {
    expect(readMatchList(answer)).toEqual(list);
  });

  test.each([
    ["source-empty", []],
    ["source-empty", { matches: [] }],
    ["source-incomplete", { matches: list, total: 3 }],
    ["source-incomplete", { matchlista: list, count: 100 }],
    ["source-status", { success: false, error: "FOGIS is down", matches: [] }],
    ["source-incomplete", { d: { matchlista: list, total: 3 } }],
    ["source-empty", { d: [] }],
    ["source-not-json", { d: { matchid: 1 } }],
    ["source-not-json", {}],
    ["source-not-json", { matches: "none" }],
    ["source-not-json", null],
    ["source-not-json", "matches"],
    ["source-not-json", 7],
  ])("%s: %j", (kind, answer) => {
    expect(kindOf(answer)).toBe(kind);
  });

  test("any JSON is a list that is not empty, or a problem", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (answer) => {
        const kind = kindOf(answer);
        if (kind === "none") expect(readMatchList(answer).length).toBeGreaterThan(0);
        else expect(kind).toMatch(/^source-/);
      }),
    );
  });
});
