import fc from "fast-check";
import { expect, test } from "vitest";
import { personEraser } from "./person.ts";

test("a name with a hyphen is taken out of running text, and its neighbours stay", () => {
  const { payload } = personEraser("Anna-Karin Prov", []);
  expect(payload("Ring Anna-Karin Prov, inte Anna-Karin Provsson.")).toBe("Ring •••, inte Anna-Karin Provsson.");
});

test("any name may be asked for", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (name) => {
      expect(() => personEraser(name, [name]).payload(`x ${name} y`)).not.toThrow();
    }),
  );
});
