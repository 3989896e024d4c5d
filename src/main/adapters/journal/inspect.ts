import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "libsql";
import { z } from "zod";

/** What a journal's folder holds, for somebody who helps from afar: sizes and counts, no content. */
export type Inspection = {
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly changedAt: string }[];
  /** Rows of each table; null when the journal cannot be read. */
  readonly rows: Readonly<Record<string, number>> | null;
  readonly oldestMessageAt: string | null;
  readonly newestMessageAt: string | null;
};

/** Another program that writes is waited for this long. */
const busyMs = 2000;

/** Looks into the journal beside the service that has it open, or without one. */
export const inspectJournal = (folder: string): Inspection => {
  const file = join(folder, "journal.db");
  const files = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => {
          const { size, mtime } = statSync(join(folder, name));
          return { name, bytes: size, changedAt: mtime.toISOString() };
        })
    : [];
  const nothing = { files, rows: null, oldestMessageAt: null, newestMessageAt: null };
  if (!existsSync(file)) return nothing;
  try {
    return { files, ...countedRows(file) };
  } catch {
    // Why it cannot be read stands in the log.
    return nothing;
  }
};

const tableSchema = z.array(z.object({ name: z.string() }));
const countSchema = z.object({ n: z.number() });
const spanSchema = z.object({ oldest: z.string().nullable(), newest: z.string().nullable() });

const countedRows = (file: string): Omit<Inspection, "files"> => {
  const sqlite = new Sqlite(file, { timeout: busyMs });
  try {
    sqlite.exec("PRAGMA query_only = 1");
    const tables = tableSchema.parse(
      sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all(),
    );
    const rows = tables.map(({ name }) => {
      const { n } = countSchema.parse(sqlite.prepare(`SELECT count(*) AS n FROM "${name}"`).get());
      return [name, n] as const;
    });
    const span = spanSchema.parse(
      sqlite.prepare("SELECT min(received_at) AS oldest, max(received_at) AS newest FROM messages").get(),
    );
    return { rows: Object.fromEntries(rows), oldestMessageAt: span.oldest, newestMessageAt: span.newest };
  } finally {
    sqlite.close();
  }
};
