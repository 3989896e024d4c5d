import { existsSync, renameSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import Sqlite from "libsql";
import { errorCode } from "../../../core/error-name.ts";
import { lookAt, suffixes } from "./file-ids.ts";
import { isDamage } from "./storage-problem.ts";

/**
 * Reads the whole file once (about 0.1 s for 200 MB). The answer is judged inside SQLite: a prepared statement would keep
 * the file open until it is collected, and an open file cannot be moved on Windows.
 */
export const isDamaged = (file: string): boolean => {
  const { main, log } = lookAt(file).sizes;
  // An empty one is begun; but not when what was written to it still lies beside it.
  if (main === 0) return log > 0;
  const sqlite = new Sqlite(file, { timeout: 1000 });
  try {
    sqlite.exec(`
      CREATE TEMP TABLE verdict (answer TEXT CHECK (answer = 'ok'));
      INSERT INTO verdict SELECT quick_check FROM pragma_quick_check(1);
    `);
    return false;
  } catch (error) {
    const code = errorCode(error);
    if (code !== null && (isDamage(code) || code === "SQLITE_CONSTRAINT_CHECK")) return true;
    throw error;
  } finally {
    sqlite.close();
  }
};

/** Keeps the file and those SQLite has beside it under a name with the date and with what became of it; answers that name. */
export const moveAside = (file: string, what: "damaged" | "replaced"): string => {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, "");
  const extension = extname(file);
  const name = `${basename(file, extension)}.${what}-${stamp}${extension}`;
  for (const suffix of [...Object.values(suffixes), ""]) {
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, join(dirname(file), `${name}${suffix}`));
  }
  return name;
};
