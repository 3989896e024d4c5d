import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import Sqlite from "libsql";
import { z } from "zod";
import { raiseFor } from "../../../core/port-problem.ts";
import type { Log } from "../../../core/ports.ts";
import { storageProblem } from "./storage-problem.ts";

const raise = raiseFor("journal");

/** What may be bound. libsql ends the whole process on a boolean, so the type leaves no way to give it one. */
export type SqlValue = string | number | Uint8Array | null;

/** A SQLite file behind the few calls the journal needs. Every call throws ProblemError. */
export type Database = {
  /** One or more statements without values or rows. */
  readonly exec: (sql: string) => void;
  /** Answers how many rows it changed. Statements are prepared once. */
  readonly run: (sql: string, values?: readonly SqlValue[]) => number;
  readonly rows: <T>(sql: string, values: readonly SqlValue[], row: z.ZodType<T>) => readonly T[];
  /** The only column of each row, as text. */
  readonly texts: (sql: string, values?: readonly SqlValue[]) => readonly string[];
  /** The only column of the only row, as a number; 0 where there is no row or it is NULL. */
  readonly number: (sql: string, values?: readonly SqlValue[]) => number;
  /** All of it or nothing. Unless told otherwise, the disk is forced before it returns. */
  readonly transaction: <T>(work: () => T, options?: { readonly flush: boolean }) => T;
  readonly close: () => void;
};

/** What only reads needs no more. */
export type Reading = Pick<Database, "rows" | "texts" | "number">;

/** libsql answers blobs as ArrayBuffer or as Buffer, by the way they are asked for. */
export const blobSchema = z.union([
  z.instanceof(Uint8Array),
  z.instanceof(ArrayBuffer).transform((buffer) => new Uint8Array(buffer)),
]);

/**
 * How a file is used. `write`: it is made where there is none, and another program that holds it is waited for, but not for
 * long, since whatever else is to be written waits meanwhile. `read`: nobody is waited for. `read-alone`: without the file
 * beside it in which connections mark what they read, for a disk that has no room for that; the log is not read then.
 */
export type Mode = "write" | "read" | "read-alone";
const busyMs = 1000;

/**
 * Each connection must be told for itself. What is deleted is overwritten; see sweep.ts for what that leaves.
 * Checkpoints after 32 MB of writing rather than 4: each waits for the disk twice.
 */
const tuning = `
  PRAGMA secure_delete = ON;
  PRAGMA cache_size = -16000;
  PRAGMA wal_autocheckpoint = 2000;
  PRAGMA journal_size_limit = 32000000;
`;

const readTuning = "PRAGMA cache_size = -16000;";

/**
 * Makes the file where there is none, readable by its owner alone; SQLite gives the files beside it the same mode. One
 * that is there is not opened: closing it would take away the locks this process holds on it (POSIX).
 */
export const createPrivateFile = (file: string): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
};

const connect = (file: string, mode: Mode): Sqlite.Database => {
  if (mode === "write") {
    createPrivateFile(file);
    return new Sqlite(file, { timeout: busyMs });
  }
  const address = pathToFileURL(file);
  address.search = mode === "read" ? "mode=ro" : "immutable=1";
  return new Sqlite(address.href, { timeout: 0 });
};

export const openDatabase = ({
  file,
  log,
  mode,
}: {
  readonly file: string;
  readonly log: Log;
  readonly mode: Mode;
}): Database => {
  const guarded = <T>(work: () => T): T => {
    if (!open) raise("journal-failed", "The journal is closed.");
    try {
      return work();
    } catch (error) {
      throw storageProblem({ error, folder: dirname(file), log });
    }
  };

  let open = true;
  let flushing: boolean | null = null;
  const sqlite = guarded(() => {
    const connection = connect(file, mode);
    connection.exec(mode === "write" ? tuning : readTuning);
    return connection;
  });
  const statements = new Map<string, Sqlite.Statement<[readonly SqlValue[]]>>();

  const statement = (sql: string): Sqlite.Statement<[readonly SqlValue[]]> => {
    const there = statements.get(sql);
    if (there !== undefined) return there;
    const prepared = sqlite.prepare<[readonly SqlValue[]]>(sql);
    statements.set(sql, prepared);
    return prepared;
  };

  const exec = (sql: string): void => guarded(() => void sqlite.exec(sql));
  const all = (sql: string, values: readonly SqlValue[]): readonly unknown[] =>
    guarded(() => statement(sql).all(values));
  const column = (sql: string, values: readonly SqlValue[]): readonly unknown[] =>
    all(sql, values).map((row) => (typeof row === "object" && row !== null ? Object.values(row)[0] : undefined));

  return {
    exec,
    run: (sql, values = []) => guarded(() => statement(sql).run(values).changes),
    rows: (sql, values, row) => all(sql, values).map((found) => row.parse(found)),
    texts: (sql, values = []) => column(sql, values).filter((value) => typeof value === "string"),
    number: (sql, values = []) => Number(column(sql, values)[0] ?? 0),
    transaction: (work, { flush } = { flush: true }) => {
      if (flush !== flushing) exec(`PRAGMA synchronous = ${flush ? "FULL" : "NORMAL"}`);
      flushing = flush;
      exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        exec("COMMIT");
        return result;
      } catch (error) {
        // A full disk has already rolled back.
        if (sqlite.inTransaction) exec("ROLLBACK");
        throw error;
      }
    },
    close: () => {
      if (!open) return;
      open = false;
      sqlite.close();
    },
  };
};
