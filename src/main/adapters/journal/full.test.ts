import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Journal, JournalBatch } from "../../../core/journal.ts";
import { openDatabase } from "./database.ts";
import { problemOf, temporaryFolder } from "./harness.ts";
import { createJournal } from "./journal.ts";
import { prepareDatabase } from "./prepare.ts";
import { channel, matchRecord, noise, noon, silentLog, validMessage, venueChange } from "./samples.ts";
import { write } from "./write.ts";

/** A journal whose file may have so many pages, as if the disk ended there. */
const boundedJournal = (pages: number) => {
  const database = openDatabase({ file: join(temporaryFolder(), "journal.sqlite"), log: silentLog });
  prepareDatabase(database);
  const setPages = (most: number): void => void database.number(`PRAGMA max_page_count = ${most}`);
  setPages(pages);
  const close = async (): Promise<void> => database.close();
  const append = async (batch: JournalBatch): Promise<void> => write(database, batch);
  return { journal: createJournal({ store: { database, log: silentLog }, append, close }), setPages };
};

const payloadOf = (id: number): Uint8Array => noise(50_000, id);
const batchOf = (id: number): JournalBatch => ({
  messages: [validMessage({ id, payload: payloadOf(id), matchIds: [`match-${id}`] })],
  matches: [matchRecord(`match-${id}`)],
  changes: [venueChange(id, `match-${id}`)],
  meta: { last: String(id) },
});

const fill = (journal: Journal): number => {
  for (let id = 1; id < 1000; id += 1) if (problemOf(() => journal.write(batchOf(id))) === "journal-full") return id;
  throw new Error("the journal was never full");
};

describe("a journal without room", () => {
  it("says so, has nothing half-written, and takes the same batch when there is room again", () => {
    const { journal, setPages } = boundedJournal(200);
    const refused = fill(journal);
    const whole = refused - 1;
    expect(whole).toBeGreaterThan(5);
    expect(problemOf(() => journal.write(batchOf(refused)))).toBe("journal-full");

    const { messages, matches, changes, meta } = journal.load();
    expect([messages.length, matches.length, changes.length, meta.last]).toEqual([whole, whole, whole, String(whole)]);
    expect(journal.payload(whole)?.payload).toEqual(payloadOf(whole));
    expect(journal.payload(refused)).toBeNull();
    expect(journal.messages({ matchId: `match-${refused}`, limit: 1 })).toEqual([]);

    setPages(1000);
    journal.write(batchOf(refused));
    expect(journal.payload(refused)?.payload).toEqual(payloadOf(refused));
    expect(journal.load().meta.last).toBe(String(refused));
  });

  it("refuses the spill too, whole", () => {
    const { journal } = boundedJournal(100);
    const heard = Array.from({ length: 30 }, (_, receivedAt) => ({ channel, payload: payloadOf(1), receivedAt }));
    expect(problemOf(() => journal.spill(heard))).toBe("journal-full");
    expect(journal.spilled(100)).toEqual([]);
  });

  it("makes room by its own cleaning", () => {
    const { journal } = boundedJournal(200);
    const refused = fill(journal);
    while (journal.cleanSlice({ now: noon, days: 30, megabytes: 2 }));
    journal.write(batchOf(refused));
    expect(journal.payload(refused)?.payload).toEqual(payloadOf(refused));
  });
});
