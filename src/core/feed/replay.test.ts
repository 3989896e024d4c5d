import { describe, expect, it } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import type { QuarantineItem } from "../journal.ts";
import type { Arrival } from "./arrival.ts";
import { emptyOutcome } from "./batch.ts";
import type { Decoded } from "./message.ts";
import { replayQuarantine } from "./replay.ts";

const at = instant("2027-05-06T10:00:00.000Z");
const item = (id: number, payload: Uint8Array | null = Uint8Array.of(id % 256)): QuarantineItem => ({
  id,
  receivedAt: at,
  channel: "c",
  bytes: 1,
  rejections: [],
  payload,
});
const unreadable: Decoded = { ok: false, rejection: { path: "", reason: "" }, messageId: null, publishedAt: null };

/** A quarantine of which every third message can be read by now. */
const createDesk = (items: readonly QuarantineItem[]) => {
  const taken: number[][] = [];
  const decoded: number[] = [];
  let breaths = 0;
  const tools = {
    journal: {
      quarantine: ({
        before = Number.POSITIVE_INFINITY,
        limit,
      }: {
        readonly before?: number;
        readonly limit: number;
      }) => items.filter(({ id }) => id < before).slice(0, limit),
      quarantined: (id: number) => items.find((each) => each.id === id) ?? null,
    },
    decode: (payload: Uint8Array) => {
      decoded.push(payload[0] ?? -1);
      return unreadable;
    },
    clock: {
      after: (_ms: number, task: () => void) => {
        breaths += 1;
        task();
        return () => undefined;
      },
    },
    take: async (_way: string, arrivals: readonly Arrival[]) => {
      const ids = arrivals.flatMap(({ kept }) => (kept.kind === "already" ? [kept.id] : []));
      taken.push(ids);
      return { ...emptyOutcome("replay"), released: ids.filter((id) => id % 3 === 0) };
    },
  };
  return { tools, taken, decoded, breaths: () => breaths };
};

describe("a replay", () => {
  it("of all goes page by page from the newest on, each page in the order in which it came", async () => {
    const { tools, taken, breaths } = createDesk(Array.from({ length: 450 }, (_, index) => item(450 - index)));
    expect(await replayQuarantine(null, tools)).toEqual({ replayed: 450, accepted: 150 });
    expect(taken.map((ids) => [ids[0], ids.at(-1)])).toEqual([
      [251, 450],
      [51, 250],
      [1, 50],
    ]);
    expect(breaths()).toBe(3);
  });

  it("leaves alone what was too large to be kept", async () => {
    const { tools, taken } = createDesk([item(2, null), item(1)]);
    expect(await replayQuarantine(null, tools)).toEqual({ replayed: 1, accepted: 0 });
    expect(taken).toEqual([[1]]);
  });

  it("may be of one alone, when that is there", async () => {
    const { tools, taken } = createDesk([item(3), item(2)]);
    expect(await replayQuarantine(3, tools)).toEqual({ replayed: 1, accepted: 1 });
    expect(taken).toEqual([[3]]);
    await expect(replayQuarantine(9, tools)).rejects.toMatchObject({ problem: { kind: "not-found" } });
  });
});
