import { describe, expect, it } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import type { JournaledMessage } from "../journal.ts";
import { createPaceKeeper } from "./pace-keeper.ts";

const start = Date.UTC(2027, 4, 6, 10);
const heardOn = (channel: string, seconds: number): JournaledMessage => ({
  summary: {
    id: 1,
    receivedAt: instantOf(start + seconds * 1000),
    publishedAt: null,
    channel,
    messageId: null,
    bytes: 1,
    verdict: "valid",
    gist: { type: "invalid", rejection: { path: "", reason: "" } },
  },
  payload: null,
  matchIds: [],
  rejections: [],
});

describe("how often channels speak", () => {
  it("says which of those listened to are quiet", () => {
    const paces = createPaceKeeper(undefined);
    paces.note([heardOn("a", 0), heardOn("b", 0), heardOn("a", 5)]);
    const quietAt = (seconds: number, ...listening: readonly string[]) =>
      paces.quiet(listening, start + seconds * 1000, 10).map(({ channel }) => channel);
    expect(quietAt(12, "a", "b")).toEqual(["b"]);
    expect(quietAt(20, "a", "b")).toEqual(["a", "b"]);
    expect(quietAt(20, "a")).toEqual(["a"]);
    // Until now it was we who were deaf.
    paces.hearingAgain(start + 19_000);
    expect(quietAt(20, "a", "b")).toEqual([]);
  });

  it("is kept from one run to the next, each thing that was learnt once", () => {
    const paces = createPaceKeeper(undefined);
    expect(paces.learnt()).toBeNull();
    paces.note([heardOn("a", 0)]);
    const learnt = paces.learnt();
    expect(paces.learnt()).toBeNull();
    const next = createPaceKeeper(learnt ?? undefined);
    expect(next.learnt()).toBeNull();
    expect(next.quiet(["a"], start + 20_000, 10)).toHaveLength(1);
  });

  it("begins anew where it cannot be read", () => {
    for (const stored of ["", "{", '{"a": 1}']) expect(createPaceKeeper(stored).quiet(["a"], start, 10)).toEqual([]);
  });
});
