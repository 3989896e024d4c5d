import { join } from "node:path";
import Sqlite from "libsql";
import { z } from "zod";
import { raise } from "../../../shared/problem.ts";
import { createPrivateFile } from "./database.ts";

/** A service that is just ending gets this long. */
const waitMs = 500;

/**
 * One service to a data folder. An exclusive transaction that is never ended holds an empty SQLite file: the lock is the
 * operating system's own and goes with the process, however that ends.
 */
export const lockFolder = (folder: string): { readonly release: () => void } => {
  const file = join(folder, "avspark.lock");
  createPrivateFile(file);
  const sqlite = new Sqlite(file, { timeout: waitMs });
  try {
    sqlite.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    sqlite.close();
    const { success, data } = z.object({ code: z.string() }).safeParse(error);
    if (success && data.code.startsWith("SQLITE_BUSY"))
      raise("already-running", "Avspark is already running on this data folder.");
    throw error;
  }
  return {
    release: () => {
      if (sqlite.inTransaction) sqlite.exec("ROLLBACK");
      sqlite.close();
    },
  };
};
