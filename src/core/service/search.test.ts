import { describe, expect, it } from "vitest";
import { unknownFacts } from "../../shared/match.ts";
import type { MessageSummary } from "../../shared/message.ts";
import { instant } from "../../shared/testing/instant.ts";
import { messageSearch } from "./search.ts";

const summary: MessageSummary = {
  id: 7,
  receivedAt: instant("2027-05-08T12:00:00.000Z"),
  publishedAt: null,
  channel: "fogis:matches:updates",
  messageId: "a-b-c",
  bytes: 10,
  verdict: "valid",
  gist: { type: "match_updates", dialect: "fogis", matches: 1, changes: 0, rejected: 0, noted: 0, matchIds: ["1"] },
};
const nothing = { view: () => null };

describe("searching messages", () => {
  it("finds all the words, in any order and case, in what is known and in the content", () => {
    const finds = (search: string) => messageSearch(search, nothing)(summary, '{"personnamn":"Anna Provsson"}');
    expect(finds("provsson ANNA")).toBe(true);
    expect(finds("updates a-b-c anna")).toBe(true);
    expect(finds("anna bo")).toBe(false);
    expect(finds("  ")).toBe(true);
  });

  it("reads letters that JSON writes by their numbers", () => {
    const escaped = String.raw`{"lag1namn":"IFK G\u00f6teborg"}`;
    expect(messageSearch("göteborg", nothing)(summary, escaped)).toBe(true);
  });

  it("finds composed and decomposed letters, and letters without their marks", () => {
    for (const name of ["Skövde AIK", "Skövde AIK".normalize("NFD")])
      for (const typed of ["skövde", "skövde".normalize("NFD"), "skovde", "SKÖVDE aik"])
        expect(messageSearch(typed, nothing)(summary, JSON.stringify({ lag1namn: name }))).toBe(true);
  });

  it("knows the matches' names where the content is gone", () => {
    const matches = {
      view: () => ({
        ...unknownFacts,
        id: "1",
        competition: "Ettan",
        home: "IFK Göteborg",
        updatedAt: summary.receivedAt,
        changedAt: summary.receivedAt,
        sources: [],
        goneAt: null,
        goneBy: null,
        inDoubt: null,
        declinedAt: null,
        changeId: 0,
        enteredByHand: false,
        length: null,
        noted: [],
        placements: {},
        warnings: [],
        told: [],
        notes: [],
      }),
    };
    expect(messageSearch("göteborg ettan", matches)(summary, null)).toBe(true);
    expect(messageSearch("göteborg ettan", nothing)(summary, null)).toBe(false);
  });
});
