import { describe, expect, it } from "vitest";
import type { Heard } from "./arrival.ts";
import { createInbox } from "./inbox.ts";

const limits = {
  queue: { messages: 3, bytes: 100 },
  overflow: { messages: 2, bytes: 100 },
  spillBytes: 25,
} as const;
const message = (name: number, bytes = 10): Heard => ({
  channel: String(name),
  payload: new Uint8Array(bytes),
  receivedAt: name,
});
const namesOf = (heard: readonly Heard[]): readonly number[] => heard.map(({ channel }) => Number(channel));
const nothing = { messages: 0, bytes: 0 } as const;
/** An inbox whose spill was found empty. */
const fresh = () => {
  const inbox = createInbox(limits, nothing);
  inbox.refill([]);
  return inbox;
};

describe("what waits for the journal", () => {
  it("goes to the queue, then to the overflow, and is let go beyond that", () => {
    const inbox = fresh();
    expect([1, 2, 3, 4, 5, 6].map((name) => inbox.put(message(name)))).toEqual([true, true, true, true, true, false]);
    expect(namesOf(inbox.queued(0, 10))).toEqual([1, 2, 3]);
    expect(namesOf(inbox.queued(1, 1))).toEqual([2]);
    expect(namesOf(inbox.unkept())).toEqual([1, 2, 3, 4, 5]);
    expect([inbox.size(), inbox.isOverflowing(), inbox.oldestAt()]).toEqual([5, true, 1]);
  });

  it("moves up when there is room and nothing is spilled", () => {
    const inbox = fresh();
    for (const name of [1, 2, 3, 4, 5]) inbox.put(message(name));
    inbox.journaled(1);
    expect(namesOf(inbox.queued(0, 10))).toEqual([2, 3, 4]);
    inbox.journaled(3);
    expect(namesOf(inbox.queued(0, 10))).toEqual([5]);
    inbox.put(message(6));
    expect(namesOf(inbox.queued(0, 10))).toEqual([5, 6]);
  });

  it("waits behind what is spilled, whatever room there is", () => {
    const inbox = fresh();
    for (const name of [1, 2, 3, 4, 5]) inbox.put(message(name));
    // Of the overflow, as many as the spill has room for.
    expect(namesOf(inbox.toSpill())).toEqual([4, 5]);
    inbox.spilled(2);
    inbox.journaled(3);
    inbox.put(message(6));
    expect(namesOf(inbox.queued(0, 10))).toEqual([]);
    expect(inbox.wanted()).not.toBeNull();
    inbox.refill([4, 5].map((name) => ({ ...message(name), spillId: name })));
    expect(inbox.wanted()).toBeNull();
    inbox.put(message(7));
    // What came back is still in the spill, and takes room there until it is journaled.
    expect(namesOf(inbox.unkept())).toEqual([6, 7]);
    expect(namesOf(inbox.toSpill())).toEqual([]);
    inbox.journaled(2);
    expect(namesOf(inbox.toSpill())).toEqual([6, 7]);
    inbox.refill([]);
    expect(namesOf(inbox.queued(0, 10))).toEqual([6, 7]);
  });

  it("may have been left in the spill by the run before, and takes room there", () => {
    const inbox = createInbox(limits, { messages: 1, bytes: 20 });
    expect(inbox.wanted()).not.toBeNull();
    inbox.put(message(1));
    expect(namesOf(inbox.toSpill())).toEqual([]);
    inbox.refill([{ ...message(0, 20), spillId: 1 }]);
    inbox.journaled(1);
    expect(namesOf(inbox.toSpill())).toEqual([1]);
  });

  it("is larger than the spill may be only where it need not go there", () => {
    const inbox = createInbox({ ...limits, spillBytes: 0 }, nothing);
    inbox.put(message(1));
    expect(inbox.toSpill()).toEqual([]);
    inbox.refill([]);
    expect(namesOf(inbox.queued(0, 10))).toEqual([1]);
  });

  it("counts what has passed, wherever it waited, and what is lost with the spill", () => {
    const inbox = createInbox(limits, { messages: 2, bytes: 20 });
    inbox.put(message(1));
    const all = inbox.passedByNow();
    inbox.put(message(2));
    expect([inbox.passed(), all]).toEqual([0, 3]);
    inbox.refill([{ ...message(0), spillId: 1 }]);
    inbox.journaled(1);
    expect(inbox.passed()).toBe(1);
    // The second has gone with the journal's file.
    inbox.refill([]);
    expect(inbox.passed()).toBe(2);
    inbox.journaled(1);
    expect(inbox.passed()).toBe(all);
  });
});
