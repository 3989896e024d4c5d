import { readFileSync, type Stats, statSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";

/** What stands where a file should: words for a sentence, such as "a device". null: a regular file. */
export const otherThanFile = (stats: Stats): string | null => {
  if (stats.isFile()) return null;
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a pipe";
  return stats.isSocket() ? "a socket" : "a device";
};

/** Something else stands where a file should. `code` is the system's own for a folder, and ENOFILE for all that is opened at a risk. */
export class NoFileError extends Error {
  readonly code: "EISDIR" | "ENOFILE";
  constructor(stats: Stats, other: string) {
    super(`There is ${other} in place of the file.`);
    this.code = stats.isDirectory() ? "EISDIR" : "ENOFILE";
  }
}

/** Throws NoFileError where there is no regular file: to open a pipe is to wait for whoever writes to it. */
export const demandFile = (stats: Stats): void => {
  const other = otherThanFile(stats);
  if (other !== null) throw new NoFileError(stats, other);
};

/** Reads a file; throws what the system says, and NoFileError, without opening it, where it is no regular file. */
export const readRegularFile = async (file: string): Promise<Buffer> => {
  demandFile(await stat(file));
  return readFile(file);
};

/** The same at once, for what is read while a program starts. */
export const readRegularFileSync = (file: string): Buffer => {
  demandFile(statSync(file));
  return readFileSync(file);
};
