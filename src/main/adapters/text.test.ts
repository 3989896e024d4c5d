import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectEncoding, type Encoding, encodings } from "../../shared/json/encoding.ts";
import { decodeText, readableText } from "./text.ts";

const encode = (text: string, encoding: Encoding): Buffer => {
  if (encoding === "utf-8") return Buffer.from(text, "utf8");
  const isLittle = encoding.endsWith("le");
  if (encoding.startsWith("utf-16"))
    return isLittle ? Buffer.from(text, "utf16le") : Buffer.from(text, "utf16le").swap16();
  const bytes = Buffer.alloc(4 * [...text].length);
  [...text].forEach((character, index) => {
    bytes[isLittle ? "writeUInt32LE" : "writeUInt32BE"](character.codePointAt(0) ?? 0, 4 * index);
  });
  return bytes;
};

const json = fc.object().map((value) => JSON.stringify(value));

describe("the text of a message", () => {
  it.for(encodings)("is found in %s, with a byte order mark and without", (encoding) => {
    fc.assert(
      fc.property(json, (text) => {
        for (const mark of ["", "\ufeff"]) {
          const bytes = encode(mark + text, encoding);
          expect(detectEncoding(bytes)).toBe(encoding);
          expect(decodeText(bytes, encoding)).toBe(text);
          expect(readableText(bytes)).toBe(text);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("longer than a call's arguments can be", () => {
    const text = JSON.stringify("å👨‍⚖️".repeat(50_000));
    expect(decodeText(encode(text, "utf-32le"), "utf-32le")).toBe(text);
  });

  it.for([
    ["utf-8", "7bff"],
    ["utf-8", "c3"],
    ["utf-8", "eda080"],
    ["utf-16le", "00d8"],
    ["utf-16be", "007b00"],
    ["utf-32le", "7b0000"],
    ["utf-32be", "00110000"],
    ["utf-32be", "0000d800"],
  ] as const)("is refused when it is not %s: %s", ([encoding, hex]) => {
    expect(decodeText(Buffer.from(hex, "hex"), encoding)).toBeNull();
  });

  it("any bytes are refused or decoded, and shown, never thrown at", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(...encodings), (bytes, encoding) => {
        expect([null, "string"]).toContain(decodeText(bytes, encoding) === null ? null : "string");
        expect(typeof readableText(bytes)).toBe("string");
        expect(encodings).toContain(detectEncoding(bytes));
      }),
    );
  });
});
