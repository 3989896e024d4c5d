import { describe, expect, it } from "vitest";
import type { Gap } from "../../shared/connection.ts";
import { instantOf } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import { resolveConfig } from "../config/resolve.ts";
import { createMatchBook } from "../matches/book.ts";
import type { LinkEvents, MatchSource, Subscription } from "../ports.ts";
import type { Taken } from "./batch.ts";
import { createFeed } from "./feed.ts";
import { createMemoryJournal } from "./testing/memory-journal.ts";
import { silentLog } from "./testing/silent-log.ts";

const start = Date.UTC(2027, 4, 6, 10);
const channel = "fogis:matches:updates";
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const encode = (json: string): Uint8Array => new TextEncoder().encode(json);

type DeskOptions = { readonly withRedis?: boolean; readonly list?: readonly unknown[] };

/** The feed on a journal in memory, with a server that always answers, and a list. */
const openDesk = async ({ withRedis = true, list }: DeskOptions = {}) => {
  const time = createVirtualClock({
    start,
    random: () => 0.5,
    breathe: () => new Promise<void>((resolve) => void setImmediate(resolve)),
  });
  const journal = createMemoryJournal(time.clock);
  let hearing: LinkEvents | null = null;
  let fetched = 0;
  let matches = list ?? [];
  const subscription: Subscription = {
    open: async (events) => ({
      subscribe: async ({ required }) => {
        hearing = events;
        return required;
      },
      stream: null,
      probe: async () => ({ proof: "publish", trouble: null }),
      close: () => {
        hearing = null;
      },
    }),
  };
  const source: MatchSource = {
    fetch: async () => {
      fetched += 1;
      return { kind: "list", matches, etag: null, bytes: 1 };
    },
  };
  const { config } = resolveConfig({
    environment: { REDIS_URL: "redis://nowhere", AVSPARK_POLL_INTERVAL: "0" },
    dotenv: {},
    settings: {},
  });
  const book = createMatchBook({ records: [], changes: [], now: time.now, placements: () => ({}) });
  const taken: Taken[] = [];
  const problems: (Problem | null)[] = [];
  let gaps: readonly Gap[] = [];
  const meta = new Map<string, string | null>();
  const feed = createFeed({
    clock: time.clock,
    log: silentLog,
    codec: { text, encode, readable: text },
    journal,
    writeBehind: {
      write: (facts) => {
        for (const [name, value] of Object.entries(facts.meta ?? {})) meta.set(name, value);
      },
    },
    book,
    loaded: {
      gaps: [],
      lastIds: { message: 0, change: 0, alert: 0, gap: 0 },
      meta: {},
      spilled: { messages: 0, bytes: 0 },
    },
    config: () => config,
    subscription: withRedis ? subscription : null,
    deskLog: null,
    takeWord: async () => undefined,
    source: list === undefined ? null : source,
  });
  feed.says.gaps((now) => {
    gaps = now;
  });
  feed.says.refused((problem) => void problems.push(problem));
  feed.says.taken((each) => void taken.push(each));
  feed.start();
  await time.advance(1000);
  return {
    time,
    journal,
    feed,
    book,
    taken,
    problems,
    meta,
    gaps: () => gaps,
    fetched: () => fetched,
    listNow: (now: readonly unknown[]) => {
      matches = now;
    },
    lose: () => hearing?.onLost({ kind: "redis-closed", message: "Redis closed the connection." }),
    tell: (...told: readonly object[]): void =>
      hearing?.onMessage(
        channel,
        encode(
          JSON.stringify({
            type: "match_updates",
            timestamp: instantOf(time.now()),
            payload: { matches: told },
          }),
        ),
      ),
  };
};

const match = (id: number, anlaggningnamn: string) => ({ matchid: id, hemmalag: "A", bortalag: "B", anlaggningnamn });

describe("the feed", () => {
  it("knows and tells what a message said when the journal has it", async () => {
    const { time, feed, tell, book, taken, journal } = await openDesk();
    tell(match(1, "Ängby IP"));
    expect(feed.isBusy()).toBe(true);
    await time.advance(5);
    expect([taken.length, book.records.size]).toEqual([0, 0]);
    await time.advance(50);
    expect(journal.matches.get("1")?.match.venue).toBe("Ängby IP");
    expect(book.records.get("1")?.match.venue).toBe("Ängby IP");
    expect(taken).toMatchObject([{ way: "redis", changes: [{ matchId: "1" }], moved: [{ id: "1" }] }]);
    expect(feed.isBusy()).toBe(false);
  });

  it("lets messages, a list, a person and a replay say the same thing in turn, and numbers it all in one row", async () => {
    const { time, feed, tell, taken, journal } = await openDesk({ list: [match(2, "B")] });
    tell(match(1, "A"), { hemmalag: "nobody" });
    await time.advance(100);
    const byHand = feed.takeManual([match(3, "C")]);
    const declined = feed.decide("1", { kind: "decline", declined: true });
    const replayed = feed.replay(null);
    await time.advance(100);
    expect((await byHand).ids).toEqual(["3"]);
    await declined;
    expect(await replayed).toEqual({ replayed: 1, accepted: 0 });
    expect(taken.map(({ way }) => way)).toEqual(["http", "redis", "manual", "manual", "replay"]);
    expect(taken.flatMap(({ changes }) => changes.map(({ id }) => id))).toEqual([1, 2, 3, 4]);
    expect([...journal.journaled.keys()]).toEqual([1, 2, 3]);
    expect(feed.comparison.counts()).toMatchObject({ redis: { first: 1 }, http: { first: 1 } });
  });

  it("asks for a list when it hears again, and is whole when that is taken", async () => {
    const { time, lose, gaps, fetched, listNow, book } = await openDesk({ list: [match(1, "A")] });
    const before = fetched();
    lose();
    expect(gaps().map(({ state }) => state)).toEqual(["open"]);
    listNow([match(1, "B")]);
    await time.advance(30_000);
    expect(gaps().map(({ state }) => state)).toEqual(["closed"]);
    expect(fetched()).toBeGreaterThan(before);
    expect(book.records.get("1")?.match.venue).toBe("B");
  });

  it("says that the journal refuses, keeps what it hears, and goes on by itself", async () => {
    const { time, tell, journal, problems, book, feed } = await openDesk();
    journal.refuse(true);
    tell(match(1, "A"));
    await time.advance(1500);
    expect(problems.at(-1)).toMatchObject({ kind: "journal-full" });
    const refused = expect(feed.takeManual([match(2, "B")])).rejects.toMatchObject({
      problem: { kind: "journal-full" },
    });
    await time.advance(100);
    await refused;
    journal.refuse(false);
    await time.advance(2000);
    expect(problems.at(-1)).toBeNull();
    expect(book.records.get("1")?.match.venue).toBe("A");
  });

  it("leaves to the next run until when it heard, and how often channels speak", async () => {
    const { time, feed, tell, meta } = await openDesk();
    tell(match(1, "A"));
    await time.advance(100);
    const stopped = feed.stop();
    await time.advance(100);
    await stopped;
    expect(Number(meta.get("proven-at"))).toBeGreaterThan(start);
    expect(meta.get("paces")).toContain(channel);
  });

  it("needs no Redis, and then takes the list alone", async () => {
    const { time, feed, book } = await openDesk({ withRedis: false, list: [match(1, "A")] });
    await time.advance(1000);
    expect(feed.connection().state).toBe("disabled");
    expect(book.records.get("1")?.match.venue).toBe("A");
    await expect(feed.restart()).rejects.toMatchObject({ problem: { kind: "redis-disabled" } });
    const without = await openDesk();
    await expect(without.feed.fetchNow()).rejects.toMatchObject({ problem: { kind: "source-unconfigured" } });
  });
});
