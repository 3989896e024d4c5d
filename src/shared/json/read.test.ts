import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { growth, linearGrowth } from "../testing/growth.ts";
import { type Json, parseJson, readJson } from "./read.ts";
import { createTextDecoding } from "./text.ts";

/** Time of the processor: that others use it too makes no difference. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const text = createTextDecoding(TextDecoder);
const utf8 = { text, utf8Only: true };
const valueIn = (json: Json): unknown => (json.ok ? json.value : expect.fail(json.reason));
const reasonIn = (json: Json): string => (json.ok ? expect.fail("it was read") : json.reason);

describe("bytes", () => {
  it("are read in UTF-8, with a byte order mark and without", () => {
    for (const mark of ["", "\ufeff"]) expect(valueIn(readJson(Buffer.from(`${mark}"Malmö"`), utf8))).toBe("Malmö");
  });

  it("in another encoding are refused, and the encoding is named", () => {
    expect(reasonIn(readJson(Buffer.from('"Malmö"', "latin1"), utf8))).toBe("not UTF-8");
    expect(reasonIn(readJson(Buffer.from('\ufeff"Malmö"', "utf16le"), utf8))).toBe("not UTF-8");
  });

  it("of a person's file may be UTF-16 too", () => {
    const file = { text, utf8Only: false };
    expect(valueIn(readJson(Buffer.from('\ufeff"Malmö"', "utf16le"), file))).toBe("Malmö");
    expect(valueIn(readJson(Buffer.from('\ufeff"Malmö"', "utf16le").swap16(), file))).toBe("Malmö");
    expect(reasonIn(readJson(Buffer.from('"Malmö"', "latin1"), file))).toBe("not UTF-8");
  });

  it("that are none are empty", () => {
    for (const nothing of ["", " \r\n\t"]) expect(reasonIn(readJson(Buffer.from(nothing), utf8))).toBe("empty");
  });
});

describe("a text", () => {
  it("that is JSON is read as JSON.parse reads it", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(valueIn(parseJson(json))).toEqual(JSON.parse(json));
      }),
    );
  });

  it.each([
    ['{"a": NaN}', { a: Infinity }],
    ['{"a": [NaN, Infinity, -Infinity, 1]}', { a: [Infinity, Infinity, Infinity, 1] }],
    ['{"NaN": "NaN, -Infinity", "a": NaN}', { NaN: "NaN, -Infinity", a: Infinity }],
    [String.raw`{"a": "\"NaN", "b":NaN}`, { a: '"NaN', b: Infinity }],
    ["NaN", Infinity],
  ])("has a number that is none where Python wrote one: %s", (json, value) => {
    expect(valueIn(parseJson(json))).toEqual(value);
  });

  it.each([
    ['{"a" 1}', "not JSON from character 6 on", 5],
    ['{"a": NaN', "not JSON from character 7 on", null],
    ['{"NaN": tru}', "not JSON", null],
    ['[1, "abc', "not JSON from character 9 on", 8],
    ["[1,", "not JSON from character 4 on", 3],
    ["'NaN'", "not JSON", null],
    ["[".repeat(65), "not JSON", null],
    [`${"[".repeat(64)}1[2]${"]".repeat(64)}`, "not JSON", null],
  ])("that is not JSON is refused with its place: %s", (json, reason, position) => {
    const read = parseJson(json);
    expect(read).toMatchObject({ ok: false, reason: expect.stringContaining(reason.slice(0, 8)) });
    if (position !== null) expect(read).toMatchObject({ reason, position });
  });

  it("is never repeated by its refusal", () => {
    const secret = "0700000099";
    for (const broken of [`{"a": ${secret}x}`, `{"a": "${secret}`, `${secret}ab`, `[NaN, ${secret} ${secret}]`])
      expect(reasonIn(parseJson(broken))).not.toContain(secret);
  });

  it("of any kind is read or refused, never thrown at, with a place inside it", () => {
    const pieces = fc.constantFrom(
      "NaN",
      "-Infinity",
      '"',
      "\\",
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "1",
      "a",
      " ",
      "\n",
      "å",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (some) => {
        const broken = some.join("");
        const json = parseJson(broken);
        if (!json.ok && json.position !== null) expect(json.position).toBeLessThanOrEqual(broken.length);
      }),
      { numRuns: 5000 },
    );
  });

  it("is read but for what nests too deeply, which is a number that is none", () => {
    const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
    expect(parseJson(`{"a": ${nested(63)}, "b": "]"}`)).toMatchObject({ isWhole: true });
    const read = parseJson(`{"a": ${nested(64)}, "b": "[", "c": ${nested(64)}}`);
    expect(read).toMatchObject({ ok: true, isWhole: false, value: { b: "[" } });
    expect(JSON.stringify(read)).toContain(`${"[".repeat(63)}null${"]".repeat(63)}`);
  });

  it.each(['NaN"', '\\"NaN', "-", "[NaN,", '"\\', '{"a":'])("takes time in proportion to its length: %j", (piece) => {
    const times = growth((length) => `NaN${piece.repeat(length)}`, parseJson, cpuMs);
    expect(times).toBeLessThan(linearGrowth);
  });
});
