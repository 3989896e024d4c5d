import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Journal, JournalBatch } from "../../../core/journal.ts";
import type { Alert } from "../../../shared/alert.ts";
import type { Gap } from "../../../shared/connection.ts";
import type { Instant } from "../../../shared/instant.ts";
import { journalIn, temporaryFolder } from "./harness.ts";
import { later, matchRecord, noise, noon, outboxRow, refusedMessage, validMessage, venueChange } from "./samples.ts";

const day = 24 * 3600;
const ago = (days: number): Instant => later(-days * day);
const megabyte = 1_000_000;

type Limits = Partial<Parameters<Journal["cleanSlice"]>[0]>;
/** Cleans to the end; answers how long the slices took. */
const clean = async (journal: Journal, limits: Limits = {}): Promise<readonly number[]> => {
  const times: number[] = [];
  for (;;) {
    const begun = performance.now();
    const more = await journal.cleanSlice({ now: noon, days: 30, megabytes: 200, personalDays: 90, ...limits });
    times.push(performance.now() - begun);
    if (!more) return times;
  }
};

const gap = (id: number, days: number, state: Gap["state"]): Gap => ({
  id,
  from: ago(days),
  to: state === "open" ? null : ago(days),
  cause: { kind: "restart" },
  state,
  filledAt: null,
  brought: null,
});

const alert = (id: number, days: number, state: Alert["state"]): Alert => ({
  id,
  key: `system:${id}`,
  cause: { kind: "system", alertType: "test", text: "text" },
  level: "warning",
  severity: "warning",
  firstAt: ago(days),
  lastAt: ago(days),
  count: 1,
  state,
});

/** Something of everything on each of these days, the oldest first. */
const write = async (journal: Journal, days: readonly number[]): Promise<void> => {
  for (const [index, age] of days.entries()) {
    const id = 2 * index + 1;
    const at = ago(age);
    const batch: JournalBatch = {
      messages: [validMessage({ id, at, matchIds: [`${id}`] }), refusedMessage({ id: id + 1, at })],
      matches: [matchRecord(`${id}`)],
      changes: [venueChange(id, `${id}`, at)],
      cycles: [{ at, status: "completed", cycle: id, matches: 1, durationMs: 10 }],
      stats: [
        {
          minute: at,
          channels: { a: { valid: 1, invalid: 0, duplicates: 0 } },
          latency: { 3: 1 },
          calendarDone: 1,
          calendarFailed: 0,
        },
      ],
    };
    await journal.append(batch);
  }
};

describe("retention by age", () => {
  it("removes what is older and keeps what is not", async () => {
    const { journal } = await journalIn();
    await write(journal, [40, 31, 29, 0]);
    await clean(journal);
    expect(journal.messages({ limit: 9 }).map(({ id }) => id)).toEqual([8, 7, 6, 5]);
    expect(journal.messages({ limit: 9, matchId: "1" })).toEqual([]);
    expect(journal.payload(1)).toBeNull();
    expect(journal.payload(5)?.payload).not.toBeNull();
    expect(journal.quarantine({ limit: 9 }).map(({ id }) => id)).toEqual([8, 6]);
    expect(journal.size()).toMatchObject({ messages: 4, oldestAt: ago(29) });
  });

  it("keeps matches, and their timelines for as long as there is room", async () => {
    const { journal } = await journalIn();
    await write(journal, [800, 181, 40]);
    await clean(journal);
    expect(journal.load().matches).toHaveLength(3);
    expect(journal.changesAfter(0, 9).map(({ id }) => id)).toEqual([1, 3, 5]);
  });

  it("keeps what is still asked for: open gaps, unfilled ones, active alerts, calendars, the spill, small facts", async () => {
    const { journal, calendars } = await journalIn();
    const at = ago(170);
    await journal.append({
      gaps: [gap(1, 170, "open"), gap(2, 170, "unfilled"), gap(3, 170, "closed"), gap(4, 1, "closed")],
      alerts: [
        alert(1, 170, { name: "active" }),
        alert(2, 170, { name: "snoozed", until: noon }),
        alert(3, 170, { name: "resolved", at }),
        alert(4, 170, { name: "acknowledged", at }),
        alert(5, 1, { name: "resolved", at }),
      ],
      meta: { fact: "kept" },
    });
    await journal.append({ spilled: [{ channel: "a", payload: new Uint8Array(3), receivedAt: 0 }] });
    await calendars.write("google", { outbox: [{ ...outboxRow("a"), queuedAt: at }] });
    await clean(journal);
    const { gaps, alerts, meta } = journal.load();
    expect(gaps.map(({ id }) => id)).toEqual([4, 2, 1]);
    expect(alerts.map(({ id }) => id)).toEqual([5, 2, 1]);
    expect(meta).toMatchObject({ fact: "kept" });
    expect(journal.spilled({ messages: 9, bytes: 1e9 })).toHaveLength(1);
    expect(calendars.load("google").outbox).toHaveLength(1);
  });

  it("lets even those go after half a year, but for a gap that is still open", async () => {
    const { journal } = await journalIn();
    await journal.append({
      gaps: [gap(1, 190, "open"), gap(2, 190, "unfilled")],
      alerts: [alert(1, 190, { name: "active" })],
    });
    await clean(journal);
    const { gaps, alerts } = journal.load();
    expect([gaps.map(({ id }) => id), alerts]).toEqual([[1], []]);
  });

  it("keeps the counts that some chart shows", async () => {
    const { journal } = await journalIn();
    await write(journal, [29, 6, 0]);
    const shown = () =>
      (["1h", "24h", "7d", "30d"] as const).map((range) =>
        journal.stats(range, noon).buckets.reduce((sum, { channels }) => sum + (channels.a?.valid ?? 0), 0),
      );
    const before = shown();
    expect(before).toEqual([1, 1, 2, 3]);
    await clean(journal, { days: 1 });
    expect(shown()).toEqual(before);
  });

  it("never gives an id a second time, even when everything is gone", async () => {
    const folder = temporaryFolder();
    const first = await journalIn(folder);
    await write(first.journal, [400, 300]);
    await clean(first.journal);
    expect(first.journal.size()).toMatchObject({ messages: 0, oldestAt: null });
    await first.close();
    expect((await journalIn(folder)).journal.load().lastIds).toMatchObject({ message: 4, change: 3 });
  });
});

describe("retention by size", () => {
  const fill = async (journal: Journal, megabytes: number): Promise<void> => {
    const perBatch = 250;
    for (let batch = 0; batch < megabytes * 2; batch += 1) {
      const messages = Array.from({ length: perBatch }, (_, index) => {
        const id = batch * perBatch + index + 1;
        return validMessage({ id, payload: noise(2000, id), matchIds: [String(id % 100)] });
      });
      await journal.append({ messages });
    }
  };

  it("removes the oldest, in slices, and the file shrinks", async () => {
    const folder = temporaryFolder();
    const { journal } = await journalIn(folder);
    await fill(journal, 16);
    const file = join(folder, "journal.sqlite");
    expect(journal.size().bytes).toBeGreaterThan(16 * megabyte);
    const newest = journal.messages({ limit: 1 })[0]?.id;
    const slices = await clean(journal, { megabytes: 10 });
    expect(slices.length).toBeGreaterThan(10);
    expect(journal.size().bytes).toBeLessThan(10 * megabyte);
    expect(statSync(file).size).toBeLessThan(10 * megabyte);
    expect(journal.size().messages).toBeGreaterThan(1000);
    expect(journal.messages({ limit: 1 })[0]?.id).toBe(newest);
    expect(journal.payload(newest ?? 0)?.payload).toHaveLength(2000);
  });

  it("takes very large messages a few at a time", async () => {
    const { journal } = await journalIn();
    const bytes = 5 * 1024 * 1024;
    for (let id = 1; id <= 6; id += 1)
      await journal.append({ messages: [validMessage({ id, payload: noise(bytes, id) })] });
    const left: number[] = [];
    while (await journal.cleanSlice({ now: noon, days: 30, megabytes: 10, personalDays: 90 }))
      left.push(journal.size().messages);
    expect([...new Set(left)]).toEqual([5, 4, 3, 2, 1]);
  });

  it("empties the quarantine when there is nothing else to remove", async () => {
    const { journal } = await journalIn();
    const payload = new Uint8Array(4 * 1024 * 1024);
    for (let id = 1; id <= 5; id += 1) await journal.append({ messages: [refusedMessage({ id, payload })] });
    await clean(journal, { megabytes: 10 });
    expect(journal.size().bytes).toBeLessThan(10 * megabyte);
    expect(journal.quarantine({ limit: 9 }).map(({ id }) => id)).toEqual([5]);
  });

  it("shortens timelines when they fill half of the room", async () => {
    const { journal } = await journalIn();
    const title = "Ängby IF – Östra BK ".repeat(10);
    for (let batch = 0; batch < 30; batch += 1) {
      const changes = Array.from({ length: 1000 }, (_, index) => ({
        ...venueChange(batch * 1000 + index + 1, `${index % 50}`),
        title,
      }));
      await journal.append({ changes, messages: [validMessage({ id: batch + 1 })] });
    }
    await clean(journal, { megabytes: 10 });
    expect(journal.size().bytes).toBeLessThan(10 * megabyte);
    expect(journal.changesOf("7").length).toBeGreaterThan(50);
    expect(journal.changesAfter(0, 1)[0]?.id).toBeGreaterThan(1000);
    expect(journal.size().messages).toBe(30);
  });

  it("lets no message go for what is spilled and will leave by itself", async () => {
    const { journal } = await journalIn();
    await fill(journal, 2);
    await journal.append({
      spilled: Array.from({ length: 12 }, (_, id) => ({ channel: "a", payload: noise(megabyte, id), receivedAt: id })),
    });
    await clean(journal, { megabytes: 10 });
    expect(journal.size().messages).toBe(1000);
    await journal.append({ unspilledTo: journal.spilled({ messages: 20, bytes: 1e9 }).at(-1)?.spillId ?? 0 });
    await clean(journal, { megabytes: 10 });
    expect(journal.size()).toMatchObject({ messages: 1000 });
    expect(journal.size().bytes).toBeLessThan(10 * megabyte);
  });

  it("does nothing while there is room", async () => {
    const { journal } = await journalIn();
    await fill(journal, 2);
    expect(await clean(journal)).toHaveLength(1);
    expect(journal.size().messages).toBe(1000);
  });
});
