import { describe, expect, it } from "vitest";
import type { WantedEvent } from "../../../core/calendar/port.ts";
import { createMemoryStore } from "../../../core/calendar/testing/memory-store.ts";
import type { KeeperStore } from "../../../core/keeper/item.ts";
import { journalIn, temporaryFolder } from "./harness.ts";
import { knownRow, outboxRow, runEntry } from "./samples.ts";

type Opened = {
  readonly store: KeeperStore<WantedEvent>;
  /** As the next start finds it. */
  readonly reopened: () => Promise<KeeperStore<WantedEvent>>;
};

const inJournal = async (): Promise<Opened> => {
  const folder = temporaryFolder();
  const { calendars, close } = await journalIn(folder);
  return {
    store: calendars,
    reopened: async () => {
      await close();
      return (await journalIn(folder)).calendars;
    },
  };
};
const inMemory = async (): Promise<Opened> => {
  const store = createMemoryStore();
  return { store, reopened: async () => store };
};

/** What every keeper relies on, and so what the store of its tests must do as well. */
describe.each([
  { name: "the journal", open: inJournal },
  { name: "the tests' memory", open: inMemory },
])("what a keeper stores in $name", ({ open }) => {
  it("is read back, each target's own, also after a restart", async () => {
    const { store, reopened } = await open();
    await store.write("google", {
      outbox: [outboxRow("a"), outboxRow("b")],
      known: [knownRow("c")],
      meta: { token: "1", gone: "2" },
    });
    await store.write("caldav", { known: [{ ...knownRow("c"), target: "caldav" }], meta: { token: "3" } });
    await store.write("google", { meta: { gone: null } });
    const again = await reopened();
    expect(again.load("google")).toEqual({
      outbox: [outboxRow("a"), outboxRow("b")],
      known: [knownRow("c")],
      meta: { token: "1" },
    });
    expect(again.load("caldav").known).toHaveLength(1);
    expect(again.load("ics")).toEqual({ outbox: [], known: [], meta: {} });
  });

  it("has one row for an item: the latest word holds, and what is done goes before what is wanted anew", async () => {
    const { store } = await open();
    await store.write("google", {
      outbox: [outboxRow("a"), outboxRow("b")],
      known: [knownRow("a"), knownRow("b")],
    });
    const again = { ...outboxRow("a"), urgent: true };
    await store.write("google", { outboxDone: ["a", "b"], outbox: [again], forgotten: ["b"] });
    const { outbox, known } = store.load("google");
    expect(outbox).toEqual([again]);
    expect(known).toEqual([knownRow("a")]);
  });

  it("is written in the order in which it is told, whoever waits for the answer", async () => {
    const { store, reopened } = await open();
    const writes = Array.from({ length: 50 }, (_, n) => store.write("google", { meta: { last: String(n) } }));
    await Promise.all([...writes, store.write("google", { outbox: [outboxRow("a")] })]);
    await Promise.all([
      store.write("google", { outboxDone: ["a"] }),
      store.write("google", { known: [knownRow("a")] }),
    ]);
    expect((await reopened()).load("google")).toEqual({ outbox: [], known: [knownRow("a")], meta: { last: "49" } });
  });

  it("says nothing in any run of an item in whose place another stands, but what is done from then on", async () => {
    const { store, reopened } = await open();
    await store.write("google", { run: [runEntry(1, "a"), runEntry(1, "b")] });
    await store.write("google", { run: [runEntry(2, "a")] });
    await store.write("caldav", { run: [runEntry(1, "a")] });
    await store.write("google", { supplanted: ["a"], run: [runEntry(3, "a")] });
    const again = await reopened();
    expect(again.lastRun("google")).toEqual([runEntry(3, "a")]);
    await again.dropRuns("google", 3);
    expect(again.lastRun("google")).toEqual([runEntry(1, "b")]);
    expect(again.lastRun("caldav")).toHaveLength(1);
  });

  it("remembers the last runs, of which the newest can be taken back", async () => {
    const { store } = await open();
    for (let run = 1; run <= 7; run += 1)
      await store.write("google", { run: [runEntry(run, "a"), runEntry(run, "b")] });
    await store.write("caldav", { run: [{ ...runEntry(9, "z"), target: "caldav" }] });
    expect(store.lastRun("google")).toEqual([runEntry(7, "a"), runEntry(7, "b")]);
    for (let run = 7; run > 2; run -= 1) {
      expect(store.lastRun("google")[0]?.run).toBe(run);
      await store.dropRuns("google", run);
    }
    expect(store.lastRun("google")).toEqual([]);
    expect(store.lastRun("caldav")).toHaveLength(1);
  });

  it("forgets every run from a number on", async () => {
    const { store } = await open();
    for (let run = 1; run <= 3; run += 1) await store.write("google", { run: [runEntry(run, "a")] });
    await store.dropRuns("google", 2);
    expect(store.lastRun("google")).toEqual([runEntry(1, "a")]);
    await store.dropRuns("google", 0);
    expect(store.lastRun("google")).toEqual([]);
  });
});

it("what a keeper stores is no fact of the journal's own", async () => {
  const { calendars, journal } = await journalIn();
  await calendars.write("google", { meta: { token: "1" } });
  expect(journal.load().meta).toEqual({});
});
