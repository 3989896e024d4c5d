import { chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { prepareFolder } from "./folders.ts";
import { temporaryFolder } from "./journal/harness.ts";

const modeOf = (folder: string): number => statSync(folder).mode & 0o777;

test("the data folder is made for its owner alone, and so is what it lies in", () => {
  const above = join(temporaryFolder(), "avspark");
  const folder = join(above, "data");
  prepareFolder(folder);
  expect([above, folder].map(modeOf)).toEqual([0o700, 0o700]);
});

test("a folder that was there keeps the rights that its owner gave it", () => {
  const folder = join(temporaryFolder(), "data");
  mkdirSync(folder);
  chmodSync(folder, 0o750);
  prepareFolder(folder);
  expect(modeOf(folder)).toBe(0o750);
});

test("something else in its place is told as a problem that names no path", () => {
  const place = join(temporaryFolder(), "data");
  writeFileSync(place, "");
  expect(() => prepareFolder(place)).toThrow(
    expect.objectContaining({
      problem: { kind: "data-folder", at: "AVSPARK_DATA_DIR", message: expect.not.stringContaining(place) },
    }),
  );
});
