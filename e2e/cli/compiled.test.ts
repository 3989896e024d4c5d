import { chmod, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder } from "../fixtures/folder.ts";
import { avspark } from "./avspark.ts";

const asked = async (env: Readonly<Record<string, string>>): Promise<void> => {
  const { code, stdout, stderr } = await avspark(["--version"], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+/);
};

test("what V8 has compiled is kept for the next start, in a folder of the user's own", async () => {
  const caches = await folder();
  await asked({ XDG_CACHE_HOME: caches });
  const compiled = join(caches, "avspark", "compiled");
  expect((await stat(compiled)).mode & 0o777).toBe(0o700);
  const kept = await readdir(compiled, { recursive: true });
  expect(kept.length).toBeGreaterThan(1);
  await asked({ XDG_CACHE_HOME: caches });
  expect(await readdir(compiled, { recursive: true })).toEqual(kept);
});

test("nothing is taken from a folder that others may write to, nor put there", async () => {
  const caches = await folder();
  const compiled = join(caches, "avspark", "compiled");
  await mkdir(compiled, { recursive: true });
  await chmod(compiled, 0o777);
  await asked({ XDG_CACHE_HOME: caches });
  expect(await readdir(compiled)).toEqual([]);
});

test("without a place for it the program runs as well, and says nothing of it", async () => {
  const file = join(await folder(), "file");
  await writeFile(file, "");
  await asked({ XDG_CACHE_HOME: file });
  await asked({ HOME: "" });
  await asked({ HOME: "/nonexistent" });
  await expect(stat("/nonexistent")).rejects.toThrow("ENOENT");
});
