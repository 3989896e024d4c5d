import { describe, expect, it } from "vitest";
import type { SyncResult } from "../../../../shared/calendar.ts";
import { besideProblem } from "../../../actions.ts";
import { byMatch, countOutcomes } from "./results.ts";

const result = (matchId: string, target: SyncResult["target"], outcome: SyncResult["outcome"]): SyncResult => ({
  matchId,
  target,
  outcome,
  reason: null,
  problem: null,
});

const results = [
  result("1", "ics", "inserted"),
  result("2", "ics", "unchanged"),
  result("1", "google", "inserted"),
  result("2", "google", "failed"),
];

describe("the results of a sync", () => {
  it("are gathered by match, the failed ones first", () => {
    expect(byMatch(results).map(({ matchId, failed }) => [matchId, failed])).toEqual([
      ["2", true],
      ["1", false],
    ]);
    expect(byMatch(results)[0]?.targets.google?.outcome).toBe("failed");
  });

  it("are counted, the bad ones first", () => {
    expect(countOutcomes(results)).toEqual([
      { outcome: "failed", count: 1 },
      { outcome: "inserted", count: 2 },
      { outcome: "unchanged", count: 1 },
    ]);
  });

  it("come beside a problem, and anything else there is nothing", () => {
    expect(besideProblem({ message: "x", results }).results).toEqual(results);
    expect(besideProblem({ rejected: [{ index: 0, path: "matches[0]", reason: "no id" }] }).rejected).toHaveLength(1);
    for (const other of [undefined, null, 7, {}, { results: "many" }])
      expect(besideProblem(other)).toEqual({ results: [], rejected: [] });
  });
});
