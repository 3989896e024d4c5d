import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { errorCode } from "../../core/error-name.ts";
import { demandFile } from "./regular-file.ts";

/** The rights of the file that is replaced; a new one is for its owner alone. What is no file is not replaced. */
const modeOf = (file: string): number => {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return 0o600;
  demandFile(found);
  return found.mode & 0o777;
};

/**
 * Where a file really lies. A link is somebody's wish to have the file elsewhere: it is written through, also while
 * nothing is there yet.
 */
export const realPlace = (file: string): string => {
  try {
    return realpathSync(file);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    const target = linkTarget(file);
    return target === null ? file : realPlace(resolve(dirname(file), target));
  }
};

const linkTarget = (file: string): string | null => {
  try {
    return readlinkSync(file);
  } catch {
    // No link, or not there at all.
    return null;
  }
};

const draftOf = (file: string): string => `${file}.${randomBytes(4).toString("hex")}.tmp`;

/**
 * Replaces a file as a whole: whoever reads it, and whoever finds it after a crash, has the old text or the new one.
 * write-file-atomic puts up with a short write, so that on a full disk it leaves the beginning of the new text in place of
 * the old; this fails instead.
 */
export const writeWhole = async (path: string, content: string | Uint8Array | readonly string[]): Promise<void> => {
  const file = realPlace(path);
  const draft = draftOf(file);
  try {
    const handle = await open(draft, "wx", modeOf(file));
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

/** The same at once, for small files that are written while the app closes. */
export const writeWholeSync = (path: string, content: string): void => {
  const file = realPlace(path);
  const draft = draftOf(file);
  try {
    const descriptor = openSync(draft, "wx", modeOf(file));
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
};
