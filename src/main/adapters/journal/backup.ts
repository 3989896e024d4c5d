import { readdirSync, rmSync, statSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import type { Log } from "../../../core/ports.ts";
import { ProblemError } from "../../../shared/problem.ts";
import type { Database } from "./database.ts";
import { fewestBytes, freeBytes } from "./room.ts";
import { fullProblem } from "./storage-problem.ts";

/** Where the journal lies as an older version left it. */
const backupOf = (file: string, version: number): string => {
  const extension = extname(file);
  return join(dirname(file), `journal.schema-${version}${extension}`);
};

/**
 * Copies a journal before it is brought to a newer schema, for whoever goes back to the older Avspark. Where there is no
 * room for a copy the journal is brought up all the same: each step of that is done whole or not at all.
 */
export const backUp = (
  database: Database,
  { file, version, log }: { readonly file: string; readonly version: number; readonly log: Log },
): void => {
  const copy = backupOf(file, version);
  rmSync(copy, { force: true });
  const bytes = database.number("PRAGMA page_count") * database.number("PRAGMA page_size");
  try {
    if (freeBytes(dirname(file)) < bytes + fewestBytes) throw new ProblemError(fullProblem());
    database.run("VACUUM INTO ?", [copy]);
    log.info("the journal is brought to a newer schema; a copy of it as it was is kept", { version });
  } catch {
    rmSync(copy, { force: true });
    log.warn("the journal is brought to a newer schema without a copy of it as it was", { version });
  }
};

const backup = /^journal\.schema-\d+\./;

/** Removes the copies that are older than that: they say how to reach people as the journal did when they were made. */
export const removeOldBackups = (file: string, before: number): void => {
  const folder = dirname(file);
  for (const name of readdirSync(folder).filter((each) => backup.test(each)))
    if (statSync(join(folder, name)).mtimeMs < before) rmSync(join(folder, name), { force: true });
};
