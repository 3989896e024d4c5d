import { chmodSync, existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepDoorToken, keptDoorToken } from "./door-token.ts";
import { temporaryFolder } from "./journal/harness.ts";

test("the token of a closed door is there for its owner alone, and goes when the door is opened", () => {
  const folder = temporaryFolder();
  const file = join(folder, "http-token");
  expect(keptDoorToken(folder)).toBeNull();
  writeFileSync(file, "old");
  chmodSync(file, 0o644);
  keepDoorToken(folder, "a-token-of-the-test");
  expect(keptDoorToken(folder)).toBe("a-token-of-the-test");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  keepDoorToken(folder, null);
  expect(existsSync(file)).toBe(false);
});
