import { describe, expect, it } from "vitest";
import { journalIn, temporaryFolder } from "./harness.ts";
import { knownRow, outboxRow, runEntry } from "./samples.ts";

describe("the calendars' books", () => {
  it("are read back, each calendar's own, also after a restart", async () => {
    const folder = temporaryFolder();
    const first = await journalIn(folder);
    await first.calendars.write("google", {
      outbox: [outboxRow("a"), outboxRow("b")],
      known: [knownRow("c")],
      meta: { token: "1", gone: "2" },
    });
    await first.calendars.write("caldav", { known: [{ ...knownRow("c"), target: "caldav" }], meta: { token: "3" } });
    await first.calendars.write("google", { meta: { gone: null } });
    await first.close();
    const { calendars, journal } = await journalIn(folder);
    expect(calendars.load("google")).toEqual({
      outbox: [outboxRow("a"), outboxRow("b")],
      known: [knownRow("c")],
      meta: { token: "1" },
    });
    expect(calendars.load("caldav").known).toHaveLength(1);
    expect(calendars.load("ics")).toEqual({ outbox: [], known: [], meta: {} });
    expect(journal.load().meta).toEqual({});
  });

  it("have one row for a match: the latest word holds, and what is done goes before what is wanted anew", async () => {
    const { calendars } = await journalIn();
    await calendars.write("google", {
      outbox: [outboxRow("a"), outboxRow("b")],
      known: [knownRow("a"), knownRow("b")],
    });
    const again = { ...outboxRow("a"), urgent: true };
    await calendars.write("google", { outboxDone: ["a", "b"], outbox: [again], forgotten: ["b"] });
    const { outbox, known } = calendars.load("google");
    expect(outbox).toEqual([again]);
    expect(known).toEqual([knownRow("a")]);
  });

  it("remember the last runs, of which the newest can be taken back", async () => {
    const { calendars } = await journalIn();
    for (let run = 1; run <= 7; run += 1)
      await calendars.write("google", { run: [runEntry(run, "a"), runEntry(run, "b")] });
    await calendars.write("caldav", { run: [{ ...runEntry(9, "z"), target: "caldav" }] });
    expect(calendars.lastRun("google")).toEqual([runEntry(7, "a"), runEntry(7, "b")]);
    for (let run = 7; run > 2; run -= 1) {
      expect(calendars.lastRun("google")[0]?.run).toBe(run);
      await calendars.dropRuns("google", run);
    }
    expect(calendars.lastRun("google")).toEqual([]);
    expect(calendars.lastRun("caldav")).toHaveLength(1);
  });
});
