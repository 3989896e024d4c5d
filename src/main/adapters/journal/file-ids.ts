import { closeSync, openSync, readSync, statSync } from "node:fs";
import { z } from "zod";
import { errorCode } from "../../../core/error-name.ts";

/** Which files lie at a name: the main one and the two that SQLite has beside it. null where there is none. */
export const fileIdsSchema = z
  .object({ main: z.string().nullable(), log: z.string().nullable(), index: z.string().nullable() })
  .readonly();
export type FileIds = z.infer<typeof fileIdsSchema>;

/** How long the main file and the log are. */
export type FileSizes = { readonly main: number; readonly log: number };

const look = (file: string): { readonly id: string; readonly size: number } | null => {
  try {
    const { dev, ino, size } = statSync(file, { bigint: true });
    return { id: `${dev}:${ino}`, size: Number(size) };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
};

export const suffixes = { log: "-wal", index: "-shm" } as const;

export const lookAt = (file: string): { readonly ids: FileIds; readonly sizes: FileSizes } => {
  const main = look(file);
  const log = look(`${file}${suffixes.log}`);
  const index = look(`${file}${suffixes.index}`);
  return {
    ids: { main: main?.id ?? null, log: log?.id ?? null, index: index?.id ?? null },
    sizes: { main: main?.size ?? 0, log: log?.size ?? 0 },
  };
};

export const areSame = (one: FileIds, other: FileIds): boolean =>
  one.main === other.main && one.log === other.log && one.index === other.index;

/** Nobody but us makes these files shorter. */
export const areCut = (before: FileSizes, now: FileSizes): boolean => now.main < before.main || now.log < before.log;

/** Every log begins with these bytes, but for the last of them, which says how its sums are reckoned. */
const logBeginning = Buffer.from([0x37, 0x7f, 0x06]);

/** A log that was emptied by others and written on has a hole where it should begin. */
export const beginsAsLog = (file: string): boolean => {
  const log = openSync(`${file}${suffixes.log}`, "r");
  try {
    const beginning = Buffer.alloc(logBeginning.length);
    const length = readSync(log, beginning);
    return length === 0 || beginning.equals(logBeginning);
  } finally {
    // SQLite has no lock on this one that would go with it.
    closeSync(log);
  }
};
