import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Sqlite from "libsql";
import { errorCode } from "../../../core/error-name.ts";
import { raiseFor } from "../../../core/port-problem.ts";
import { ProblemError } from "../../../shared/problem.ts";
import { createPrivateFile } from "./database.ts";
import { lookAt } from "./file-ids.ts";

const raise = raiseFor("journal");

/** A service that is just ending gets this long, asked so often. Nothing else here waits meanwhile. */
const tries = 10;
const pauseMs = 50;

export type FolderLock = {
  /** The file that we hold is still the one that others would ask for. */
  readonly isHeld: () => boolean;
  /** Takes the lock of the file that is there now; throws ProblemError when somebody else has it. */
  readonly renew: () => void;
  readonly release: () => void;
};

/**
 * One service to a data folder. An exclusive transaction that is never ended holds an empty SQLite file: the lock is the
 * operating system's own and goes with the process, however that ends.
 */
export const lockFolder = async (folder: string): Promise<FolderLock> => {
  const file = join(folder, "avspark.lock");
  let held = await takeInTime(file);
  return {
    isHeld: () => lookAt(file).ids.main === held.id,
    renew: () => {
      const before = held;
      held = take(file);
      before.release();
    },
    release: () => held.release(),
  };
};

type Held = { readonly id: string | null; readonly release: () => void };

const takeInTime = async (file: string): Promise<Held> => {
  for (let tried = 1; tried < tries; tried += 1) {
    try {
      return take(file);
    } catch (error) {
      if (!(error instanceof ProblemError && error.problem.kind === "already-running")) throw error;
      await pause(pauseMs);
    }
  }
  return take(file);
};

/** Asks once. */
const take = (file: string): Held => {
  createPrivateFile(file);
  const sqlite = new Sqlite(file, { timeout: 0 });
  try {
    // Nothing is written, so that a full disk lets us in.
    sqlite.exec("PRAGMA journal_mode = MEMORY");
    sqlite.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    sqlite.close();
    if (errorCode(error)?.startsWith("SQLITE_BUSY"))
      raise("already-running", "Avspark is already running on this data folder.");
    throw error;
  }
  return {
    id: lookAt(file).ids.main,
    release: () => {
      if (sqlite.inTransaction) sqlite.exec("ROLLBACK");
      sqlite.close();
    },
  };
};
