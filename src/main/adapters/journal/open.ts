import { dirname } from "node:path";
import type { Journal } from "../../../core/journal.ts";
import type { KeeperStore } from "../../../core/keeper/item.ts";
import type { Log, WantedEvent } from "../../../core/ports.ts";
import { failed, type Problem } from "../../../shared/problem.ts";
import { createCalendars } from "./calendars.ts";
import { isDamaged, moveAside } from "./damage.ts";
import { createPrivateFile, type Database, openDatabase } from "./database.ts";
import { createJournal } from "./journal.ts";
import { lockFolder } from "./lock.ts";
import { prepareDatabase } from "./prepare.ts";
import { storageProblem } from "./storage-problem.ts";
import { createWriterThread } from "./writer-thread.ts";

export type OpenJournal = {
  readonly journal: Journal;
  readonly calendars: KeeperStore<WantedEvent>;
  /** What a person must be told though the journal is open: a damaged one was put aside and a new one begun. */
  readonly problem: Problem | null;
  readonly close: () => Promise<void>;
};

/**
 * Opens the journal and holds its folder for this process alone. Throws ProblemError: `already-running`,
 * `journal-newer`, `journal-full`, `journal-failed`.
 */
export const openJournal = ({ file, log }: { readonly file: string; readonly log: Log }): OpenJournal => {
  const folder = dirname(file);
  const opened: (() => void)[] = [];
  const undoAll = (): void => {
    for (const undo of opened.splice(0).reverse()) undo();
  };
  try {
    createPrivateFile(file);
    const lock = lockFolder(folder);
    opened.push(lock.release);
    const problem = isDamaged(file) ? putAside(file, log) : null;
    const database = openDatabase({ file, log });
    opened.push(() => endDatabase(database, log));
    prepareDatabase(database);
    const store = { database, log };
    const { append, end } = createWriterThread({ file, log });
    const close = async (): Promise<void> => {
      await end();
      undoAll();
    };
    return { journal: createJournal({ store, append, close }), calendars: createCalendars(store), problem, close };
  } catch (error) {
    undoAll();
    throw storageProblem({ error, folder, log });
  }
};

const putAside = (file: string, log: Log): Problem => {
  const name = moveAside(file, new Date());
  log.error("the journal was damaged: put aside, a new one begun", { keptAs: name });
  return failed("journal-failed", `The journal was damaged. It was kept as ${name}, and a new one was begun.`).problem;
};

/** The file beside it is emptied into it, so that the journal is one whole file when Avspark is not running. */
const endDatabase = (database: Database, log: Log): void => {
  try {
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch {
    // Nothing is lost by that: the next start reads both.
    log.warn("the journal's last writes stay in the file beside it");
  } finally {
    database.close();
  }
};
