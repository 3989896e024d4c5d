import type { Heard } from "./arrival.ts";

export type Limits = { readonly messages: number; readonly bytes: number };

export type InboxLimits = {
  /** What waits in memory, in line to be decoded. */
  readonly queue: Limits;
  /** What waits in memory beyond that, on its way to the spill, where it waits undecoded. */
  readonly overflow: Limits;
  readonly spillBytes: number;
};

/** As much of the queue is for what can wait elsewhere. */
const roomShare = 1 / 8;
/** As many at once as come back out of the spill. */
const refillLimits: Limits = { messages: 1000, bytes: 16 * 1024 * 1024 };

/**
 * What was heard and is not journaled yet, in order: first the queue, then the spill, then the overflow. As long as there is
 * room it takes what comes; beyond its limits the newest is let go.
 */
export const createInbox = (limits: InboxLimits, spilled: Limits) => {
  const queue = createQueue(limits.queue);
  const overflow = createQueue(limits.overflow);
  let spillBytes = spilled.bytes;
  /** Those that are in the spill alone. */
  let inSpill = spilled.messages;
  /** It is known to be empty only when it was found so: a run that was killed may have left some. */
  let isSpillEmpty = false;
  /** How many wait no more. */
  let passed = 0;

  const moveUp = (): void => {
    if (!isSpillEmpty || queue.isFull()) return;
    for (const heard of overflow.drop(overflow.size())) (queue.isFull() ? overflow : queue).push(heard);
  };

  return {
    /** False when it had to be let go. */
    put: (heard: Heard): boolean => {
      const isNext = isSpillEmpty && overflow.size() === 0 && !queue.isFull();
      if (!isNext && overflow.isFull()) return false;
      (isNext ? queue : overflow).push(heard);
      return true;
    },
    size: (): number => queue.size() + overflow.size(),
    passed: (): number => passed,
    /** What `passed` is when all that has been heard by now waits no more. */
    passedByNow: (): number => passed + queue.size() + inSpill + overflow.size(),
    /** Whether what can wait elsewhere may come: most of the room is kept for what cannot. */
    hasRoom: (): boolean => isSpillEmpty && overflow.size() === 0 && !queue.isFull(roomShare),
    isOverflowing: (): boolean => overflow.size() > 0,
    /** What is in the queue, from a place on. */
    queued: queue.from,
    /** The first so many in the queue are journaled. */
    journaled: (count: number): void => {
      const dropped = queue.drop(count);
      for (const { spillId, payload } of dropped) if (spillId !== undefined) spillBytes -= payload.byteLength;
      passed += dropped.length;
      moveUp();
    },
    /** What of the overflow the spill has room for. */
    toSpill: (): readonly Heard[] => overflow.within(limits.spillBytes - spillBytes),
    /** The first so many of the overflow are in the spill. */
    spilled: (count: number): void => {
      for (const { payload } of overflow.drop(count)) spillBytes += payload.byteLength;
      inSpill += count;
      if (count > 0) isSpillEmpty = false;
    },
    /** How much may come back out of the spill; null while what was heard before is not journaled, or when it is empty. */
    wanted: (): Limits | null => (isSpillEmpty || queue.size() > 0 ? null : refillLimits),
    refill: (back: readonly Heard[]): void => {
      for (const heard of back) queue.push(heard);
      inSpill -= back.length;
      isSpillEmpty = back.length === 0;
      if (isSpillEmpty) {
        // What should be in it has gone with the journal's file.
        passed += inSpill;
        inSpill = 0;
        spillBytes = 0;
      }
      moveUp();
    },
    /** What is in memory alone. What came back out of the spill is still there. */
    unkept: (): readonly Heard[] => [...queue.all(), ...overflow.all()].filter(({ spillId }) => spillId === undefined),
    /** When the oldest was heard of what is in memory; null when there is none. */
    oldestAt: (): number | null => (queue.all()[0] ?? overflow.all()[0])?.receivedAt ?? null,
  };
};

/** First in, first out; knows how much it holds. */
const createQueue = (limits: Limits) => {
  let messages: Heard[] = [];
  let bytes = 0;
  return {
    all: (): readonly Heard[] => messages,
    from: (place: number, count: number): readonly Heard[] => messages.slice(place, place + count),
    size: (): number => messages.length,
    /** Whether a share of it is. */
    isFull: (share = 1): boolean => messages.length >= limits.messages * share || bytes >= limits.bytes * share,
    push: (heard: Heard): void => {
      messages.push(heard);
      bytes += heard.payload.byteLength;
    },
    /** The oldest that have no more bytes together. */
    within: (most: number): readonly Heard[] => {
      if (bytes <= most) return messages.slice();
      let left = most;
      const end = messages.findIndex(({ payload }) => {
        left -= payload.byteLength;
        return left < 0;
      });
      return messages.slice(0, end);
    },
    /** Takes the oldest out. Once a slice, so moving the rest costs next to nothing. */
    drop: (count: number): readonly Heard[] => {
      const dropped = messages.slice(0, count);
      messages = messages.slice(count);
      for (const { payload } of dropped) bytes -= payload.byteLength;
      return dropped;
    },
  };
};
