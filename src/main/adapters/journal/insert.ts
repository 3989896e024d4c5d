import type { Database, SqlValue } from "./database.ts";

/** So many rows go into one statement: 64 at once are four times as fast as one by one, and more are no faster. */
const rowsAtOnce = [64, 16, 4, 1] as const;

type Insert = {
  /** `INSERT INTO t (a, b)`. */
  readonly into: string;
  /** `ON CONFLICT …`. */
  readonly conflict?: string;
};

export const insertRows = (
  database: Database,
  { rows, ...insert }: Insert & { readonly rows: readonly (readonly SqlValue[])[] },
): void => insertValues(database, { ...insert, width: rows[0]?.length ?? 1, values: rows.flat() });

/** The values of one row after the other, so many each. */
export const insertValues = (
  database: Database,
  { into, conflict = "", width, values }: Insert & { readonly width: number; readonly values: readonly SqlValue[] },
): void => {
  const row = `(${Array(width).fill("?").join(", ")})`;
  const sql = (count: number): string => `${into} VALUES ${Array(count).fill(row).join(", ")} ${conflict}`;
  let start = 0;
  for (const count of rowsAtOnce) {
    const size = count * width;
    const statement = values.length - start >= size ? sql(count) : "";
    for (; values.length - start >= size; start += size) database.run(statement, values.slice(start, start + size));
  }
};
