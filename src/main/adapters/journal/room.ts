import { statfsSync } from "node:fs";

/** With less room than this nothing is begun: the last of it is for emptying the log. */
export const fewestBytes = 256 * 1024;

/** Bytes that this program may still write on the disk of a folder. */
export const freeBytes = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

/** With less room than this a person is told, while there is still time. */
export const littleBytes = 100_000_000;
