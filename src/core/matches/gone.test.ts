import { describe, expect, it } from "vitest";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { decodeMatches } from "../feed/decode/matches.ts";
import { goneFrom, listedIds } from "./gone.ts";
import { applyFacts } from "./merge.ts";
import type { MatchRecord } from "./record.ts";

const at = (minute: number): Instant => instantOf(Date.UTC(2027, 4, 6, 10, minute));

const asked = (minute: number, behind = 0) => ({ askedAt: at(minute), at: at(minute - behind) });

const recordOf = (id: string, minute: number): MatchRecord =>
  applyFacts(
    undefined,
    { id, dialect: "guide", wallClock: false, told: {}, noted: [] },
    {
      origin: { at: at(minute), dialect: "guide", channel: "c" },
      receivedAt: at(minute),
      urgent: false,
      isReplay: false,
    },
  ).record;

describe("what a complete list no longer has", () => {
  const records = [recordOf("1", 0), recordOf("2", 1), recordOf("3", 2)];

  it("is gone from when the fetch began", () => {
    expect(goneFrom(records, new Set(["1"]), asked(5)).map(({ match, goneAt }) => [match.id, goneAt])).toEqual([
      ["2", at(5)],
      ["3", at(5)],
    ]);
  });

  it("unless it was told of since", () => {
    expect(goneFrom(records, new Set(["9"]), asked(1)).map(({ match }) => match.id)).toEqual(["1"]);
  });

  it("by our clock, while the moment it went is told by the publisher's", () => {
    expect(goneFrom(records, new Set(["3"]), asked(5, 30)).map(({ match, goneAt }) => [match.id, goneAt])).toEqual([
      ["1", at(-25)],
      ["2", at(-25)],
    ]);
  });

  it("is gone once only", () => {
    const gone = goneFrom(records, new Set(["1", "2"]), asked(5));
    expect(goneFrom(gone, new Set(["1", "2"]), asked(6))).toEqual([]);
  });

  it("is not gone by an empty list", () => {
    expect(goneFrom(records, new Set(), asked(5))).toEqual([]);
  });
});

describe("what a list speaks of", () => {
  it("is also what in it was refused", () => {
    const decoded = decodeMatches([{ matchid: 1 }, { matchid: 2, hemmalag: [] }], "matches");
    expect(listedIds(decoded)).toEqual(new Set(["1", "2"]));
  });

  it("is unknown when an entry has no id, or when there is none at all", () => {
    expect(listedIds(decodeMatches([{ matchid: 1 }, {}], "matches"))).toBeNull();
    expect(listedIds(decodeMatches([{ matchid: 1 }, null], "matches"))).toBeNull();
    expect(listedIds(decodeMatches([], "matches"))).toBeNull();
  });
});
