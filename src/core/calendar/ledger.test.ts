import { expect, test } from "vitest";
import { createLedger } from "./ledger.ts";
import { CalendarProblem } from "./problem.ts";
import type { CalendarStore } from "./store.ts";
import { createMemoryStore } from "./testing/memory-store.ts";

test("what a full disk does not take is kept, and written first of all, in order, when there is room", () => {
  const memory = createMemoryStore();
  let full = false;
  const store: CalendarStore = {
    ...memory,
    write: (target, batch) => {
      if (full) throw new CalendarProblem({ kind: "journal-full", message: "Full." });
      memory.write(target, batch);
    },
  };
  const ledger = createLedger(store, "google");
  expect(ledger.commit({ meta: { run: "1" } })).toBeNull();
  full = true;
  expect(ledger.commit({ meta: { run: "2" } })).toMatchObject({ kind: "journal-full" });
  expect(ledger.commit({ meta: { run: "3", begun: "yes" } })).toMatchObject({ kind: "journal-full" });
  // What is in memory goes on.
  expect(ledger.meta.get("run")).toBe("3");
  expect(memory.load("google").meta).toEqual({ run: "1" });

  full = false;
  expect(ledger.save()).toBeNull();
  expect(memory.load("google").meta).toEqual({ run: "3", begun: "yes" });
});

test("beginning anew forgets everything of this calendar, its runs included, and nothing of another", () => {
  const store = createMemoryStore();
  const at = "2027-05-01T10:00:00.000Z";
  for (const target of ["google", "caldav"] as const) {
    const ledger = createLedger(store, target);
    ledger.commit({
      meta: { begun: "yes" },
      run: [{ run: 1, target, matchId: "1", at, before: null, after: null }],
    });
  }
  const ledger = createLedger(store, "google");
  ledger.beginAnew();
  expect(store.load("google")).toEqual({ outbox: [], known: [], meta: {} });
  expect(ledger.lastRun()).toEqual([]);
  expect(store.lastRun("google")).toEqual([]);
  expect(store.load("caldav").meta).toEqual({ begun: "yes" });
  expect(store.lastRun("caldav")).toHaveLength(1);
});

test("a run remembers what was there before it, once for each match, however long it goes on", () => {
  const store = createMemoryStore();
  const ledger = createLedger(store, "google");
  const entry = (run: number, matchId: string, second: number) => ({
    run,
    target: "google" as const,
    matchId,
    at: new Date(second * 1000).toISOString(),
    before: null,
    after: null,
  });
  for (let second = 1; second <= 100; second += 1)
    ledger.commit({ run: [entry(1, "a", second), entry(1, "b", second), entry(1, "a", second)] });
  expect(ledger.lastRun()).toEqual([entry(1, "a", 1), entry(1, "b", 1)]);
  expect(store.lastRun("google")).toEqual(ledger.lastRun());
  ledger.commit({ run: [entry(2, "a", 200)] });
  expect(ledger.lastRun()).toEqual([entry(2, "a", 200)]);
  ledger.dropRun(2);
  expect(ledger.lastRun()).toHaveLength(2);
  ledger.commit({ run: [entry(2, "b", 300)] });
  expect(ledger.lastRun()).toEqual([entry(2, "b", 300)]);
});
