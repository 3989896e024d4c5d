import { describe, expect, it } from "vitest";
import type { Dialect } from "../../../shared/match.ts";
import type { MessageSummary } from "../../../shared/message.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { matchIn, previousOf } from "./previous.ts";

const message = (id: number, dialect: Dialect): MessageSummary => ({
  id,
  receivedAt: instant("2027-05-08T12:00:00.000Z"),
  publishedAt: null,
  channel: "updates",
  messageId: null,
  bytes: 10,
  verdict: "valid",
  gist: { type: "match_updates", dialect, matches: 1, changes: 0, rejected: 0, noted: 0, matchIds: ["7"] },
});

describe("matchIn", () => {
  it("finds a match by the id of any dialect, as a number or as text", () => {
    const raw = { matchid: 7, lag1namn: "IFK" };
    const enhanced = { match_id: "8", teams: {} };
    const payload = { type: "match_updates", payload: { matches: [raw, enhanced] } };
    expect(matchIn(payload, "7")).toEqual(raw);
    expect(matchIn(payload, "8")).toEqual(enhanced);
    expect(matchIn(payload, "9")).toBeNull();
    expect(matchIn("7", "7")).toBeNull();
  });
});

describe("previousOf", () => {
  it("is the newest earlier one in the same dialect", () => {
    const candidates = [message(9, "fogis"), message(8, "legacy"), message(6, "fogis"), message(5, "fogis")];
    expect(previousOf(message(8, "fogis"), candidates)?.id).toBe(6);
    expect(previousOf(message(8, "enhanced"), candidates)).toBeNull();
  });
});
