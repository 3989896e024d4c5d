import { describe, expect, it } from "vitest";
import type { Journal, JournaledMessage, MessageFilter } from "../../../core/journal.ts";
import { journalIn } from "./harness.ts";
import { channel, refusedMessage, validMessage, venueChange } from "./samples.ts";

const other = "fogis:status";

/** Ten messages: the even ones elsewhere, every third refused, 4 and 8 about match `a`, 8 and 9 about `b`. */
const tenMessages = (): readonly JournaledMessage[] =>
  Array.from({ length: 10 }, (_, index) => {
    const id = index + 1;
    const matchIds = [...(id === 4 || id === 8 ? ["a"] : []), ...(id >= 8 && id <= 9 ? ["b", "b"] : [])];
    const sample = { id, channel: id % 2 === 0 ? other : channel, matchIds };
    return id % 3 === 0 ? refusedMessage(sample) : validMessage(sample);
  });

const filled = async (): Promise<Journal> => {
  const { journal } = await journalIn();
  await journal.append({ messages: tenMessages() });
  return journal;
};

describe("messages", () => {
  const cases: readonly (readonly [string, Partial<MessageFilter>, readonly number[]])[] = [
    ["newest first, as many as asked for", { limit: 3 }, [10, 9, 8]],
    ["the next page", { limit: 3, before: 8 }, [7, 6, 5]],
    ["the last page", { limit: 3, before: 2 }, [1]],
    ["oldest first after a place", { limit: 3, after: 4 }, [5, 6, 7]],
    ["between two places", { after: 4, before: 7 }, [5, 6]],
    ["of a channel", { channel: other }, [10, 8, 6, 4, 2]],
    ["of a channel nobody uses", { channel: "silent" }, []],
    ["of a type", { type: "match_updates" }, [10, 8, 7, 5, 4, 2, 1]],
    ["of a verdict", { verdict: "invalid" }, [9, 6, 3]],
    ["of a match", { matchId: "a" }, [8, 4]],
    ["of a match, by page", { matchId: "b", before: 9 }, [8]],
    ["of a match, oldest first", { matchId: "b", after: 0 }, [8, 9]],
    ["of a match, a channel and a verdict", { matchId: "b", channel, verdict: "invalid" }, [9]],
    ["of no match there is", { matchId: "' OR 1" }, []],
  ];
  for (const [name, filter, ids] of cases) {
    it(`are found: ${name}`, async () => {
      const journal = await filled();
      expect(journal.messages({ limit: 100, ...filter }).map(({ id }) => id)).toEqual(ids);
    });
  }

  it("keep their payload byte by byte, small, empty, large or none", async () => {
    const { journal } = await journalIn();
    const payloads = [
      new Uint8Array([0, 255, 0]),
      new Uint8Array(),
      null,
      new Uint8Array(3 * 1024 * 1024).fill(7),
      new Uint8Array(700_000).fill(8),
      new Uint8Array(700_000).fill(9),
    ];
    await journal.append({ messages: payloads.map((payload, index) => validMessage({ id: index + 1, payload })) });
    for (const [index, payload] of payloads.entries()) {
      const found = journal.payload(index + 1)?.payload ?? null;
      expect(found === null ? null : Buffer.compare(found, payload ?? Buffer.from("none"))).toBe(
        payload === null ? null : 0,
      );
    }
    expect(journal.payload(7)).toBeNull();
  });

  it("that were refused say why", async () => {
    const journal = await filled();
    expect(journal.payload(3)?.rejections).toEqual([{ path: "payload", reason: "is not an object" }]);
    expect(journal.payload(4)?.rejections).toEqual([]);
  });
});

describe("changes", () => {
  const filled = async (): Promise<Journal> => {
    const { journal: made } = await journalIn();
    await made.append({ changes: [venueChange(1, "a"), venueChange(2, "b"), venueChange(5, "a")] });
    return made;
  };

  it("of one match come newest first", async () => {
    const journal = await filled();
    expect(journal.changesOf("a").map(({ id }) => id)).toEqual([5, 1]);
    expect(journal.changesOf("c")).toEqual([]);
  });

  it("after a place come oldest first, as many as asked for", async () => {
    const journal = await filled();
    expect(journal.changesAfter(0, 2).map(({ id }) => id)).toEqual([1, 2]);
    expect(journal.changesAfter(2, 2).map(({ id }) => id)).toEqual([5]);
    expect(journal.changesAfter(5, 2)).toEqual([]);
  });
});
