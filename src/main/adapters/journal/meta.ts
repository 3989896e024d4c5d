import { z } from "zod";
import type { TargetName } from "../../../shared/calendar.ts";
import type { Database, Reading } from "./database.ts";

export type MetaScope = "feed" | TargetName;

const metaRow = z.object({ name: z.string(), value: z.string() });

export const readMeta = (database: Reading, scope: MetaScope): Readonly<Record<string, string>> =>
  Object.fromEntries(
    database
      .rows("SELECT name, value FROM meta WHERE scope = ?", [scope], metaRow)
      .map(({ name, value }) => [name, value]),
  );

/** null deletes. */
export const writeMeta = (
  database: Database,
  scope: MetaScope,
  meta: Readonly<Record<string, string | null>> = {},
): void => {
  for (const [name, value] of Object.entries(meta)) {
    if (value === null) database.run("DELETE FROM meta WHERE scope = ? AND name = ?", [scope, name]);
    else
      database.run(
        "INSERT INTO meta (scope, name, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        [scope, name, value],
      );
  }
};
