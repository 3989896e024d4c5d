import { describe, expect, it } from "vitest";
import { ProblemError } from "../../shared/problem.ts";
import type { Moment } from "../moment.ts";
import type { Arrival, Way } from "./arrival.ts";
import { emptyOutcome } from "./batch.ts";
import type { FetchedList } from "./poller.ts";
import { createSourceLists } from "./source-lists.ts";

const wall = Date.UTC(2027, 4, 6, 10);
const etag = '"1"';

const createDesk = () => {
  let elapsed = 5000;
  /** How far the publisher's clock is behind, as far as is known. */
  let behind = 0;
  let isWhole = true;
  let refusing = false;
  const taken: Arrival[] = [];
  const kept: Readonly<Record<string, string | null>>[] = [];
  const lists = createSourceLists({
    loaded: { meta: {}, lastIds: { message: 0, change: 0, alert: 0, gap: 0 } },
    source: "one",
    clock: { now: () => wall + elapsed, elapsed: () => elapsed },
    publisherAt: (moment: Moment) => moment.wall - behind,
    take: async (way: Way, arrivals: readonly Arrival[]) => {
      if (refusing) throw new ProblemError({ kind: "journal-full", message: "No room." });
      taken.push(...arrivals);
      return { ...emptyOutcome(way), isWhole };
    },
    keep: (meta) => kept.push(meta),
  });
  const fetchedAt = (asked: number): FetchedList => ({
    kind: "list",
    fetchedFrom: { elapsed: asked, wall: wall + asked },
    matches: [{ matchid: 1 }, { matchid: 2 }],
    etag,
    bytes: 1,
  });
  return {
    lists,
    taken,
    kept,
    fetchedAt,
    pass: (ms: number): void => {
      elapsed += ms;
    },
    learn: (ms: number): void => {
      behind = ms;
    },
    lack: (): void => {
      isWhole = false;
    },
    refuse: (): void => {
      refusing = true;
    },
  };
};

describe("a list of the source", () => {
  it("was said when it was asked for, by the publisher's clock, and claims to be complete as of then", async () => {
    const { lists, taken, fetchedAt, pass, learn } = createDesk();
    learn(60_000);
    pass(1000);
    expect(await lists.take(fetchedAt(5000))).toEqual({ matches: 2, changes: 0 });
    expect(taken).toMatchObject([
      {
        telling: {
          channel: "http",
          at: "2027-05-06T09:59:05.000Z",
          receivedAt: "2027-05-06T10:00:06.000Z",
          isReplay: false,
          completeAt: "2027-05-06T10:00:05.000Z",
        },
      },
    ]);
  });

  it("that is unchanged brings nothing, and has what the one before had", async () => {
    const { lists, taken, fetchedAt } = createDesk();
    await lists.take(fetchedAt(5000));
    const unchanged = { kind: "unchanged", fetchedFrom: { elapsed: 6000, wall: wall + 6000 } } as const;
    expect(await lists.take(unchanged)).toEqual({ matches: 2, changes: 0 });
    expect(taken).toHaveLength(1);
  });

  it("lets its ETag be used while nobody else tells of a match, and keeps it for the next run", async () => {
    const { lists, kept, fetchedAt } = createDesk();
    expect(lists.asking()).toBeNull();
    await lists.take(fetchedAt(5000));
    expect(lists.asking()).toBe(etag);
    expect(kept).toMatchObject([{ "list-etag": etag, "list-matches": "2", "list-source": "one" }]);
    lists.note({ ...emptyOutcome("redis"), matches: [] });
    expect(lists.asking()).toBe(etag);
  });

  it("lets its ETag not be used when a match stays that it does not have, or when the journal refused it", async () => {
    const lacking = createDesk();
    lacking.lack();
    await lacking.lists.take(lacking.fetchedAt(5000));
    expect(lacking.lists.asking()).toBeNull();
    const refused = createDesk();
    refused.refuse();
    await expect(refused.lists.take(refused.fetchedAt(5000))).rejects.toMatchObject({
      problem: { kind: "journal-full" },
    });
    expect([refused.lists.asking(), refused.kept]).toEqual([null, []]);
  });

  it("was overrated when the publisher's clock turns out to have been behind, which is said once", async () => {
    const { lists, fetchedAt, learn } = createDesk();
    expect(lists.wasOverrated()).toBe(false);
    await lists.take(fetchedAt(5000));
    learn(500);
    expect(lists.wasOverrated()).toBe(false);
    learn(180_000);
    expect([lists.wasOverrated(), lists.wasOverrated()]).toEqual([true, false]);
  });
});
