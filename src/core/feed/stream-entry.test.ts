import { expect, test } from "vitest";
import { createDecoder } from "./decode.ts";
import { messagesIn } from "./stream-entry.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array): string | null => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(value);
  } catch {
    return null;
  }
};
const words = { text, encode: bytes };
const message = '{"type":"match_updates","payload":{"matches":[{"matchid":1}]}}';

test.each<readonly [string, Readonly<Record<string, string>>, string]>([
  ["the field data", { data: message }, message],
  ["the field data beside others", { id: "7", payload: "[]", data: message }, message],
  ["data that is no JSON", { data: "health_check_1", more: "{}" }, "health_check_1"],
  ["the only field", { anything: message }, message],
  ["the only field that is JSON", { source: "publisher", type: "x", message: ` \n${message}` }, ` \n${message}`],
  ["an envelope", { type: "match_updates", payload: "[1]", n: "1" }, '{"type":"match_updates","payload":[1],"n":"1"}'],
  [
    "a match",
    { matchid: "1", lag1namn: 'A "B"', extra: '{"a":1}' },
    '{"matchid":"1","lag1namn":"A \\"B\\"","extra":{"a":1}}',
  ],
  ["two fields that are JSON", { a: "{}", b: "[]" }, '{"a":{},"b":[]}'],
  ["fields without JSON", { a: "1", b: "x" }, '{"a":"1","b":"x"}'],
  ["no fields", {}, "{}"],
])("%s", (_name, fields, expected) => {
  const entry = { fields: Object.entries(fields).map(([name, value]) => [name, bytes(value)] as const) };
  expect(messagesIn(entry, words).map(text)).toEqual([expected]);
});

test("each field data is a message, and none is lost", () => {
  const fields = ["a", message, "b"].map((value) => ["data", bytes(value)] as const);
  expect(messagesIn({ fields: [...fields, ["more", bytes("{}")]] }, words).map(text)).toEqual(["a", message, "b"]);
});

test("bytes that are no text are not told, and take nothing else with them", () => {
  const entry = {
    fields: [
      ["matchid", bytes("1")],
      ["odd", new Uint8Array([0xff, 0x7b])],
    ] as const,
  };
  expect(messagesIn(entry, words).map(text)).toEqual(['{"matchid":"1","odd":null}']);
});

test("a match that is an entry by itself is read as one", () => {
  const decode = createDecoder({ text, utf8Only: true, maxBytes: 1000 });
  const fields = { matchid: "4711", lag1namn: "Alfa", lag2namn: "Beta" };
  const entry = { fields: Object.entries(fields).map(([name, value]) => [name, bytes(value)] as const) };
  const [read = new Uint8Array()] = messagesIn(entry, words);
  const decoded = decode(read);
  expect(decoded.ok && decoded.message.body).toMatchObject({ type: "match_updates", matches: [{ id: "4711" }] });
});
