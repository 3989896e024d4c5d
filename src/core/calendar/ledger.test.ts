import { expect, test } from "vitest";
import type { TargetName } from "../../shared/calendar.ts";
import { instantOf } from "../../shared/instant.ts";
import { instant } from "../../shared/testing/instant.ts";
import { createLedger } from "./ledger.ts";
import { CalendarProblem } from "./problem.ts";
import type { CalendarStore } from "./store.ts";
import { createMemoryStore } from "./testing/memory-store.ts";

const ledgerOn = (store: CalendarStore, target: TargetName = "google") => {
  const refusals: string[] = [];
  const ledger = createLedger({
    store,
    target,
    onSaved: () => undefined,
    onRefused: ({ kind }) => void refusals.push(kind),
  });
  return { ledger, refusals };
};

test("what a full disk does not take is kept, and written first of all, in order, when there is room", async () => {
  const memory = createMemoryStore();
  let full = false;
  const store: CalendarStore = {
    ...memory,
    write: async (target, batch) => {
      if (full) throw new CalendarProblem({ kind: "journal-full", message: "Full." });
      await memory.write(target, batch);
    },
  };
  const { ledger, refusals } = ledgerOn(store);
  ledger.commit({ meta: { run: "1" } });
  expect(ledger.isSaved()).toBe(false);
  await ledger.saved();
  expect(ledger.isSaved()).toBe(true);
  full = true;
  ledger.commit({ meta: { run: "2" } });
  await ledger.saved();
  ledger.commit({ meta: { run: "3", begun: "yes" } });
  await ledger.saved();
  expect(refusals).toEqual(["journal-full", "journal-full"]);
  expect(ledger.isSaved()).toBe(false);
  // What is in memory goes on.
  expect(ledger.meta.get("run")).toBe("3");
  expect(memory.load("google").meta).toEqual({ run: "1" });

  full = false;
  ledger.save();
  await ledger.saved();
  expect(ledger.isSaved()).toBe(true);
  expect(memory.load("google").meta).toEqual({ run: "3", begun: "yes" });
});

test("beginning anew forgets everything of this calendar, its runs included, and nothing of another", async () => {
  const store = createMemoryStore();
  const at = instant("2027-05-01T10:00:00.000Z");
  for (const target of ["google", "caldav"] as const) {
    const { ledger } = ledgerOn(store, target);
    ledger.commit({
      meta: { begun: "yes" },
      run: [{ run: 1, target, matchId: "1", at, before: null, after: null }],
    });
    await ledger.saved();
  }
  const { ledger } = ledgerOn(store);
  ledger.beginAnew();
  await ledger.saved();
  expect(store.load("google")).toEqual({ outbox: [], known: [], meta: {} });
  expect(ledger.lastRun()).toEqual([]);
  expect(store.lastRun("google")).toEqual([]);
  expect(store.load("caldav").meta).toEqual({ begun: "yes" });
  expect(store.lastRun("caldav")).toHaveLength(1);
});

test("a run remembers what was there before it, once for each match, however long it goes on", async () => {
  const store = createMemoryStore();
  const { ledger } = ledgerOn(store);
  const entry = (run: number, matchId: string, second: number) => ({
    run,
    target: "google" as const,
    matchId,
    at: instantOf(second * 1000),
    before: null,
    after: null,
  });
  for (let second = 1; second <= 100; second += 1)
    ledger.commit({ run: [entry(1, "a", second), entry(1, "b", second), entry(1, "a", second)] });
  await ledger.saved();
  expect(ledger.lastRun()).toEqual([entry(1, "a", 1), entry(1, "b", 1)]);
  expect(store.lastRun("google")).toEqual(ledger.lastRun());
  ledger.commit({ run: [entry(2, "a", 200)] });
  expect(ledger.lastRun()).toEqual([entry(2, "a", 200)]);
  ledger.dropRuns(2);
  expect(ledger.hasRun()).toBe(false);
  await ledger.saved();
  expect(ledger.lastRun()).toHaveLength(2);
  ledger.commit({ run: [entry(2, "b", 300)] });
  expect(ledger.lastRun()).toEqual([entry(2, "b", 300)]);
});
