import type { Database, SqlValue } from "./database.ts";

/** So many rows go into one statement: four times as fast as one by one, and no faster with more. */
const rowsAtOnce = 50;

type Insert = {
  /** `INSERT INTO t (a, b)`. */
  readonly into: string;
  /** `ON CONFLICT …`. */
  readonly conflict?: string;
  readonly rows: readonly (readonly SqlValue[])[];
};

export const insertRows = (database: Database, { into, conflict = "", rows }: Insert): void => {
  const width = rows[0]?.length ?? 0;
  const row = `(${Array(width).fill("?").join(", ")})`;
  const sql = (count: number): string => `${into} VALUES ${Array(count).fill(row).join(", ")} ${conflict}`;
  const whole = rows.length - (rows.length % rowsAtOnce);
  const many = whole > 0 ? sql(rowsAtOnce) : "";
  for (let start = 0; start < whole; start += rowsAtOnce)
    database.run(many, rows.slice(start, start + rowsAtOnce).flat());
  const one = sql(1);
  for (const values of rows.slice(whole)) database.run(one, values);
};
