import { describe, expect, it } from "vitest";
import { unknownFacts } from "../../../shared/match.ts";
import type { MessageGist, MessageSummary } from "../../../shared/message.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { isFiltering, matcher, noFilter } from "./filter.ts";

const summary = (gist: MessageGist, rest: Partial<MessageSummary> = {}): MessageSummary => ({
  id: 1,
  receivedAt: instant("2027-05-08T12:00:00.000Z"),
  publishedAt: null,
  channel: "fogis:matches:updates",
  messageId: "a-b-c",
  bytes: 10,
  verdict: "valid",
  gist,
  ...rest,
});
const update = summary({
  type: "match_updates",
  dialect: "fogis",
  matches: 1,
  changes: 1,
  rejected: 0,
  noted: 0,
  matchIds: ["6186203"],
});
const alert = summary({ type: "system_alert", severity: "high", alertType: "slow", text: "Kön växer" });
const invalid = summary(
  { type: "invalid", rejection: { path: "payload", reason: "is not an object" } },
  { verdict: "invalid" },
);

const match: MatchView = {
  ...unknownFacts,
  id: "6186203",
  number: "000402010",
  competition: "Ligacupen",
  home: "IFK Göteborg",
  away: "Falkenbergs FF",
  updatedAt: instant("2027-05-08T12:00:00.000Z"),
  changedAt: instant("2027-05-08T12:00:00.000Z"),
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
};

const found = (filter: Partial<typeof noFilter>) =>
  [update, alert, invalid].filter(matcher({ ...noFilter, ...filter }, [match]));

describe("matcher", () => {
  it("lets everything through without a filter", () => {
    expect(found({})).toHaveLength(3);
    expect(isFiltering({ ...noFilter, search: "  " })).toBe(false);
  });

  it("tells by channel, type and verdict, all of them together", () => {
    expect(found({ channel: "other" })).toEqual([]);
    expect(found({ type: "system_alert" })).toEqual([alert]);
    expect(found({ verdict: "invalid" })).toEqual([invalid]);
    expect(found({ verdict: "invalid", type: "system_alert" })).toEqual([]);
  });

  it("finds words in any order and case, in the message", () => {
    expect(found({ search: "VÄXER high" })).toEqual([alert]);
    expect(found({ search: "vaxer" })).toEqual([alert]);
    expect(found({ search: "not an object" })).toEqual([invalid]);
    expect(found({ search: "a-b-c" })).toHaveLength(3);
  });

  it("finds a message by the teams of its matches, which are not in the message's own line", () => {
    expect(found({ search: "göteborg falkenberg" })).toEqual([update]);
    expect(found({ search: "göteborg växer" })).toEqual([]);
  });
});
