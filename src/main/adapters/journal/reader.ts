import { raiseFor } from "../../../core/port-problem.ts";
import type { Log } from "../../../core/ports.ts";
import { ProblemError, type ProblemKind } from "../../../shared/problem.ts";
import { type Database, openDatabase, type Reading } from "./database.ts";
import { lookAt } from "./file-ids.ts";

const raise = raiseFor("journal");

const suspicious: ReadonlySet<ProblemKind> = new Set(["journal-damaged", "journal-failed"]);

/**
 * The journal as the main thread reads it: it never writes and never waits. `onSuspicion` hears when the file may not hold what
 * it should.
 */
export const createReader = (options: {
  readonly file: string;
  readonly log: Log;
  readonly onSuspicion: () => void;
}) => {
  const { file, log, onSuspicion } = options;
  let database: Database | null = null;
  let closed = false;

  const open = (): Database => {
    const { ids, sizes } = lookAt(file);
    try {
      const opened = openDatabase({ file, log, mode: "read" });
      // SQLite does not look at a file before something is asked of it.
      opened.number("PRAGMA user_version");
      return opened;
    } catch (error) {
      const isFull = error instanceof ProblemError && error.problem.kind === "journal-full";
      if (!isFull || ids.index !== null || sizes.log > 0) throw error;
      return openDatabase({ file, log, mode: "read-alone" });
    }
  };

  const read = <T>(work: (from: Database) => T): T => {
    if (closed) raise("journal-failed", "The journal is closed.");
    try {
      database ??= open();
      return work(database);
    } catch (error) {
      if (error instanceof ProblemError && suspicious.has(error.problem.kind)) onSuspicion();
      throw error;
    }
  };

  const letGo = (): void => {
    database?.close();
    database = null;
  };

  const reading: Reading = {
    rows: (sql, values, row) => read((from) => from.rows(sql, values, row)),
    texts: (sql, values) => read((from) => from.texts(sql, values)),
    number: (sql, values) => read((from) => from.number(sql, values)),
  };
  return {
    ...reading,
    /**
     * Turns to the file that lies there now. It is opened at once: as long as we have it open, SQLite leaves the files beside
     * it where they are when a thread dies, so that files that are missing have been removed by others.
     */
    renew: (): void => {
      letGo();
      try {
        read(() => undefined);
      } catch (error) {
        log.warn("the journal cannot be read yet", { reason: String(error) });
      }
    },
    close: (): void => {
      closed = true;
      letGo();
    },
  };
};
