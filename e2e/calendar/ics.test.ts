import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** In a namespace of its own a process may mount a small disk without being root. Not every system allows that. */
const inNamespace = (script: string): readonly [string, readonly string[]] => ["unshare", ["-rm", "sh", "-ec", script]];
const mount = (folder: string): string => `mount -t tmpfs -o size=600k tmpfs '${folder}'`;
const canMount = ((): boolean => {
  const [command, args] = inNamespace(mount("/mnt"));
  return spawnSync(command, args).status === 0;
})();

test.runIf(canMount)("on a full disk the calendar file stays whole, and goes on when there is room", async () => {
  const folder = await mkdtemp(join(tmpdir(), "avspark-disk-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const node = `'${process.execPath}' --import '${here("../fixtures/raw-imports.mjs")}' '${here("./full-disk-child.ts")}'`;
  const [command, args] = inNamespace(`${mount(folder)}; ${node} '${folder}'`);
  const { stdout } = await promisify(execFile)(command, args);
  expect(JSON.parse(stdout)).toEqual({
    whileFull: "The calendar file cannot be written: there is no room left on the disk.",
    kept: true,
    withRoom: "written",
    events: 400,
  });
});
