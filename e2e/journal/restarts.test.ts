import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../src/main/adapters/journal/harness.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Each costs a thread's start. */
const times = process.env.AVSPARK_LONG === undefined ? 10 : 300;

test("one thread after the other ends under load: the process goes on, and has all it was promised", async () => {
  const child = [
    "--import",
    here("../fixtures/raw-imports.mjs"),
    here("./restarts-child.ts"),
    join(temporaryFolder(), "journal.sqlite"),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [...child, String(times)]);
  const { promised, found, losses } = JSON.parse(stdout);
  expect(found).toBe(promised);
  expect(losses).toBeGreaterThan(0);
});
