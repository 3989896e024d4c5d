import { z } from "zod";
import type { Log } from "../../../core/ports.ts";
import type { Reading, SqlValue } from "./database.ts";
import { type Records, type RecordTable, storedKinds } from "./stored-kinds.ts";

/** A record that this version cannot read, and where it is. */
export type Unreadable = { readonly table: RecordTable; readonly name: string; readonly record: string };

/** What the journal's readers need. */
export type Store = {
  readonly database: Reading;
  readonly log: Log;
  readonly onUnreadable: (rows: readonly Unreadable[]) => void;
};

const namedRow = z.object({ name: z.union([z.string(), z.int()]), record: z.string() });
type NamedRow = z.infer<typeof namedRow>;

/** Unreadable records are left out, so that one of them cannot keep Avspark from starting; somebody hears of them. */
export const readRows = <T extends RecordTable>(
  { log, onUnreadable }: Store,
  table: T,
  rows: readonly NamedRow[],
): readonly Records[T][] => {
  const unreadable: Unreadable[] = [];
  const records = rows.flatMap(({ name, record }) => {
    const read = storedKinds[table].read(record);
    if (read !== null) return [read];
    unreadable.push({ table, name: String(name), record });
    return [];
  });
  if (unreadable.length === 0) return records;
  log.warn("unreadable records in the journal", { table, count: unreadable.length });
  onUnreadable(unreadable);
  return records;
};

export const readRecords = <T extends RecordTable>(
  store: Store,
  query: {
    readonly table: T;
    /** Selects `name`, which is a row's own in its table, and `record`. */
    readonly sql: string;
    readonly values?: readonly SqlValue[];
  },
): readonly Records[T][] => readRows(store, query.table, store.database.rows(query.sql, query.values ?? [], namedRow));
