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

/** By the clock that nobody sets, this run began so long after some moment. */
const origin = 5_000_000;

const world = (stored?: string) => {
  const time = { seconds: 0 };
  const clock = {
    elapsed: () => origin + time.seconds * 1000,
    now: () => start + time.seconds * 1000,
  };
  const paces = createPaceKeeper(clock, stored);
  const at = (seconds: number): void => {
    time.seconds = seconds;
  };
  return {
    paces,
    at,
    hear: (channel: string, seconds: number): void => {
      at(seconds);
      paces.note({ way: "redis", messages: [heardOn(channel, seconds)] });
    },
    quietAt: (seconds: number, ...listening: readonly string[]) => {
      at(seconds);
      return paces.quiet(listening, 10).map(({ channel }) => channel);
    },
  };
};

describe("how often channels speak", () => {
  it("says which of those listened to are quiet", () => {
    const { paces, at, hear, quietAt } = world();
    paces.hearingAgain();
    hear("a", 0);
    hear("b", 0);
    hear("a", 5);
    expect(quietAt(12, "a", "b")).toEqual(["b"]);
    expect(quietAt(20, "a", "b")).toEqual(["a", "b"]);
    expect(quietAt(20, "a")).toEqual(["a"]);
    // Until now it was we who were deaf.
    at(19);
    paces.hearingAgain();
    expect(quietAt(20, "a", "b")).toEqual([]);
  });

  it("is kept from one run to the next, each thing that was learnt once", () => {
    const { paces, hear } = world();
    expect(paces.learnt()).toBeNull();
    hear("a", 0);
    const learnt = paces.learnt();
    expect(paces.learnt()).toBeNull();
    const next = world(learnt ?? undefined);
    expect(next.paces.learnt()).toBeNull();
    next.paces.hearingAgain();
    expect(next.quietAt(20, "a")).toEqual(["a"]);
  });

  it("begins anew where it cannot be read", () => {
    for (const stored of ["", "{", '{"a": 1}']) expect(world(stored).quietAt(20, "a")).toEqual([]);
  });
});
