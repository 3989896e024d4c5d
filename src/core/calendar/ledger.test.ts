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
