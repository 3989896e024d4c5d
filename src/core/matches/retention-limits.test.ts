import { describe, expect, test } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import type { MatchFacts, SaidFacts } from "../facts/facts.ts";
import { applyFacts } from "./merge.ts";
import type { MatchRecord } from "./record.ts";
import { keptOf, limitsAt, playedAt } from "./retention-limits.ts";

const now = Date.parse("2027-05-08T12:00:00.000Z");
const ago = (days: number) => instant(new Date(now - days * 86_400_000).toISOString());
const limits = limitsAt(now, { matches: 400, personal: 90 });

const officials = [{ name: "Ada Prov", phones: { mobile: "0700000001" }, email: "ada@example.com" }];
const facts = (told: SaidFacts): MatchFacts => ({ id: "1", dialect: "fogis", wallClock: false, told, noted: [] });
const recordOf = (told: SaidFacts): MatchRecord =>
  applyFacts(undefined, facts(told), {
    origin: { at: ago(0), dialect: "fogis", channel: "c" },
    receivedAt: ago(0),
    urgent: false,
    isReplay: false,
  }).record;

describe("news of a match", () => {
  test("that is to come, or was played lately, is kept whole", () => {
    for (const days of [-10, 0, 89]) {
      const said = facts({ kickoff: ago(days), officials });
      expect(keptOf(said, undefined, limits)).toBe(said);
    }
    const unknown = facts({ officials });
    expect(keptOf(unknown, undefined, limits)).toBe(unknown);
  });

  test("that was played long ago says of nobody how to reach them, so hearing it again changes nothing", () => {
    const kept = keptOf(facts({ kickoff: ago(91), officials }), undefined, limits);
    expect(kept?.told.officials).toEqual([{ name: "Ada Prov" }]);
    // The kick-off is known though it is not told.
    const again = keptOf(facts({ officials }), recordOf({ kickoff: ago(91) }), limits);
    expect(again?.told.officials).toEqual([{ name: "Ada Prov" }]);
  });

  test("that has been archived brings it not back; one that is current still stays current", () => {
    const said = facts({ kickoff: ago(401), officials });
    expect(keptOf(said, undefined, limits)).toBeNull();
    expect(keptOf(said, recordOf({ kickoff: ago(401) }), limits)?.told.officials).toEqual([{ name: "Ada Prov" }]);
  });
});

test("who keeps contacts for longer than matches keeps them for as long as the matches", () => {
  expect(limitsAt(now, { matches: 30, personal: 90 })).toEqual({ matchesFrom: ago(30), contactsFrom: ago(30) });
});

test("a match without a kick-off is as old as the last word of it", () => {
  expect([playedAt(recordOf({ kickoff: ago(7) })), playedAt(recordOf({}))]).toEqual([ago(7), ago(0)]);
});
