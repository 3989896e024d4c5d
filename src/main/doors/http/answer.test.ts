import fc from "fast-check";
import { expect, it } from "vitest";
import { piecesOf } from "./answer.ts";

it("an answer in pieces is the JSON that it is in one, also when its entries are answered again", () => {
  const entry = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue());
  const textOf = (output: object): string =>
    Buffer.concat([...piecesOf(output)].map((piece) => Buffer.from(piece))).toString();
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 5 }),
      fc.integer({ min: 0, max: 30 }),
      fc.jsonValue(),
      (few, times, next) => {
        const matches = Array.from({ length: times }, () => few).flat();
        const output = { matches, total: matches.length, next, none: undefined };
        expect(textOf(output)).toBe(JSON.stringify(output));
        expect(textOf({ ...output, next: 1 })).toBe(JSON.stringify({ ...output, next: 1 }));
        expect(textOf({})).toBe("{}");
      },
    ),
    { numRuns: 50 },
  );
});
