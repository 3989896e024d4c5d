import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { bear } from "../../src/main/remote/bear.ts";
import { snapshot } from "../../src/renderer/samples.ts";
import { problemSchema } from "../../src/shared/problem.ts";
import { deltaSchema, snapshotSchema } from "../../src/shared/snapshot.ts";
import { delta } from "../../src/shared/testing/delta.ts";

test("what is understood is taken as it is, and unknown fields are no matter", () => {
  const whole = snapshot(3);
  expect(bear(snapshotSchema, { ...whole, mood: "good" })).toEqual({ value: snapshotSchema.parse(whole), unread: 0 });
});

test("an unknown kind of problem keeps its sentence", () => {
  const problem = { kind: "tide-too-high", message: "The tide is too high.", at: "harbour" };
  expect(bear(problemSchema, problem)).toEqual({ value: { ...problem, kind: "internal" }, unread: 1 });
});

test("the smallest entry of a list goes that cannot be read", () => {
  const schema = z.object({ outer: z.array(z.object({ id: z.int(), inner: z.array(z.enum(["a", "b"])) })) });
  const given = {
    outer: [
      { id: 1, inner: ["a", "new", "b", "newer"] },
      { id: "x", inner: [] },
      { id: 2, inner: ["b"] },
    ],
  };
  expect(bear(schema, given)).toEqual({
    value: {
      outer: [
        { id: 1, inner: ["a", "b"] },
        { id: 2, inner: ["b"] },
      ],
    },
    unread: 3,
  });
  // What was given is another's.
  expect(given.outer[0]?.inner).toHaveLength(4);
});

test("a part of a delta goes alone", () => {
  const given = { ...delta(4), set: { waiting: 3, health: { level: "splendid" } } };
  expect(bear(deltaSchema, given)).toEqual({ value: delta(4, { set: { waiting: 3 } }), unread: 1 });
});

test("what is neither is no answer of ours", () => {
  expect(bear(snapshotSchema, { ...snapshot(1), startedAt: "yesterday" })).toBeNull();
  expect(bear(deltaSchema, null)).toBeNull();
});

test("whatever comes, the result is of the schema or nothing", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      const given: unknown = { seq: 1, set: JSON.parse(text), matches: [JSON.parse(text)], todo: [] };
      const borne = bear(deltaSchema, given);
      if (borne !== null) expect(deltaSchema.safeParse(borne.value).success).toBe(true);
    }),
  );
});
