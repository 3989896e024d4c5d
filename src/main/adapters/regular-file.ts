import { type Stats, statSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";

/** What stands where a file should: words for a sentence, such as "a device". null: a regular file. */
export const otherThanFile = (stats: Stats): string | null => {
  if (stats.isFile()) return null;
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a pipe";
  return stats.isSocket() ? "a socket" : "a device";
};

const demandFile = (stats: Stats): void => {
  const other = otherThanFile(stats);
  if (other !== null) throw new Error(`There is ${other} in place of the file.`);
};

/** Throws where a file that a setting names is none. To open a pipe would be to wait for whoever writes to it. */
export const demandFileSync = (file: string): void => demandFile(statSync(file));

/** Reads a file that a setting names; throws, without opening it, where it is no regular file. */
export const readRegularFile = async (file: string): Promise<Buffer> => {
  demandFile(await stat(file));
  return readFile(file);
};
