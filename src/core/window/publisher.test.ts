import { describe, expect, it } from "vitest";
import type { Change } from "../../shared/change.ts";
import type { Match } from "../../shared/match.ts";
import type { MessageSummary } from "../../shared/message.ts";
import { type Delta, deltaLimit, windowLimits } from "../../shared/snapshot.ts";
import { noCounts } from "../../shared/stats.ts";
import { instant } from "../../shared/testing/instant.ts";
import { aMatch } from "../calendar/testing/records.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import { silentLog } from "../feed/testing/silent-log.ts";
import { createPublisher } from "./publisher.ts";

const at = instant("2027-05-06T12:00:00.000Z");
const message = (id: number): { readonly summary: MessageSummary } => ({
  summary: {
    id,
    receivedAt: at,
    publishedAt: null,
    channel: "c",
    messageId: null,
    bytes: 2,
    verdict: "valid",
    gist: { type: "health_check" },
  },
});
const change = (id: number): Change => ({
  id,
  matchId: `m${id}`,
  title: "Alfa IF – Beta IF",
  at,
  difference: { field: "added" },
  origin: { at, dialect: "fogis", channel: "c" },
  note: null,
  urgent: false,
});
const nothing = { messages: [], changes: [], kept: [], moved: [] } as const;

const createDesk = () => {
  const time = createVirtualClock({ start: 0, random: () => 0.5, breathe: async () => undefined });
  let seenChangeId = 0;
  const near: Match[] = [];
  const fail = (): never => {
    throw new Error("not asked for");
  };
  const publisher = createPublisher({
    clock: time.clock,
    log: silentLog,
    view: () => null,
    near: {
      note: (moved) => near.push(...moved),
      take: () => near.splice(0).map(({ id }) => `near-${id}`),
    },
    todo: () => [],
    snapshot: fail,
    parts: {
      connection: () => ({ state: "disabled", since: at }),
      source: fail,
      health: fail,
      counters: () => noCounts(at),
      lastCycle: () => null,
      seenChangeId: () => seenChangeId,
      alerts: fail,
      gaps: fail,
      quarantine: () => ({ count: 0, bytes: 0 }),
      targets: fail,
      settings: fail,
      httpAddress: () => null,
      calendarAddress: () => null,
      notificationsMuted: () => false,
      messengers: () => [],
      waiting: () => 0,
      attachment: () => null,
    },
  });
  const heard: Delta[] = [];
  return {
    time,
    publisher,
    heard,
    listen: () => publisher.subscribe((delta) => void heard.push(delta)),
    see: (id: number): void => {
      seenChangeId = id;
      publisher.touch("seenChangeId");
    },
  };
};

describe("what a window is told", () => {
  it("is gathered into one delta, as it is when that is sent, ten times a second at most", async () => {
    const { time, publisher, heard, listen, see } = createDesk();
    listen();
    for (let id = 1; id <= 50; id += 1) see(id);
    publisher.touch("connection");
    expect(heard).toEqual([]);
    await time.advance(100);
    expect(heard.map(({ set }) => set)).toEqual([{ connection: { state: "disabled", since: at }, seenChangeId: 50 }]);
    await time.advance(1000);
    expect(heard).toHaveLength(1);
    for (let step = 0; step < 1000; step += 1) {
      see(step);
      await time.advance(1);
    }
    expect(heard.length).toBeLessThanOrEqual(12);
    const numbers = heard.map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  });

  it("has what came of messages, the newest first, and the matches that others share somebody with", async () => {
    const { time, publisher, heard, listen } = createDesk();
    listen();
    publisher.note({ ...nothing, messages: [message(1)], changes: [change(1)], moved: [aMatch({ id: "a" })] });
    publisher.note({ ...nothing, messages: [message(2)], changes: [change(2)] });
    await time.advance(100);
    const [delta] = heard;
    expect(delta?.messages.map(({ id }) => id)).toEqual([2, 1]);
    expect(delta?.changes.map(({ id }) => id)).toEqual([2, 1]);
    expect(Object.keys(delta?.set ?? {}).sort()).toEqual(["counters", "lastCycle", "quarantine"]);
    // Nobody has it any more.
    expect(delta?.droppedMatchIds).toEqual(["near-a"]);
  });

  it("is no more at once than it can take in: the rest follows, each match once", async () => {
    const { time, publisher, heard, listen } = createDesk();
    listen();
    const ids = Array.from({ length: 2 * deltaLimit + 1 }, (_, index) => `m${index}`);
    publisher.addMatches(ids);
    publisher.addMatches(ids);
    await time.advance(1000);
    expect(heard.map(({ droppedMatchIds }) => droppedMatchIds.length)).toEqual([deltaLimit, deltaLimit, 1]);
    expect(heard.flatMap(({ droppedMatchIds }) => droppedMatchIds)).toEqual(ids);
  });

  it("leaves out the oldest of a flood, and says how many", async () => {
    const { time, publisher, heard, listen } = createDesk();
    listen();
    const flood = 5 * windowLimits.messages;
    for (let id = 1; id <= flood; id += 100)
      publisher.note({ ...nothing, messages: Array.from({ length: 100 }, (_, index) => message(id + index)) });
    await time.advance(100);
    const [delta] = heard;
    const told = delta?.messages.length ?? 0;
    expect(told).toBeGreaterThanOrEqual(windowLimits.messages);
    expect(told).toBeLessThanOrEqual(2 * windowLimits.messages);
    expect([delta?.messages[0]?.id, delta?.skippedMessages]).toEqual([flood, flood - told]);
  });

  it("is gathered for nobody while nobody listens", async () => {
    const { time, heard, listen, see } = createDesk();
    see(1);
    await time.advance(1000);
    const leave = listen();
    await time.advance(1000);
    expect(heard).toEqual([]);
    see(2);
    await time.advance(100);
    expect(heard).toHaveLength(1);
    leave();
    see(3);
    await time.advance(1000);
    expect(heard).toHaveLength(1);
  });

  it("is told to every other window when one fails", async () => {
    const { time, publisher, heard, listen, see } = createDesk();
    publisher.subscribe(() => {
      throw new Error("Object has been destroyed");
    });
    listen();
    see(1);
    await time.advance(100);
    see(2);
    await time.advance(100);
    expect(heard.map(({ set }) => set.seenChangeId)).toEqual([1, 2]);
  });
});
