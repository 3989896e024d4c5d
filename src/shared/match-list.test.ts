import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesIn } from "./match-list.ts";

const match = { matchid: 1, hemmalag: "A" };

describe("the matches in what is handed in", () => {
  it.each([
    ["a list", [match]],
    ["an empty list", []],
    ["the guide's request", { matches: [match] }],
    ["FOGIS's list", { matchlista: [match] }],
    ["FOGIS's whole answer", { d: { matchlista: [match], anvandare: null } }],
    ["a whole message", { type: "match_updates", payload: { matches: [match] } }],
    ["a message with a list for a payload", { type: "match_updates", payload: [match] }],
    ["a message whose payload has another name", { type: "match_updates", data: { matches: [match] } }],
    ["a message about one match", { payload: match }],
    ["one match where a list should be", { matches: match }],
    ["one match", match],
    ["one match of the publisher's", { match_id: 5 }],
  ])("are found in %s", (_, value) => {
    const expected = Array.isArray(value) && value.length === 0 ? [] : [expect.toSatisfy((one) => Boolean(one))];
    expect(matchesIn(value)).toEqual(expected);
  });

  it.each([[null], [7], ["text"], [{}], [{ matches: {} }], [{ payload: { status: "completed" } }], [{ d: 5 }]])(
    "are none in %j",
    (value) => {
      expect(matchesIn(value)).toBeNull();
    },
  );

  it("are looked for in anything", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void matchesIn(value)));
  });
});
