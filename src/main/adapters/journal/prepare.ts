import { raiseFor } from "../../../core/port-problem.ts";
import type { Log } from "../../../core/ports.ts";
import { backUp } from "./backup.ts";
import type { Database } from "./database.ts";
import { migrate, schemaVersion, versionOf } from "./migrations.ts";

const raise = raiseFor("journal");

export const pageBytes = 16_384;

/**
 * What comes alone is forced to the disk before it is acted on (synchronous=FULL), so that neither a killed process nor a
 * power cut takes back what was promised. While messages follow one another that is done five times a second, in a flood
 * once: a power cut then takes back at most the last seconds, and the proof of life with them, so the gap is known.
 *
 * Large pages, since rows are large and many are written at once: 4 KB cost a fourth of the speed. auto_vacuum and page_size
 * can only be chosen while the file is empty.
 */
export const prepareDatabase = (database: Database, beside: { readonly file: string; readonly log: Log }): void => {
  const version = versionOf(database);
  if (version > schemaVersion)
    raise("journal-newer", "The journal was written by a newer version of Avspark; this version leaves it as it is.");
  if (version === 0) database.exec(`PRAGMA page_size = ${pageBytes}; PRAGMA auto_vacuum = INCREMENTAL;`);
  database.exec("PRAGMA journal_mode = WAL");
  if (version > 0 && version < schemaVersion) backUp(database, { ...beside, version });
  migrate(database);
};
