import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { afterAll, beforeAll, expect, it } from "vitest";
import { npm, run, tool } from "../../scripts/lib/run.mjs";

let folder: string;
let tarball: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "avspark-published-"));
  const { code, output } = await run(npm(["pack", "--pack-destination", folder, "--loglevel=error"]));
  expect({ code, output }).toMatchObject({ code: 0 });
  const [name = ""] = await readdir(folder);
  tarball = join(folder, name);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("publint has nothing to say", async () => {
  const packed = await readFile(tarball);
  const { messages } = await publint({ pack: { tarball: new Uint8Array(packed).buffer } });
  expect(messages).toEqual([]);
});

it("the types are right for everybody who imports modules", async () => {
  const { code, output } = await run(tool("@arethetypeswrong/cli", [tarball, "--profile", "esm-only"]));
  expect({ code, output }).toMatchObject({ code: 0 });
});
