import { raise } from "../../../shared/problem.ts";
import type { Database } from "./database.ts";
import { migrate, schemaVersion, versionOf } from "./migrations.ts";

/**
 * synchronous=FULL: every batch is forced to the disk before it is acted on, so that neither a killed process nor a power
 * cut takes back what was promised. (With NORMAL a killed process loses nothing either, since the system holds what was
 * written; but a power cut would lose everything since the last checkpoint, in a quiet season days.) It costs one flush a
 * batch, which measured within the noise of NORMAL, since batches are large exactly when there is much to write.
 *
 * Pages of 8 KB: the payload rows are large, and small pages cost a fourth of the speed. auto_vacuum and page_size can
 * only be chosen while the file is empty.
 */
export const prepareDatabase = (database: Database): void => {
  const version = versionOf(database);
  if (version > schemaVersion)
    raise("journal-newer", "The journal was written by a newer version of Avspark; this version leaves it as it is.");
  if (version === 0) database.exec("PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL;");
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -16000;
    PRAGMA journal_size_limit = 16000000;
  `);
  migrate(database);
};
