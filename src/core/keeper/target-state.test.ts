import { expect, test } from "vitest";
import type { TargetName } from "../../shared/calendar.ts";
import { instantOf } from "../../shared/instant.ts";
import { instant } from "../../shared/testing/instant.ts";
import type { WantedEvent } from "../calendar/port.ts";
import { createMemoryStore } from "../calendar/testing/memory-store.ts";
import { portError } from "../port-problem.ts";
import type { KeeperStore } from "./item.ts";
import { createTargetState } from "./target-state.ts";

const stateOn = (store: KeeperStore<WantedEvent>, target: TargetName = "google") => {
  const refusals: string[] = [];
  const state = createTargetState({
    store,
    target,
    onSaved: () => undefined,
    onRefused: ({ problem }) => void refusals.push(problem.kind),
  });
  return { state, refusals };
};

test("what a full disk does not take is kept, and written first of all, in order, when there is room", async () => {
  const memory = createMemoryStore();
  let full = false;
  const store: KeeperStore<WantedEvent> = {
    ...memory,
    write: async (target, batch) => {
      if (full) throw portError("journal", { kind: "journal-full", message: "Full." });
      await memory.write(target, batch);
    },
  };
  const { state, refusals } = stateOn(store);
  state.commit({ meta: { run: "1" } });
  expect(state.isSaved()).toBe(false);
  await state.saved();
  expect(state.isSaved()).toBe(true);
  full = true;
  state.commit({ meta: { run: "2" } });
  await state.saved();
  state.commit({ meta: { run: "3", begun: "yes" } });
  await state.saved();
  expect(refusals).toEqual(["journal-full", "journal-full"]);
  expect(state.isSaved()).toBe(false);
  // What is in memory goes on.
  expect(state.meta.get("run")).toBe("3");
  expect(memory.load("google").meta).toEqual({ run: "1" });

  full = false;
  state.save();
  await state.saved();
  expect(state.isSaved()).toBe(true);
  expect(memory.load("google").meta).toEqual({ run: "3", begun: "yes" });
});

test("beginning anew forgets everything of this calendar, its runs included, and nothing of another", async () => {
  const store = createMemoryStore();
  const at = instant("2027-05-01T10:00:00.000Z");
  for (const target of ["google", "caldav"] as const) {
    const { state } = stateOn(store, target);
    state.commit({
      meta: { begun: "yes" },
      run: [{ run: 1, target, id: "1", at, before: null, after: null }],
    });
    await state.saved();
  }
  const { state } = stateOn(store);
  state.beginAnew();
  await state.saved();
  expect(store.load("google")).toEqual({ outbox: [], known: [], meta: {} });
  expect(state.lastRun()).toEqual([]);
  expect(store.lastRun("google")).toEqual([]);
  expect(store.load("caldav").meta).toEqual({ begun: "yes" });
  expect(store.lastRun("caldav")).toHaveLength(1);
});

test("a run remembers what was there before it, once for each match, however long it goes on", async () => {
  const store = createMemoryStore();
  const { state } = stateOn(store);
  const entry = (run: number, id: string, second: number) => ({
    run,
    target: "google" as const,
    id,
    at: instantOf(second * 1000),
    before: null,
    after: null,
  });
  for (let second = 1; second <= 100; second += 1)
    state.commit({ run: [entry(1, "a", second), entry(1, "b", second), entry(1, "a", second)] });
  await state.saved();
  expect(state.lastRun()).toEqual([entry(1, "a", 1), entry(1, "b", 1)]);
  expect(store.lastRun("google")).toEqual(state.lastRun());
  state.commit({ run: [entry(2, "a", 200)] });
  expect(state.lastRun()).toEqual([entry(2, "a", 200)]);
  state.dropRuns(2);
  expect(state.hasRun()).toBe(false);
  await state.saved();
  expect(state.lastRun()).toHaveLength(2);
  state.commit({ run: [entry(2, "b", 300)] });
  expect(state.lastRun()).toEqual([entry(2, "b", 300)]);
});
