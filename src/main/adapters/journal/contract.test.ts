import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createMemoryJournal } from "../../../core/feed/testing/memory-journal.ts";
import type { Journal } from "../../../core/journal.ts";
import { journalIn, journalOnThisThread, problemOf, temporaryFolder } from "./harness.ts";
import { channel, refusedMessage, validMessage, venueChange } from "./samples.ts";

/** What core's tests rely on in the journal that they have in memory, and what the real one does: the same. */

type Relied = Pick<Journal, "append" | "spilled" | "quarantine" | "quarantined">;
const journals: Readonly<Record<string, () => Promise<Relied>>> = {
  "in memory": async () => createMemoryJournal({ after: (_ms, task) => cancelled(setImmediate(task)) }),
  "in a file": async () => journalOnThisThread(join(temporaryFolder(), "journal.sqlite")).journal,
  "behind its thread": async () => (await journalIn()).journal,
};
const cancelled = (timer: NodeJS.Immediate) => (): void => clearImmediate(timer);

const everything = { messages: 100, bytes: 1e9 };
const heard = (text: string) => ({ channel, receivedAt: 1, payload: new TextEncoder().encode(text) });
const textsOf = (journal: Relied, limit = everything): readonly string[] =>
  journal.spilled(limit).map(({ payload }) => new TextDecoder().decode(payload));
const refusedIds = (journal: Relied, page: { readonly before?: number; readonly limit: number }): readonly number[] =>
  journal.quarantine(page).map(({ id }) => id);

describe.each(Object.entries(journals))("a journal %s", (_, create) => {
  it("has a batch whole or not at all, and no number twice", async () => {
    const journal = await create();
    await journal.append({ messages: [validMessage({ id: 1 })], changes: [venueChange(1, "m")] });
    const again = { messages: [validMessage({ id: 2 }), validMessage({ id: 1 })], spilled: [heard("a")] };
    expect(await problemOf(() => journal.append(again))).toBe("journal-failed");
    const changed = { messages: [refusedMessage({ id: 2 })], changes: [venueChange(1, "m")] };
    expect(await problemOf(() => journal.append(changed))).toBe("journal-failed");
    expect([textsOf(journal), refusedIds(journal, { limit: 10 })]).toEqual([[], []]);
    await journal.append({ messages: [validMessage({ id: 2 })], changes: [venueChange(2, "m")] });
  });

  it("takes batches in the order in which they are given", async () => {
    const journal = await create();
    await Promise.all(["a", "b", "c"].map((text) => journal.append({ spilled: [heard(text)] })));
    expect(textsOf(journal)).toEqual(["a", "b", "c"]);
  });

  it("gives the oldest of the spill back within the limit, and lets go of what a batch has taken", async () => {
    const journal = await create();
    await journal.append({ spilled: [heard("12345"), heard("12345"), heard("1")] });
    const within = (bytes: number, messages = 10) => textsOf(journal, { messages, bytes }).length;
    expect([within(1), within(5), within(6), within(10), within(11), within(11, 2)]).toEqual([1, 1, 2, 2, 3, 2]);
    const [, second] = journal.spilled(everything);
    await journal.append({ unspilledTo: second?.spillId ?? 0, spilled: [heard("last")] });
    expect(textsOf(journal)).toEqual(["1", "last"]);
    const ids = journal.spilled(everything).map(({ spillId }) => spillId);
    expect(Math.min(...ids)).toBeGreaterThan(second?.spillId ?? 0);
  });

  it("keeps refused messages, the newest first, until they are released", async () => {
    const journal = await create();
    const ids = [1, 2, 3, 4];
    await journal.append({ messages: [...ids.map((id) => refusedMessage({ id })), validMessage({ id: 5 })] });
    expect(refusedIds(journal, { limit: 10 })).toEqual([4, 3, 2, 1]);
    expect(refusedIds(journal, { limit: 2 })).toEqual([4, 3]);
    expect(refusedIds(journal, { before: 3, limit: 10 })).toEqual([2, 1]);
    const { summary, payload, rejections } = refusedMessage({ id: 2 });
    expect(journal.quarantined(2)).toMatchObject({ id: 2, channel, bytes: summary.bytes, rejections });
    expect(new Uint8Array(journal.quarantined(2)?.payload ?? [])).toEqual(payload);
    await journal.append({ released: [2, 3] });
    expect(refusedIds(journal, { limit: 10 })).toEqual([4, 1]);
    expect([journal.quarantined(2), journal.quarantined(5)]).toEqual([null, null]);
  });
});
