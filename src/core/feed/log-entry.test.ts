import { expect, test } from "vitest";
import type { Saying, StreamEntry } from "../ports.ts";
import { fieldsOf, heardIn, wordFields, wordIn } from "./log-entry.ts";
import type { Word } from "./word.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array): string => new TextDecoder().decode(value);
const added = Date.UTC(2027, 4, 6, 10);
const options = { name: "the-log", now: added + 5000, text };

const saying: Saying = { mark: "m", channel: "c", nth: 1, payload: bytes("å"), heardAt: 1000, isAgain: false };

const entryOf = (fields: readonly (string | Uint8Array)[], id = `${added}-0`): StreamEntry => ({
  id,
  fields: Array.from({ length: fields.length / 2 }, (_, n): readonly [string, Uint8Array] => {
    const [name = "", value = ""] = fields.slice(2 * n);
    return [String(name), typeof value === "string" ? bytes(value) : value];
  }),
});

const readAgain = (said: Saying, now: number) => heardIn(entryOf(fieldsOf(said, now)), options);

test("what is written is read as it was, and was heard when the log took it", () => {
  const heard = readAgain(saying, 1010);
  expect(heard).toEqual({ channel: "c", payload: bytes("å"), receivedAt: added, saidAt: null, isLogged: true });
});

test("what waited for long, and what is said again, was said when it was heard", () => {
  expect(readAgain(saying, 61_000)?.saidAt).toBe(added - 60_000);
  expect(readAgain({ ...saying, isAgain: true }, 1010)?.saidAt).toBe(added - 10);
});

test("nothing was heard later than now, whatever the log's clock shows", () => {
  expect(heardIn(entryOf(fieldsOf(saying, 1000), `${added + 60_000}-0`), options)?.receivedAt).toBe(options.now);
});

test("what a newer version wrote nobody reads, and what no version wrote is handed on to be refused", () => {
  expect(heardIn(entryOf(["v", "2", "what", "ever"]), options)).toBeNull();
  for (const fields of [[], ["v", "one"], ["data", "x"], ["v", "", "channel", "c"]])
    expect(heardIn(entryOf(fields), options)).not.toBeNull();
  const word = wordFields({
    ...{ name: "node-1", first: null },
    word: JSON.stringify({ kind: "decline", matchId: "1", declined: true, by: "Bo" }),
  });
  const newer = entryOf(["v", "2", ...word.slice(2)]);
  expect([wordIn(newer, options), heardIn(newer, options)]).toEqual([null, null]);
  expect(heardIn(entryOf(["a", "b"]), options)).toMatchObject({ channel: "the-log", payload: bytes("") });
});

test("a word is read as it was said, at the time of the log; what is none is heard, so that it is refused", () => {
  const word: Word = { kind: "decline", matchId: "1", declined: true, by: "Bo" };
  const entry = entryOf(wordFields({ name: "node-1", word: JSON.stringify(word), first: null }));
  expect(wordIn(entry, options)).toEqual({ said: { id: `${added}-0`, name: "node-1" }, word, at: added });
  // Said again, it was said when a log took it first.
  const again = wordFields({ name: "node-1", word: JSON.stringify(word), first: `${added - 9000}-3` });
  expect(wordIn(entryOf(again), options)).toEqual({
    said: { id: `${added - 9000}-3`, name: "node-1" },
    word,
    at: added - 9000,
  });
  expect(wordIn(entryOf(fieldsOf(saying, 1000)), options)).toBeNull();
  for (const text of ["", "{}", '{"kind":"unheard-of","matchId":"1"}'])
    expect(wordIn(entryOf(wordFields({ name: "node-1", word: text, first: null })), options)).toBeNull();
});
