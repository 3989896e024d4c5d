import { describe, expect, it } from "vitest";
import { z } from "zod";
import { storedKind } from "./stored-kind.ts";

/** Named in its first version, counted in its second, and counted in pairs today. */
const kind = storedKind({
  schema: z.object({ name: z.string(), pairs: z.int() }),
  upgrades: [
    z.object({ name: z.string() }).transform(({ name }) => ({ name, count: 4 })),
    z.object({ name: z.string(), count: z.int() }).transform(({ name, count }) => ({ name, pairs: count / 2 })),
  ],
});

describe("a kind of stored record", () => {
  it("reads what it writes, and says which version that is", () => {
    const text = kind.write({ name: "a", pairs: 1 });
    expect(JSON.parse(text)).toEqual({ version: 3, name: "a", pairs: 1 });
    expect(kind.read(text)).toEqual({ name: "a", pairs: 1 });
  });

  it.for([
    ["the first version, which did not say that it was", { name: "a" }, { name: "a", pairs: 2 }],
    ["the second", { version: 2, name: "a", count: 6 }, { name: "a", pairs: 3 }],
    ["this one", { version: 3, name: "a", pairs: 5 }, { name: "a", pairs: 5 }],
  ] as const)("reads what was written by %s", ([, stored, record]) => {
    expect(kind.read(JSON.stringify(stored))).toEqual(record);
  });

  it.for([
    ["a version to come", '{"version":4,"name":"a","pairs":1}'],
    ["no version there ever was", '{"version":0,"name":"a","pairs":1}'],
    ["a version that is no number", '{"version":"3","name":"a","pairs":1}'],
    ["half a record", '{"version":3,"name":"a"}'],
    ["half a record of an older version", '{"version":2,"name":"a"}'],
    ["no record", "null"],
    ["no JSON", '{"version":3,'],
  ] as const)("does not read %s", ([, text]) => {
    expect(kind.read(text)).toBeNull();
  });

  it("writes no version where there has been but one", () => {
    const first = storedKind({ schema: z.object({ name: z.string() }) });
    expect(first.write({ name: "a" })).toBe('{"name":"a"}');
    expect(first.read('{"version":2,"name":"a"}')).toBeNull();
  });
});
