import { dirname } from "node:path";
import type { CalendarStore } from "../../../core/calendar/store.ts";
import type { Journal } from "../../../core/journal.ts";
import type { Log } from "../../../core/ports.ts";
import { failed, type Problem, raise } from "../../../shared/problem.ts";
import { createCalendars } from "./calendars.ts";
import { createCleaning } from "./clean.ts";
import { isDamaged, moveAside } from "./damage.ts";
import { createPrivateFile, type Database, openDatabase } from "./database.ts";
import { load } from "./load.ts";
import { lockFolder } from "./lock.ts";
import { changesAfter, changesOf, messages, payload } from "./messages.ts";
import { migrate, schemaVersion, versionOf } from "./migrations.ts";
import { quarantine, quarantined, quarantineSize, release } from "./quarantine.ts";
import { spill, spilled } from "./spill.ts";
import { readStats } from "./stats.ts";
import { storageProblem } from "./storage-problem.ts";
import { write } from "./write.ts";

export type OpenJournal = {
  readonly journal: Journal;
  readonly calendars: CalendarStore;
  /** What a person must be told though the journal is open: a damaged one was put aside and a new one begun. */
  readonly problem: Problem | null;
  readonly close: () => void;
};

/**
 * Opens the journal and holds its folder for this process alone. Throws ProblemError: `already-running`,
 * `journal-newer`, `journal-full`, `journal-failed`.
 */
export const openJournal = ({ file, log }: { readonly file: string; readonly log: Log }): OpenJournal => {
  const folder = dirname(file);
  const opened: (() => void)[] = [];
  const close = (): void => {
    for (const undo of opened.splice(0).reverse()) undo();
  };
  try {
    createPrivateFile(file);
    const lock = lockFolder(folder);
    opened.push(lock.release);
    const problem = isDamaged(file) ? putAside(file, log) : null;
    const database = openDatabase({ file, log });
    opened.push(() => endDatabase(database));
    prepare(database);
    return { journal: journalOf(database, log, close), calendars: createCalendars({ database, log }), problem, close };
  } catch (error) {
    close();
    throw storageProblem({ error, folder, log });
  }
};

const putAside = (file: string, log: Log): Problem => {
  const name = moveAside(file, new Date());
  log.error("the journal was damaged: put aside, a new one begun", { keptAs: name });
  return failed("journal-failed", `The journal was damaged. It was kept as ${name}, and a new one was begun.`).problem;
};

/**
 * synchronous=FULL: every batch is forced to the disk before it is acted on, so that neither a killed process nor a power
 * cut takes back what was promised. (With NORMAL a killed process loses nothing either, since the system holds what was
 * written; but a power cut would lose everything since the last checkpoint, in a quiet season days.) It costs one flush a
 * batch, which measured within the noise of NORMAL, since batches are large exactly when there is much to write.
 *
 * Pages of 8 KB: the payload rows are large, and small pages cost a fourth of the speed. auto_vacuum and page_size can
 * only be chosen while the file is empty.
 */
const prepare = (database: Database): void => {
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

/** The file beside it is emptied into it, so that the journal is one whole file when Avspark is not running. */
const endDatabase = (database: Database): void => {
  try {
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
};

const journalOf = (database: Database, log: Log, close: () => void): Journal => {
  const store = { database, log };
  const { cleanSlice, size } = createCleaning(database);
  return {
    load: () => load(store),
    write: (batch) => write(database, batch),
    messages: (filter) => messages(store, filter),
    payload: (id) => payload(store, id),
    changesOf: (matchId) => changesOf(store, matchId),
    changesAfter: (id, limit) => changesAfter(store, id, limit),
    quarantine: (page) => quarantine(store, page),
    quarantined: (id) => quarantined(store, id),
    release: (ids) => release(database, ids),
    quarantineSize: () => quarantineSize(database),
    stats: (range, now) => readStats(database, { range, now }),
    spill: (heard) => spill(database, heard),
    spilled: (limit) => spilled(database, limit),
    cleanSlice,
    size,
    close,
  };
};
