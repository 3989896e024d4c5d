import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Journal, JournalBatch } from "../../../core/journal.ts";
import { journalOnThisThread, problemOf, temporaryFolder } from "./harness.ts";
import { channel, matchRecord, noise, noon, validMessage, venueChange } from "./samples.ts";

/** A journal whose file may have so many pages, as if the disk ended there. */
const boundedJournal = (pages: number) => {
  const { journal, database } = journalOnThisThread(join(temporaryFolder(), "journal.sqlite"));
  const setPages = (most: number): void => void database.number(`PRAGMA max_page_count = ${most}`);
  setPages(pages);
  return { journal, setPages };
};

const payloadOf = (id: number): Uint8Array => noise(50_000, id);
const batchOf = (id: number): JournalBatch => ({
  messages: [validMessage({ id, payload: payloadOf(id), matchIds: [`match-${id}`] })],
  matches: [matchRecord(`match-${id}`)],
  changes: [venueChange(id, `match-${id}`)],
  meta: { last: String(id) },
});

const fill = async (journal: Journal): Promise<number> => {
  for (let id = 1; id < 1000; id += 1)
    if ((await problemOf(() => journal.append(batchOf(id)))) === "journal-full") return id;
  throw new Error("the journal was never full");
};

describe("a journal without room", () => {
  it("says so, has nothing half-written, and takes the same batch when there is room again", async () => {
    const { journal, setPages } = boundedJournal(200);
    const refused = await fill(journal);
    const whole = refused - 1;
    expect(whole).toBeGreaterThan(5);
    expect(await problemOf(() => journal.append(batchOf(refused)))).toBe("journal-full");

    const { messages, matches, changes, meta } = journal.load();
    expect([messages.length, matches.length, changes.length, meta.last]).toEqual([whole, whole, whole, String(whole)]);
    expect(journal.payload(whole)?.payload).toEqual(payloadOf(whole));
    expect(journal.payload(refused)).toBeNull();
    expect(journal.messages({ matchId: `match-${refused}`, limit: 1 })).toEqual([]);

    setPages(1000);
    await journal.append(batchOf(refused));
    expect(journal.payload(refused)?.payload).toEqual(payloadOf(refused));
    expect(journal.load().meta.last).toBe(String(refused));
  });

  it("refuses the spill too, whole", async () => {
    const { journal } = boundedJournal(100);
    const heard = Array.from({ length: 30 }, (_, receivedAt) => ({ channel, payload: payloadOf(1), receivedAt }));
    expect(await problemOf(() => journal.append({ spilled: heard }))).toBe("journal-full");
    expect(journal.spilled({ messages: 100, bytes: 1e9 })).toEqual([]);
  });

  it("makes room by its own cleaning", async () => {
    const { journal } = boundedJournal(200);
    const refused = await fill(journal);
    while (await journal.cleanSlice({ now: noon, days: 30, megabytes: 2, personalDays: 90 }));
    await journal.append(batchOf(refused));
    expect(journal.payload(refused)?.payload).toEqual(payloadOf(refused));
  });
});
