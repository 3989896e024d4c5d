import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../src/main/adapters/journal/harness.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** In a namespace of its own a process may mount a small disk without being root. Not every system allows that. */
const inNamespace = (script: string): readonly [string, readonly string[]] => ["unshare", ["-rm", "sh", "-ec", script]];
const mount = (folder: string): string => `mount -t tmpfs -o size=4m tmpfs '${folder}'`;
const canMount = ((): boolean => {
  const [command, args] = inNamespace(mount("/mnt"));
  return spawnSync(command, args).status === 0;
})();

test.runIf(canMount)("a real disk without room: nothing half-written, and it goes on when there is room", async () => {
  const folder = temporaryFolder();
  const node = `'${process.execPath}' --import '${here("../fixtures/raw-imports.mjs")}' '${here("./on-full-disk.ts")}'`;
  const [command, args] = inNamespace(`${mount(folder)}; ${node} '${folder}'`);
  const { stdout } = await promisify(execFile)(command, args);
  const { id, again, whileFull, withRoom, afterwards, reopened } = JSON.parse(stdout);
  expect(id).toBeGreaterThan(3);
  expect(again).toBe("journal-full");
  expect(whileFull).toEqual([id - 1, id - 1]);
  expect(withRoom).toBeNull();
  expect(afterwards).toEqual([id, id]);
  expect(reopened).toEqual([id, id]);
});
