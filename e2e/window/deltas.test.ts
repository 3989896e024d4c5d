import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../src/core/calendar/testing/virtual-clock.ts";
import { silentLog } from "../../src/core/feed/testing/silent-log.ts";
import { createPublisher } from "../../src/core/window/publisher.ts";
import { createMirror, type Mirror } from "../../src/main/remote/mirror.ts";
import { applyDelta, openState, type WindowState } from "../../src/renderer/apply.ts";
import * as samples from "../../src/renderer/samples.ts";
import type { Change } from "../../src/shared/change.ts";
import type { TodoItem } from "../../src/shared/desk.ts";
import type { MessageSummary } from "../../src/shared/message.ts";
import { type Delta, deltaLimit, type MatchView, type Snapshot, windowLimits } from "../../src/shared/snapshot.ts";
import { byPressure } from "../../src/shared/todo-rules.ts";

const nothing = { messages: [], changes: [], kept: [], moved: [] };

/** A service's state with nothing in it but what the publisher shows of it. */
const createDesk = () => {
  const time = createVirtualClock({ start: 0, random: () => 0.25, breathe: async () => undefined });
  const matches = new Map<string, MatchView>();
  let shown: Snapshot = samples.snapshot(0);
  const todo = new Map<string, readonly TodoItem[]>();
  let changes: readonly Change[] = [];
  let messages: readonly MessageSummary[] = [];
  const publisher = createPublisher({
    clock: time.clock,
    log: silentLog,
    view: (id) => matches.get(id) ?? null,
    near: { note: () => undefined, take: () => [] },
    todo: (subject) => todo.get(subject) ?? [],
    parts: {
      connection: () => shown.connection,
      source: () => shown.source,
      health: () => shown.health,
      counters: () => shown.counters,
      lastCycle: () => shown.lastCycle,
      seenChangeId: () => shown.seenChangeId,
      alerts: () => shown.alerts,
      gaps: () => shown.gaps,
      quarantine: () => shown.quarantine,
      targets: () => shown.targets,
      settings: () => shown.settings,
      httpAddress: () => shown.httpAddress,
      calendarAddress: () => shown.calendarAddress,
      notificationsMuted: () => shown.notificationsMuted,
      messengers: () => shown.messengers,
      waiting: () => shown.waiting,
      attachment: () => null,
    },
    snapshot: () => ({
      version: shown.version,
      mode: shown.mode,
      startedAt: shown.startedAt,
      matches: [...matches.values()],
      changes: changes.slice(0, windowLimits.changes),
      messages: messages.slice(0, windowLimits.messages),
      todo: [...todo.values()].flat().toSorted(byPressure),
    }),
  });
  let lastChange = 0;
  let lastMessage = 0;
  return {
    time,
    publisher,
    see: (seenChangeId: number): void => {
      shown = { ...shown, seenChangeId };
      publisher.touch("seenChangeId");
    },
    quarantine: (count: number): void => {
      shown = { ...shown, quarantine: { count, bytes: count } };
      publisher.touch("quarantine", "health");
    },
    put: (id: string, kickoff: string | null): void => {
      matches.set(id, samples.match(id, kickoff));
      publisher.addMatches([id]);
    },
    /** Many matches at once. */
    list: (count: number): void => {
      const ids = Array.from({ length: count }, (_, index) => `listed ${index}`);
      for (const id of ids) matches.set(id, samples.match(id, null, String(count)));
      publisher.addMatches(ids);
    },
    leave: (count: number): void => {
      const ids = Array.from({ length: Math.min(count, 400) }, (_, index) => String(index));
      for (const id of ids)
        todo.set(`match/${id}`, (count + Number(id)) % 3 === 0 ? [] : [samples.left(id, "2027-05-08T13:00:00.000Z")]);
      shown = { ...shown, waiting: [...todo.values()].filter((items) => items.length > 0).length };
      publisher.addTodo(ids.map((id) => `match/${id}`));
    },
    drop: (id: string): void => {
      matches.delete(id);
      publisher.addMatches([id]);
    },
    change: (count: number): void => {
      const added = Array.from({ length: count }, () => samples.change(++lastChange));
      changes = [...added.toReversed(), ...changes];
      publisher.note({ ...nothing, changes: added });
    },
    hear: (count: number): void => {
      const added = Array.from({ length: count }, () => samples.message(++lastMessage));
      messages = [...added.toReversed(), ...messages];
      publisher.note({ ...nothing, messages: added.map((summary) => ({ summary })) });
    },
    heard: () => lastMessage,
  };
};

const numberless = ({ seq: _, heard: __, ...state }: WindowState) => state;

/** A window: hears first, then takes the snapshot, then follows. */
const openWindow = (desk: ReturnType<typeof createDesk>) => {
  const early: Delta[] = [];
  let state: WindowState | null = null;
  /** What a window elsewhere takes its snapshots from. */
  let mirror: Mirror | null = null;
  const deltas: Delta[] = [];
  const close = desk.publisher.subscribe((delta) => {
    deltas.push(delta);
    if (state === null) early.push(delta);
    else state = follow(state, delta);
  });
  const follow = (before: WindowState, delta: Delta): WindowState => {
    const next = applyDelta(before, delta);
    if (next === "hole" || mirror?.take(delta) === false) throw new Error("a delta is missing");
    return next;
  };
  return {
    deltas,
    close,
    takeSnapshot: (): void => {
      const snapshot = desk.publisher.snapshot();
      mirror = createMirror(snapshot);
      state = early.filter(({ seq }) => seq > snapshot.seq).reduce(follow, openState(snapshot));
    },
    state: () => state,
    mirrored: () => (mirror === null ? null : openState(mirror.snapshot())),
  };
};

describe("the stream of deltas", () => {
  it("is sent about ten times a second, numbered, with everything that changed meanwhile", async () => {
    const desk = createDesk();
    const window = openWindow(desk);
    for (let step = 0; step < 50; step += 1) {
      desk.see(step);
      desk.hear(1);
      await desk.time.advance(20);
    }
    expect(window.deltas.length).toBeLessThanOrEqual(11);
    const [first, second] = window.deltas;
    expect(second?.seq).toBe((first?.seq ?? 0) + 1);
    expect(first?.set.seenChangeId).toBe(4);
    expect(first?.messages.map(({ id }) => id)).toEqual([5, 4, 3, 2, 1]);
  });

  it("says nothing while nothing changes or nobody listens", async () => {
    const desk = createDesk();
    desk.hear(5);
    const window = openWindow(desk);
    await desk.time.advance(1000);
    expect(window.deltas).toEqual([]);
    desk.see(1);
    window.close();
    await desk.time.advance(1000);
    expect(window.deltas).toEqual([]);
  });

  it("leaves out of a flood what no window can show, and says how much", async () => {
    const desk = createDesk();
    const window = openWindow(desk);
    window.takeSnapshot();
    for (let burst = 0; burst < 30; burst += 1) desk.hear(500);
    await desk.time.advance(100);
    const [delta] = window.deltas;
    expect(delta?.messages.length).toBeLessThanOrEqual(2 * windowLimits.messages);
    expect(window.state()?.messages.map(({ id }) => id)).toEqual(
      Array.from({ length: windowLimits.messages }, (_, index) => 15_000 - index),
    );
    expect(window.state()?.heard).toBe(15_000);
  });

  it("tells of no more matches at a time than a window takes in, and of the rest soon after", async () => {
    const desk = createDesk();
    const window = openWindow(desk);
    window.takeSnapshot();
    desk.list(1000);
    desk.leave(400);
    await desk.time.advance(2000);
    expect(Math.max(...window.deltas.flatMap(({ matches, todo }) => [matches.length, todo.length]))).toBe(deltaLimit);
    expect(window.state()?.matches).toHaveLength(1000);
    expect(window.state()?.todo).toEqual(desk.publisher.snapshot().todo);
  });

  it("ends when it is stopped", async () => {
    const desk = createDesk();
    const window = openWindow(desk);
    desk.see(1);
    desk.publisher.stop();
    await desk.time.advance(1000);
    expect(window.deltas).toEqual([]);
  });
});

describe("whatever happens", () => {
  const id = fc.constantFrom("1", "2", "3", "4");
  const count = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 400, max: 1200 }));
  const action = fc.oneof(
    fc.record({ do: fc.constant("wait"), ms: fc.integer({ min: 0, max: 250 }) }),
    fc.record({
      do: fc.constant("put"),
      id,
      kickoff: fc.constantFrom(null, "2027-05-08T13:00:00.000Z", "2027-05-09T13:00:00.000Z"),
    }),
    fc.record({ do: fc.constant("drop"), id }),
    fc.record({ do: fc.constantFrom("see", "quarantine", "change", "hear", "list", "leave"), count }),
    fc.record({ do: fc.constantFrom("open", "snapshot", "close"), window: fc.integer({ min: 0, max: 2 }) }),
  );

  it("the first snapshot with all deltas applied is the later snapshot", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 50 }), async (actions) => {
        const desk = createDesk();
        const windows = new Map<number, ReturnType<typeof openWindow>>();
        for (const each of actions) {
          if ("ms" in each) await desk.time.advance(each.ms);
          else if ("kickoff" in each) desk.put(each.id, each.kickoff);
          else if ("id" in each) desk.drop(each.id);
          else if ("count" in each) desk[each.do](each.count);
          else if (each.do === "open" && !windows.has(each.window)) windows.set(each.window, openWindow(desk));
          else if (each.do === "snapshot") windows.get(each.window)?.takeSnapshot();
          else if (each.do === "close") {
            windows.get(each.window)?.close();
            windows.delete(each.window);
          }
        }
        await desk.time.advance(2000);
        const now = numberless(openState(desk.publisher.snapshot()));
        for (const window of windows.values()) {
          const state = window.state();
          const mirrored = window.mirrored();
          if (state === null || mirrored === null) continue;
          expect(numberless(state)).toEqual(now);
          expect(numberless(mirrored)).toEqual(now);
        }
      }),
      { numRuns: 200 },
    );
  });
});
