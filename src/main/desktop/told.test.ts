import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../adapters/journal/harness.ts";
import { isNewsToPerson } from "./told.ts";

test("what a person was told is no news, over restarts too, until it is another thing", () => {
  const file = join(temporaryFolder(), "told");
  expect(isNewsToPerson(file, "1.0.0")).toBe(true);
  expect(isNewsToPerson(file, "1.0.0")).toBe(false);
  expect(isNewsToPerson(file, "1.1.0")).toBe(true);
  expect(isNewsToPerson(file, "1.0.0")).toBe(true);
});

test("where nothing can be remembered, the person is told again", () => {
  const file = join(temporaryFolder(), "told");
  mkdirSync(file);
  expect(isNewsToPerson(file, "1.0.0")).toBe(true);
  expect(isNewsToPerson(file, "1.0.0")).toBe(true);
});
