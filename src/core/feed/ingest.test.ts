import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import { ProblemError } from "../../shared/problem.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { JournalBatch, JournaledMessage, SpilledMessage } from "../journal.ts";
import type { Clock } from "../ports.ts";
import type { Heard } from "./batch.ts";
import { createIngest, type IngestBatch, type Trouble } from "./ingest.ts";
import { silentLog } from "./testing/silent-log.ts";

const limits = { messages: 30, bytes: 1000 } as const;
const start = Date.UTC(2027, 4, 6);

/** A journal that can be told to refuse and to take its time; what it holds outlives the ingest. */
const createShelf = (clock: Pick<Clock, "after">) => {
  const taken: string[] = [];
  let spill: SpilledMessage[] = [];
  let spills = 0;
  let refusing = false;
  let writeMs = 0;
  /** One batch is written after the other; whether the last one was. */
  let last = Promise.resolve(true);
  const full = (): never => {
    throw new ProblemError({ kind: "journal-full", message: "No room." });
  };
  return {
    taken,
    waiting: () => spill.length,
    spills: () => spills,
    refuse: (now: boolean): void => {
      refusing = now;
    },
    takeTime: (ms: number): void => {
      writeMs = ms;
    },
    append: ({ messages = [], spilled = [], unspilledTo = 0, follows = false }: JournalBatch): Promise<void> => {
      const write = async (before: boolean): Promise<boolean> => {
        if (follows && !before) return false;
        if (writeMs > 0) await new Promise<void>((resolve) => void clock.after(writeMs, resolve));
        if (refusing) return false;
        taken.push(...messages.map(({ summary }) => summary.channel));
        spill = spill.filter(({ spillId }) => spillId > unspilledTo);
        for (const message of spilled) spill.push({ ...message, spillId: ++spills });
        return true;
      };
      last = last.then(write);
      return last.then((was) => {
        if (!was) full();
      });
    },
    spilled: (limit: number): readonly SpilledMessage[] => {
      if (refusing) full();
      return spill.slice(0, limit);
    },
  };
};
type Shelf = ReturnType<typeof createShelf>;

/** Stands for decoding: the channel is the message's name. */
const asMessage = ({ channel, payload, receivedAt }: Heard): JournaledMessage => ({
  summary: {
    id: 0,
    receivedAt: instantOf(receivedAt),
    publishedAt: null,
    channel,
    messageId: null,
    bytes: payload.byteLength,
    verdict: "valid",
    gist: { type: "match_updates", dialect: null, matches: 0, changes: 0, rejected: 0, matchIds: [] },
  },
  payload,
  matchIds: [],
  rejections: [],
});

const createDesk = (shelf: Shelf, clock: Clock, decodeMs?: () => void) => {
  const acted: string[] = [];
  const slices: number[] = [];
  const troubles: (Trouble | null)[] = [];
  let discarded = 0;
  /** A batch that knows what it builds on: all that is acted on, and what another batch will add to it. */
  const beginOn = (known: readonly string[]): IngestBatch => {
    const messages: JournaledMessage[] = [];
    const namesNow = (): readonly string[] => messages.map(({ summary }) => summary.channel);
    return {
      take: (heard) => {
        decodeMs?.();
        messages.push(asMessage(heard));
      },
      outcome: () => ({ messages, matches: [], kept: [], changes: [], cycles: [], reports: [] }),
      next: () => beginOn([...known, ...namesNow()]),
      keep: () => {
        expect(known).toEqual(acted);
        slices.push(messages.length);
      },
      release: () => expect(acted).toEqual([...known, ...namesNow()]),
      discard: () => {
        discarded += messages.length;
      },
    };
  };
  const ingest = createIngest({
    journal: shelf,
    clock,
    log: silentLog,
    limits: { queue: limits, overflow: limits },
    begin: () => beginOn([...acted]),
    onOutcome: ({ messages }) => acted.push(...messages.map(({ summary }) => summary.channel)),
    onTrouble: (trouble) => troubles.push(trouble),
  });
  return { ingest, acted, slices, troubles, discarded: () => discarded };
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
      const { ingest } = createDesk(shelf, time.clock);
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

  it("ends a slice in time, so that the socket is read in between", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    let now = start;
    const clock = { ...time.clock, now: () => now };
    const { ingest, slices } = createDesk(shelf, clock, () => {
      now += 4;
    });
    await time.advance(10);
    for (let name = 1; name <= 9; name += 1) ingest.receive(heardAt(time, name));
    await time.advance(100);
    expect(slices).toEqual([3, 3, 3]);
  });

  it("acts on nothing that is not journaled, and tries the same again", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, acted, troubles, discarded } = createDesk(shelf, time.clock);
    await time.advance(10);
    shelf.refuse(true);
    ingest.receive(heardAt(time, 1));
    await time.advance(2500);
    expect([acted, discarded()]).toEqual([[], 3]);
    expect(troubles.map((trouble) => [trouble?.problem.kind, trouble?.lost])).toEqual(
      Array(3).fill(["journal-full", null]),
    );
    shelf.refuse(false);
    await time.advance(1000);
    expect(acted).toEqual(["1"]);
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
    const first = createDesk(shelf, time.clock);
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

  it("takes the next slice while the journal writes the one before, and lets nothing else come between", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, acted, slices } = createDesk(shelf, time.clock);
    await time.advance(10);
    shelf.takeTime(50);
    ingest.receive(heardAt(time, 1));
    await time.advance(10);
    for (let name = 2; name <= 4; name += 1) ingest.receive(heardAt(time, name));
    let seen: readonly string[] | null = null;
    const alone = ingest.alone(async () => {
      seen = [...acted];
    });
    await time.advance(30);
    expect([seen, shelf.taken]).toEqual([null, []]);
    await time.advance(20);
    await alone;
    expect(seen).toEqual(["1"]);
    await time.advance(100);
    expect([acted, slices]).toEqual([names(1, 4), [1, 3]]);
  });

  it("runs one task alone after the other, and no slice beside them", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    const { ingest, acted } = createDesk(shelf, time.clock);
    let running = 0;
    const seen: number[] = [];
    const task = () =>
      ingest.alone(async () => {
        running += 1;
        const before = acted.length;
        await new Promise<void>((resolve) => void time.clock.after(20, resolve));
        seen.push(running, acted.length - before);
        running -= 1;
      });
    const tasks = [task(), task(), task()];
    ingest.receive(heardAt(time, 1));
    await time.advance(200);
    await Promise.all(tasks);
    expect([seen, acted]).toEqual([[1, 0, 1, 0, 1, 0], ["1"]]);
  });

  it("throws away what builds on a slice that the journal refuses, and tries both again", async () => {
    const time = virtualTime();
    const shelf = createShelf(time.clock);
    let now = start;
    const clock = { ...time.clock, now: () => now };
    const { ingest, acted, discarded } = createDesk(shelf, clock, () => {
      now += 4;
    });
    await time.advance(10);
    shelf.takeTime(50);
    for (let name = 1; name <= 9; name += 1) ingest.receive(heardAt(time, name));
    await time.advance(20);
    shelf.refuse(true);
    await time.advance(50);
    expect([acted, discarded()]).toEqual([[], 6]);
    shelf.refuse(false);
    await time.advance(2000);
    expect([acted, shelf.taken]).toEqual([names(1, 9), names(1, 9)]);
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
        /** Each trouble ends with the count it has grown to. */
        const lostIn = (troubles: readonly (Trouble | null)[]): number =>
          troubles.reduce((sum, trouble, index) => {
            const isLast = index === troubles.length - 1 || troubles[index + 1] === null;
            return sum + (isLast ? (trouble?.lost?.count ?? 0) : 0);
          }, 0);
        const restart = async (): Promise<void> => {
          const stopped = desk.ingest.stop();
          await time.advance(2000);
          await stopped;
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
      }),
      { numRuns: 3000 },
    );
  });
});
