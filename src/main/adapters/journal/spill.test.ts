import { expect, it } from "vitest";
import { journalIn, temporaryFolder } from "./harness.ts";
import { channel, validMessage } from "./samples.ts";

const heard = (text: string, receivedAt: number) => ({ channel, receivedAt, payload: new TextEncoder().encode(text) });

it("the spill gives messages back in the order they came, also to the next run", async () => {
  const folder = temporaryFolder();
  const first = await journalIn(folder);
  await first.journal.append({ spilled: [heard("1", 1000.5), heard("2", 1000.25)] });
  await first.journal.append({ spilled: [heard("", 1001)] });
  await first.close();
  const { journal } = await journalIn(folder);
  await journal.append({ spilled: [heard("4", 1002)] });
  const back = journal.spilled({ messages: 3, bytes: 1e9 });
  expect(back.map(({ spillId: _, payload, ...rest }) => ({ ...rest, payload: new Uint8Array(payload) }))).toEqual([
    heard("1", 1000.5),
    heard("2", 1000.25),
    heard("", 1001),
  ]);
});

it("the spill lets go of exactly what a batch has taken, with that batch", async () => {
  const { journal } = await journalIn();
  await journal.append({ spilled: [heard("1", 1), heard("2", 2), heard("3", 3)] });
  const [, second] = journal.spilled({ messages: 2, bytes: 1e9 });
  const twice = [validMessage({ id: 1 }), validMessage({ id: 1 })];
  await expect(journal.append({ messages: twice, unspilledTo: second?.spillId ?? 0 })).rejects.toThrow();
  expect(journal.spilled({ messages: 10, bytes: 1e9 })).toHaveLength(3);
  await journal.append({ messages: [validMessage({ id: 1 })], unspilledTo: second?.spillId ?? 0 });
  expect(journal.spilled({ messages: 10, bytes: 1e9 }).map(({ receivedAt }) => receivedAt)).toEqual([3]);
});

it("the spill gives back no more bytes than are wanted, but at least one message, and says how many it has", async () => {
  const folder = temporaryFolder();
  const first = await journalIn(folder);
  await first.journal.append({ spilled: [heard("12345", 1), heard("12345", 2), heard("1", 3)] });
  const counts = [1, 5, 6, 10, 11].map((bytes) => first.journal.spilled({ messages: 10, bytes }).length);
  expect(counts).toEqual([1, 1, 2, 2, 3]);
  await first.close();
  expect((await journalIn(folder)).journal.load().spilled).toEqual({ messages: 3, bytes: 11 });
});
