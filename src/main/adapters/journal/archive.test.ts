import { describe, expect, it } from "vitest";
import { journalIn, temporaryFolder } from "./harness.ts";
import { knownRow, later, matchRecord, noon, outboxRow, runEntry, validMessage, venueChange } from "./samples.ts";

const megabyte = 1_000_000;

describe("an archived match", () => {
  it("is current no more, and can still be read with its timeline", async () => {
    const folder = temporaryFolder();
    const opened = await journalIn(folder);
    const { journal, calendars } = opened;
    await journal.append({ matches: [matchRecord("1"), matchRecord("2")], changes: [venueChange(1, "1")] });
    for (const id of ["1", "2"])
      await calendars.write("google", {
        known: [knownRow(id)],
        outbox: [outboxRow(id)],
        run: [runEntry(1, id)],
        meta: { [`sequence:${id}`]: "3", [`undone:${id}`]: "hash" },
      });
    await journal.append({ archived: [{ id: "1", playedAt: noon }] });
    await opened.close();

    const again = await journalIn(folder);
    expect(again.journal.load().matches.map(({ match }) => match.id)).toEqual(["2"]);
    expect(again.journal.archivedMatch("1")).toEqual(matchRecord("1"));
    expect(again.journal.archivedMatch("2")).toBeNull();
    expect(again.journal.changesOf("1")).toHaveLength(1);
    const { known, outbox, meta } = again.calendars.load("google");
    expect([known, outbox].map((rows) => rows.map(({ id }) => id))).toEqual([["2"], ["2"]]);
    expect(meta).toEqual({ "sequence:2": "3", "undone:2": "hash" });
    expect(again.calendars.lastRun("google").map(({ id }) => id)).toEqual(["2"]);
  });

  it("goes, the oldest first, when they fill the room", async () => {
    const { journal } = await journalIn();
    const matches = 12_000;
    for (let from = 0; from < matches; from += 500) {
      const ids = Array.from({ length: 500 }, (_, index) => from + index);
      await journal.append({ matches: ids.map((id) => matchRecord(`${id}`)) });
      await journal.append({ archived: ids.map((id) => ({ id: `${id}`, playedAt: later(id) })) });
    }
    await journal.append({ messages: [validMessage({ id: 1 })] });
    while (await journal.cleanSlice({ now: noon, days: 30, megabytes: 10, personalDays: 90 }));
    expect(journal.size()).toMatchObject({ messages: 1 });
    expect(journal.size().bytes).toBeLessThan(10 * megabyte);
    expect(journal.archivedMatch("0")).toBeNull();
    expect(journal.archivedMatch(`${matches - 1}`)).not.toBeNull();
  });
});
