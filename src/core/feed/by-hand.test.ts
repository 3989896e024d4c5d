import { describe, expect, it } from "vitest";
import { enteredMatchSchema } from "../../shared/match.ts";
import type { Arrival, Way } from "./arrival.ts";
import { emptyOutcome } from "./batch.ts";
import { inFogisWords, takeByHand } from "./by-hand.ts";
import { decodeMatches } from "./decode/matches.ts";

const createDesk = () => {
  const taken: (readonly [Way, readonly Arrival[]])[] = [];
  const tools = {
    clock: { now: () => Date.UTC(2027, 4, 6, 10), elapsed: () => 5000 },
    /** The publisher's clock is three minutes behind. */
    publisherAt: ({ wall }: { readonly wall: number }) => wall - 180_000,
    take: async (way: Way, arrivals: readonly Arrival[]) => {
      taken.push([way, arrivals]);
      return emptyOutcome(way);
    },
  };
  return { tools, taken };
};

describe("a list from a person's hand", () => {
  it("is said at this moment, by the publisher's clock, and makes no claim to be complete", async () => {
    const { tools, taken } = createDesk();
    expect((await takeByHand([{ matchid: 1 }, { matchid: 1 }, { matchid: 2 }], tools)).ids).toEqual(["1", "2"]);
    expect(taken).toMatchObject([
      [
        "manual",
        [
          {
            telling: {
              channel: "manual",
              at: "2027-05-06T09:57:00.000Z",
              receivedAt: "2027-05-06T10:00:00.000Z",
              isReplay: false,
              completeAt: null,
            },
          },
        ],
      ],
    ]);
  });

  it("is taken without its bad matches, which are named", async () => {
    const { tools, taken } = createDesk();
    const { ids, rejected } = await takeByHand([{ hemmalag: "A" }, { matchid: 2 }], tools);
    expect(ids).toEqual(["2"]);
    expect(rejected).toMatchObject([{ index: 0, path: "matches[0].matchid" }]);
    expect(taken).toHaveLength(1);
  });

  it("with nothing but bad matches is refused", async () => {
    const { tools, taken } = createDesk();
    await expect(takeByHand([{ hemmalag: "A" }], tools)).rejects.toMatchObject({
      problem: { kind: "match-without-id", at: "matches[0].matchid" },
    });
    expect(taken).toEqual([]);
  });

  it("is refused when the journal refuses it", async () => {
    const { tools } = createDesk();
    const take = () => Promise.reject(new Error("full"));
    await expect(takeByHand([{ matchid: 1 }], { ...tools, take })).rejects.toThrow("full");
  });
});

describe("a match that a person entered", () => {
  const read = (entered: unknown) =>
    decodeMatches([inFogisWords("hand-1", enteredMatchSchema.parse(entered))], "matches").matches[0];

  it("is read as it was entered", () => {
    const official = { role: "Huvuddomare", name: "Anna Prov", phone: "070-000 00 01", email: "anna@example.com" };
    const kickoff = "2027-05-08T13:00:00.000Z";
    const entered = { home: " Hemma IF ", away: "Borta BK", kickoff, venue: "Heden", status: "postponed" };
    expect(read({ ...entered, officials: [official] })).toMatchObject({
      id: "hand-1",
      told: {
        home: "Hemma IF",
        away: "Borta BK",
        kickoff,
        venue: "Heden",
        competition: null,
        status: "postponed",
        officials: [
          { role: "Huvuddomare", name: "Anna Prov", phones: { mobile: "070-000 00 01" }, email: "anna@example.com" },
        ],
      },
      noted: [],
    });
  });

  it("tells what is left out as none, so that it can be taken away again", () => {
    const told = { kickoff: null, venue: null, competition: null, status: "scheduled", officials: [] };
    expect(read({ home: "Hemma IF", away: "Borta BK" })).toMatchObject({ told });
  });
});
