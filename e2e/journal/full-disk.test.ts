import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../src/main/adapters/journal/harness.ts";
import { hasSmallDisks, onSmallDisk } from "../fixtures/small-disk.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

test.runIf(hasSmallDisks)(
  "a real disk without room: nothing half-written, and it goes on when there is room",
  async () => {
    const folder = temporaryFolder();
    const writer = [here("../fixtures/raw-imports.mjs"), here("./full-disk-child.ts"), folder];
    const [command, ...args] = onSmallDisk({ folder, megabytes: 4 }, [process.execPath, "--import", ...writer]);
    const { stdout } = await promisify(execFile)(command, args);
    const { id, again, whileFull, withRoom, afterwards, reopened } = JSON.parse(stdout);
    expect(id).toBeGreaterThan(3);
    expect(again).toBe("journal-full");
    expect(whileFull).toEqual([id - 1, id - 1]);
    expect(withRoom).toBeNull();
    expect(afterwards).toEqual([id, id]);
    expect(reopened).toEqual([id, id]);
  },
);
