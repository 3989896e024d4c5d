import { styleText } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { harmless } from "./terminal.ts";

test.each([
  ["clears the screen", "a\u001b[2Jb", "a\\u001b[2Jb"],
  ["hides what follows", "a\u001b[8mb", "a\\u001b[8mb"],
  ["names the window", "\u001b]0;x\u0007", "\\u001b]0;x\\u0007"],
  ["is an order in one byte", "\u009b2J", "\\u009b2J"],
  ["goes back to the line's beginning", "good\rbad", "good\\u000dbad"],
  ["turns the way of reading", "a\u202eb", "a\\u202eb"],
])("what %s is told, not done", (_what, text, shown) => {
  expect(harmless(text)).toBe(shown);
});

test("lines, columns and our own colours are as they were, and JSON says the same as before", () => {
  const painted = `${styleText("bold", "a", { validateStream: false })}\tb\r\n${styleText("red", "c", { validateStream: false })}`;
  expect(harmless(painted)).toBe(painted);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(JSON.parse(harmless(JSON.stringify({ text })))).toEqual({ text });
    }),
  );
});
