import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProblemError } from "../../shared/problem.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { JournalBatch, JournaledMessage, SpilledMessage } from "../journal.ts";
import type { Clock } from "../ports.ts";
import { type Arrival, type Heard, messageArrival } from "./arrival.ts";
import { emptyOutcome } from "./batch.ts";
import type { InboxLimits, Limits } from "./inbox.ts";
import { createIngest, type Trouble } from "./ingest.ts";
import type { Decoded } from "./message.ts";
import { silentLog } from "./testing/silent-log.ts";

const limits = { messages: 30, bytes: 1000 } as const;
const spillBytes = 1e9;
const start = Date.UTC(2027, 4, 6);

/** A journal that can be told to refuse and to take its time; what it holds outlives the ingest. */
const createShelf = (clock: Pick<Clock, "after">) => {
  const taken: string[] = [];
  let spill: SpilledMessage[] = [];
  let spills = 0;
  let refusing = false;
  let writeMs = 0;
  let writing = 0;
  /** What must never be, said here since the ingest goes on whatever is thrown at it. */
  const broken: string[] = [];
  const full = (): never => {
    throw new ProblemError({ kind: "journal-full", message: "No room." });
  };
  return {
    taken,
    broken,
    waiting: () => spill.length,
    spills: () => spills,
    spilledBytes: () => spill.reduce((sum, { payload }) => sum + payload.byteLength, 0),
    refuse: (now: boolean): void => {
      refusing = now;
    },
    takeTime: (ms: number): void => {
      writeMs = ms;
    },
    append: async ({ messages = [], spilled = [], unspilledTo = 0 }: JournalBatch): Promise<void> => {
      writing += 1;
      if (writing > 1) broken.push("two batches at once");
      if (writeMs > 0) await new Promise<void>((resolve) => void clock.after(writeMs, resolve));
      writing -= 1;
      if (refusing) full();
      taken.push(...messages.map(({ summary }) => summary.channel));
      spill = spill.filter(({ spillId }) => spillId > unspilledTo);
      for (const message of spilled) spill.push({ ...message, spillId: ++spills });
    },
    spilled: (most: Limits): readonly SpilledMessage[] => {
      if (refusing) full();
      let bytes = 0;
      return spill.slice(0, most.messages).filter(({ payload }) => {
        const fits = bytes < most.bytes;
        bytes += payload.byteLength;
        return fits;
      });
    },
  };
};
type Shelf = ReturnType<typeof createShelf>;

/** Stands for decoding and applying: the channel is the message's name. */
const asMessage = ({ telling }: Arrival): JournaledMessage => ({
  summary: {
    id: 0,
    receivedAt: telling.receivedAt,
    publishedAt: null,
    channel: telling.channel,
    messageId: null,
    bytes: 0,
    verdict: "valid",
    gist: { type: "match_updates", dialect: null, matches: 0, changes: 0, rejected: 0, noted: 0, matchIds: [] },
  },
  payload: null,
  matchIds: [],
  rejections: [],
});
type DeskOptions = { readonly decodeMs?: () => void; readonly limits?: Partial<InboxLimits> };

const createDesk = (shelf: Shelf, clock: Clock, options: DeskOptions = {}) => {
  const acted: string[] = [];
  const decoded: number[] = [];
  const slices: number[] = [];
  const troubles: (Trouble | null)[] = [];
  const before = shelf.taken.length;
  const ingest = createIngest({
    journal: shelf,
    clock,
    log: silentLog,
    limits: { queue: limits, overflow: limits, spillBytes, ...options.limits },
    spilled: { messages: shelf.waiting(), bytes: shelf.spilledBytes() },
    decode: (payload) => {
      options.decodeMs?.();
      decoded.push(payload.byteLength);
      return { ok: false, rejection: { path: "", reason: "" }, messageId: null, publishedAt: null };
    },
    batches: {
      apply: (way, arrivals) => {
        if (acted.length !== shelf.taken.length - before) shelf.broken.push("built on what is not known");
        slices.push(arrivals.length);
        return { ...emptyOutcome(way), messages: arrivals.map(asMessage) };
      },
      commit: (outcome) => {
        acted.push(...outcome.messages.map(({ summary }) => summary.channel));
        return { ...outcome, moved: [] };
      },
    },
  });
  ingest.troubled((trouble) => void troubles.push(trouble));
  return { ingest, acted, decoded, slices, troubles };
};

const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const virtualTime = () => createVirtualClock({ start, random: () => 0.5, breathe });
const heardAt = (clock: { readonly now: () => number }, name: number, bytes = 10): Heard => ({
  channel: String(name),
  payload: new Uint8Array(bytes),
  receivedAt: clock.now(),
});
const names = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

const unreadable: Decoded = { ok: false, rejection: { path: "", reason: "" }, messageId: null, publishedAt: null };
/** Each trouble ends with the count it has grown to. */
const lostIn = (troubles: readonly (Trouble | null)[]): number =>
  troubles.reduce((sum, trouble, index) => {
    const isLast = index === troubles.length - 1 || troubles[index + 1] === null;
    return sum + (isLast ? (trouble?.lost?.count ?? 0) : 0);
  }, 0);

describe("ingest", () => {
  it("journals what it hears in order, in one batch when it comes at once, and acts on it afterwards", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, acted, slices } = createDesk(shelf, time.clock);
    await time.advance(10);
    for (let name = 1; name <= 20; name += 1) ingest.receive(heardAt(time, name));
    expect(shelf.taken).toEqual([]);
    await time.advance(10);
    expect(shelf.taken).toEqual(names(1, 20));
    expect(acted).toEqual(shelf.taken);
    expect(slices).toEqual([20]);
  });

  it("spills what memory cannot hold, by count and by bytes, and keeps the order", async () => {
    for (const bytes of [10, 200]) {
      const time = virtualTime();
      const shelf = createShelf(time.clock);
      const { ingest } = createDesk(shelf, time.clock, { limits: { overflow: { messages: 1000, bytes: 1e6 } } });
      await time.advance(10);
      for (let name = 1; name <= 100; name += 1) ingest.receive(heardAt(time, name, bytes));
      await time.advance(4);
      expect(shelf.spills()).toBe(100 - Math.min(limits.messages, limits.bytes / bytes));
      ingest.receive(heardAt(time, 101, bytes));
      await time.advance(100);
      expect(shelf.taken).toEqual(names(1, 101));
      expect(shelf.waiting()).toBe(0);
    }
  });

  it("begins with what the run before had to leave in the spill", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    await shelf.append({ spilled: [heardAt(time, 1), heardAt(time, 2)] });
    const { ingest } = createDesk(shelf, time.clock);
    ingest.receive(heardAt(time, 3));
    await time.advance(100);
    expect(shelf.taken).toEqual(names(1, 3));
  });

  it("journals at once what belongs together, however long that takes", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const batches: (readonly [readonly string[], JournalBatch["meta"]])[] = [];
    const append = async (batch: JournalBatch): Promise<void> => {
      batches.push([(batch.messages ?? []).map(({ summary }) => summary.channel), batch.meta]);
      await shelf.append(batch);
    };
    let now = start;
    const clock = { ...time.clock, elapsed: () => now };
    const decodeMs = (): void => {
      now += 4;
    };
    const { ingest } = createDesk({ ...shelf, append }, clock, { decodeMs });
    await time.advance(10);
    for (let name = 1; name <= 8; name += 1) {
      const goesOn = name >= 3 && name <= 5;
      ingest.receive({ ...heardAt(time, name), goesOn, ...(name === 6 && { keeping: { position: "6" } }) });
    }
    await time.advance(100);
    expect(batches).toEqual([
      [names(1, 6), { position: "6" }],
      [names(7, 8), undefined],
    ]);
  });

  it("ends a slice in time, so that the socket is read in between", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    let now = start;
    const clock = { ...time.clock, elapsed: () => now };
    const { ingest, slices } = createDesk(shelf, clock, {
      decodeMs: () => {
        now += 4;
      },
    });
    await time.advance(10);
    for (let name = 1; name <= 9; name += 1) ingest.receive(heardAt(time, name));
    await time.advance(100);
    expect(slices).toEqual([3, 3, 3]);
  });

  it("acts on nothing that is not journaled, and tries the same again", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, acted, slices, troubles } = createDesk(shelf, time.clock);
    await time.advance(10);
    shelf.refuse(true);
    ingest.receive(heardAt(time, 1));
    await time.advance(2500);
    ingest.receive(heardAt(time, 2));
    expect([acted, slices]).toEqual([[], [1]]);
    expect(troubles.map((trouble) => [trouble?.problem.kind, trouble?.lost])).toEqual(
      Array(3).fill(["journal-full", null]),
    );
    shelf.refuse(false);
    await time.advance(1000);
    expect(acted).toEqual(["1", "2"]);
    expect(troubles.at(-1)).toBeNull();
    expect(troubles).toHaveLength(4);
  });

  it("lets the newest go when memory is full too, and says how many and since when", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, acted, troubles } = createDesk(shelf, time.clock);
    await time.advance(10);
    shelf.refuse(true);
    for (let name = 1; name <= 2 * limits.messages; name += 1) ingest.receive(heardAt(time, name));
    await time.advance(100);
    const from = time.now();
    for (let name = 1; name <= 5; name += 1) ingest.receive(heardAt(time, 1000 + name));
    shelf.refuse(false);
    await time.advance(1000);
    expect(acted).toEqual(names(1, 2 * limits.messages));
    expect(troubles.slice(-2)).toMatchObject([{ lost: { count: 5, from } }, null]);
    ingest.receive(heardAt(time, 99));
    await time.advance(100);
    expect(acted.at(-1)).toBe("99");
  });

  it("journals what waits when it stops, and takes no more", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const first = createDesk(shelf, time.clock, { limits: { overflow: { messages: 1000, bytes: 1e6 } } });
    await time.advance(10);
    for (let name = 1; name <= 80; name += 1) first.ingest.receive(heardAt(time, name));
    await time.advance(4);
    await first.ingest.stop();
    first.ingest.receive(heardAt(time, 1000));
    await time.advance(100);
    createDesk(shelf, time.clock);
    await time.advance(100);
    expect(shelf.taken).toEqual(names(1, 80));
  });

  it("says what is lost when it must stop while the journal refuses", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, troubles } = createDesk(shelf, time.clock);
    await time.advance(10);
    shelf.refuse(true);
    const from = time.now();
    for (let name = 1; name <= 40; name += 1) ingest.receive(heardAt(time, name));
    await ingest.stop();
    expect(troubles.at(-1)).toMatchObject({ lost: { count: 40, from } });
  });

  it("does not call lost what the next run finds in the spill", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, troubles } = createDesk(shelf, time.clock);
    shelf.takeTime(50);
    ingest.receive(heardAt(time, 1));
    await time.advance(60);
    expect(shelf.waiting()).toBe(1);
    shelf.refuse(true);
    const stopped = ingest.stop();
    await time.advance(200);
    await stopped;
    expect(troubles.filter((trouble) => trouble !== null && trouble.lost !== null)).toEqual([]);
    shelf.refuse(false);
    createDesk(shelf, time.clock);
    await time.advance(200);
    expect(shelf.taken).toEqual(["1"]);
  });

  it("decodes the next slice while the journal writes, and applies it when that has answered", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, acted, decoded, slices } = createDesk(shelf, time.clock);
    await time.advance(10);
    shelf.takeTime(50);
    for (let name = 1; name <= 3; name += 1) ingest.receive(heardAt(time, name));
    await time.advance(10);
    expect([decoded.length, slices, acted]).toEqual([3, [3], []]);
    ingest.receive(heardAt(time, 4));
    await time.advance(30);
    expect([slices, acted]).toEqual([[3], []]);
    await time.advance(100);
    expect([acted, slices, shelf.broken]).toEqual([names(1, 4), [3, 1], []]);
  });

  it("lets others take their turn between two slices, and tells them of a refusal", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, acted } = createDesk(shelf, time.clock);
    await time.advance(10);
    shelf.takeTime(50);
    ingest.receive(heardAt(time, 1));
    await time.advance(10);
    ingest.receive(heardAt(time, 2));
    const taken = ingest.take("manual", [messageArrival(heardAt(time, 3), unreadable)]);
    let seen: readonly string[] | null = null;
    const written = ingest.write(() => {
      seen = [...acted];
      return { batch: {} };
    });
    await time.advance(200);
    expect(await taken).toMatchObject({ way: "manual" });
    await written;
    expect(seen).toEqual(["1", "3"]);
    expect(acted).toEqual(["1", "3", "2"]);
    shelf.refuse(true);
    const refused = ingest.take("manual", [messageArrival(heardAt(time, 4), unreadable)]);
    const check = expect(refused).rejects.toMatchObject({ problem: { kind: "journal-full" } });
    await time.advance(100);
    await check;
    shelf.refuse(false);
    await time.advance(5000);
    expect(acted).toEqual(["1", "3", "2"]);
  });

  it("does not let others wait for a journal that refuses messages", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, acted } = createDesk(shelf, time.clock);
    await time.advance(10);
    shelf.refuse(true);
    ingest.receive(heardAt(time, 1));
    await time.advance(300);
    const check = expect(ingest.take("http", [])).rejects.toMatchObject({ problem: { kind: "journal-full" } });
    await time.advance(10);
    await check;
    shelf.refuse(false);
    // Their attempt is one for the messages as well.
    const taken = ingest.take("http", []);
    await time.advance(10);
    await taken;
    expect(acted).toEqual(["1"]);
  });

  it("lets the newest go when the spill has no more room either, and goes on when it has caught up", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, acted, troubles } = createDesk(shelf, time.clock, { limits: { spillBytes: 400 } });
    await time.advance(10);
    shelf.takeTime(5);
    for (let name = 1; name <= 60; name += 1) ingest.receive(heardAt(time, name));
    await time.advance(5);
    // 30 are in the queue, 30 on their way to the spill.
    const from = time.now();
    for (let name = 1001; name <= 1005; name += 1) ingest.receive(heardAt(time, name));
    await time.advance(5);
    for (let name = 61; name <= 70; name += 1) ingest.receive(heardAt(time, name));
    await time.advance(500);
    expect(acted).toEqual(names(1, 70));
    // At the first that went, and how many they were at the end.
    expect(troubles).toMatchObject([
      { problem: { kind: "flooded" }, lost: { count: 1, from } },
      { problem: { kind: "flooded" }, lost: { count: 5, from } },
      null,
    ]);
  });

  it("says that it lets messages go while the journal does not answer", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, troubles } = createDesk(shelf, time.clock);
    await time.advance(10);
    shelf.takeTime(3_600_000);
    for (let name = 1; name <= 100; name += 1) ingest.receive(heardAt(time, name));
    await time.advance(10_000);
    expect(troubles).toMatchObject([{ problem: { kind: "flooded" } }]);
    expect(ingest.letGo()).toBe(40);
  });

  it("keeps no more in the spill than its limit, whatever comes", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, acted, troubles } = createDesk(shelf, time.clock, { limits: { spillBytes: 400 } });
    await time.advance(10);
    shelf.takeTime(20);
    let most = 0;
    for (let name = 1; name <= 500; name += 1) {
      ingest.receive(heardAt(time, name, 100));
      await time.advance(1);
      most = Math.max(most, shelf.spilledBytes());
    }
    await time.advance(5000);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(400);
    expect(acted.length + lostIn(troubles)).toBe(500);
    expect(ingest.letGo()).toBe(lostIn(troubles));
    expect(shelf.waiting()).toBe(0);
  });
});

type Action =
  | { readonly kind: "receive"; readonly count: number; readonly bytes: number }
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "refuse"; readonly now: boolean }
  | { readonly kind: "take-time"; readonly ms: number }
  | { readonly kind: "restart" };

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constant("receive"),
    count: fc.integer({ min: 1, max: 50 }),
    bytes: fc.integer({ min: 0, max: 300 }),
  }),
  fc.record({ kind: fc.constant("wait"), ms: fc.integer({ min: 0, max: 1500 }) }),
  fc.record({ kind: fc.constant("refuse"), now: fc.boolean() }),
  fc.record({ kind: fc.constant("take-time"), ms: fc.integer({ min: 0, max: 400 }) }),
  fc.record({ kind: fc.constant("restart") }),
);

describe("whatever happens", () => {
  it("each message is journaled once, in order, or counted as lost", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
        const time = virtualTime();
        const shelf = createShelf(time.clock);
        let desk = createDesk(shelf, time.clock);
        let name = 0;
        let lost = 0;
        const restart = async (): Promise<void> => {
          const stopped = desk.ingest.stop();
          await time.advance(2000);
          await stopped;
          expect(desk.ingest.letGo()).toBe(lostIn(desk.troubles));
          lost += lostIn(desk.troubles);
          desk = createDesk(shelf, time.clock);
        };
        for (const each of actions) {
          if (each.kind === "wait") await time.advance(each.ms);
          else if (each.kind === "refuse") shelf.refuse(each.now);
          else if (each.kind === "take-time") shelf.takeTime(each.ms);
          else if (each.kind === "restart") await restart();
          else for (let i = 0; i < each.count; i += 1) desk.ingest.receive(heardAt(time, ++name, each.bytes));
        }
        shelf.refuse(false);
        await time.advance(10_000);
        await restart();
        await time.advance(100);

        const taken = shelf.taken.map(Number);
        expect(taken).toEqual([...new Set(taken)].toSorted((one, other) => one - other));
        expect(taken.length + lost).toBe(name);
        expect(shelf.waiting()).toBe(0);
        expect(shelf.broken).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});
