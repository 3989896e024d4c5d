import { describe, expect, it } from "vitest";
import { journalIn } from "./harness.ts";
import { quarantineLimits } from "./quarantine.ts";
import { refusedMessage, validMessage } from "./samples.ts";

const megabyte = 1024 * 1024;
const ids = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => from + index);

describe("the quarantine", () => {
  it("keeps what was refused, newest first, page by page", async () => {
    const { journal } = await journalIn();
    await journal.append({ messages: [...ids(1, 5).map((id) => refusedMessage({ id })), validMessage({ id: 6 })] });
    const first = journal.quarantine({ limit: 3 });
    expect(first.map(({ id }) => id)).toEqual([5, 4, 3]);
    expect(journal.quarantine({ before: 3, limit: 3 }).map(({ id }) => id)).toEqual([2, 1]);
    const { summary, payload, rejections } = refusedMessage({ id: 5 });
    const { id, channel, receivedAt, bytes } = summary;
    expect(first[0]).toEqual({ id, channel, receivedAt, bytes, rejections, payload });
    expect(journal.quarantined(5)).toEqual(first[0]);
    expect(journal.quarantined(6)).toBeNull();
  });

  it("lets go of what a replay has accepted, and of nothing else", async () => {
    const { journal } = await journalIn();
    await journal.append({ messages: ids(1, 3).map((id) => refusedMessage({ id })) });
    await journal.append({ released: [1, 3, 77] });
    expect(journal.quarantine({ limit: 9 }).map(({ id }) => id)).toEqual([2]);
    expect(journal.size().messages).toBe(3);
  });

  it("is bounded by count: the newest stay", async () => {
    const { journal } = await journalIn();
    const { messages: most } = quarantineLimits;
    for (const start of [0, 1, 2])
      await journal.append({ messages: ids(start * 2000 + 1, 2000).map((id) => refusedMessage({ id })) });
    expect(journal.quarantineSize().count).toBe(most);
    expect(journal.quarantine({ limit: 1 })[0]?.id).toBe(6000);
    expect(journal.quarantined(6000 - most)).toBeNull();
    expect(journal.quarantined(6000 - most + 1)?.id).toBe(6000 - most + 1);
  });

  it("is bounded by bytes: the newest stay", { timeout: 60_000 }, async () => {
    const { journal } = await journalIn();
    const payload = new Uint8Array(4 * megabyte);
    for (const id of ids(1, 15)) await journal.append({ messages: [refusedMessage({ id, payload })] });
    const { count, bytes } = journal.quarantineSize();
    expect(count).toBe(Math.floor(quarantineLimits.bytes / payload.byteLength));
    expect(bytes).toBe(count * payload.byteLength);
    expect(journal.quarantine({ limit: 100 }).map(({ id }) => id)).toEqual(ids(16 - count, count).toReversed());
    expect(journal.load().quarantine).toEqual({ count, bytes });
  });

  it("keeps of a payload beyond the limit only where it came from and how large it was", async () => {
    const { journal } = await journalIn();
    const payload = new Uint8Array(quarantineLimits.payloadBytes + 1);
    const bytes = 9 * megabyte;
    const headerOnly = refusedMessage({ id: 2, payload: null });
    await journal.append({
      messages: [refusedMessage({ id: 1, payload }), { ...headerOnly, summary: { ...headerOnly.summary, bytes } }],
    });
    expect(journal.quarantined(1)).toMatchObject({ payload: null, bytes: payload.byteLength });
    expect(journal.quarantined(2)).toMatchObject({ payload: null, bytes });
    expect(journal.quarantineSize()).toEqual({ count: 2, bytes: 0 });
  });
});
