import { copyFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { journalIn, mountSmallDisk, problemOf, temporaryFolder } from "./harness.ts";
import { freeBytes } from "./room.ts";
import { matchRecord, noise, validMessage } from "./samples.ts";

/** A start on a disk without room, on a real one. */

const whole = Array.from({ length: 20 }, (_, index) => index + 1);

/** A disk with a journal on it, and its last bytes. `killed`: the one who wrote it did not close it. */
const fullDisk = async ({ killed, leave = 0 }: { readonly killed: boolean; readonly leave?: number }) => {
  const disk = mountSmallDisk();
  if (disk === null) return null;
  const made = temporaryFolder();
  const { journal, close } = await journalIn(made);
  for (const id of whole)
    await journal.append({
      messages: [validMessage({ id, payload: noise(20_000, id) })],
      matches: [matchRecord(`m${id}`)],
    });
  if (!killed) await close();
  for (const name of readdirSync(made).filter((each) => each.startsWith("journal")))
    copyFileSync(join(made, name), join(disk.folder, name));
  await close();
  const filler = join(disk.folder, "filler");
  // The lock of the folder takes a few bytes too.
  writeFileSync(join(disk.folder, "avspark.lock"), "");
  writeFileSync(filler, new Uint8Array(freeBytes(disk.folder) - leave));
  onTestFinished(disk.unmount);
  return { folder: disk.folder, makeRoom: (): void => rmSync(filler) };
};

for (const killed of [false, true])
  for (const leave of [0, 65_536])
    it(`a journal that was ${killed ? "not " : ""}closed is read on a disk with ${leave} bytes left, says so, and is written when there is room`, async (context) => {
      const disk = await fullDisk({ killed, leave });
      if (disk === null) {
        context.skip("nobody may mount a disk here");
        return;
      }
      const { journal } = await journalIn(disk.folder);
      expect(journal.load().matches).toHaveLength(whole.length);
      expect(journal.payload(7)?.payload).toEqual(noise(20_000, 7));
      const append = () =>
        journal.append({
          matches: [matchRecord("new")],
          messages: [validMessage({ id: 21, payload: noise(300_000) })],
        });
      expect(await problemOf(append)).toBe("journal-full");
      await expect
        .poll(() => journal.troubles().map(({ problem }) => problem.kind), { timeout: 5000 })
        .toContain("journal-full");

      disk.makeRoom();
      await expect.poll(() => problemOf(append), { timeout: 5000 }).toBeNull();
      expect(journal.load().matches).toHaveLength(whole.length + 1);
      await expect
        .poll(() => journal.troubles().map(({ problem }) => problem.kind), { timeout: 5000 })
        .not.toContain("journal-full");
    });
