import fc from "fast-check";
import { expect, test } from "vitest";
import { personEraser } from "./person.ts";

test("a name with a hyphen is taken out of running text, and its neighbours stay", () => {
  const { payload } = personEraser("Anna-Karin Prov", []);
  expect(payload("Ring Anna-Karin Prov, inte Anna-Karin Provsson.")).toBe("Ring •••, inte Anna-Karin Provsson.");
});

test("what nests too deeply to be read is taken out of a payload, and the rest stays", () => {
  const { payload } = personEraser("Anna Prov", []);
  const deep = (name: string): string => `{"a":1,"b":${"[".repeat(100)}"${name}"${"]".repeat(100)}}`;
  const kept = payload(deep("Anna Prov"));
  expect(kept).not.toContain("Anna");
  expect(JSON.parse(kept)).toMatchObject({ a: 1 });
});

test("any name may be asked for", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (name) => {
      expect(() => personEraser(name, [name]).payload(`x ${name} y`)).not.toThrow();
    }),
  );
});
