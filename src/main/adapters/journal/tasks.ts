import type { Loaded } from "../../../core/journal.ts";
import { writeCalendar } from "./calendar-rows.ts";
import type { Database } from "./database.ts";
import type { GivenWriting } from "./protocol.ts";
import { keepUnreadable } from "./unreadable.ts";
import { write } from "./write.ts";

/** Within a transaction. */
export const writeTask = (database: Database, task: GivenWriting): void => {
  switch (task.kind) {
    case "append":
      write(database, task.batch);
      return;
    case "calendar":
      writeCalendar(database, task.target, task.batch);
      return;
    case "drop-runs":
      database.run("DELETE FROM runs WHERE target = ? AND run >= ?", [task.target, task.since]);
      return;
    case "keep-unreadable":
      keepUnreadable(database, task.rows, task.at);
      return;
    case "count-on":
      countOn(database, task.lastIds);
      return;
  }
};

/** Makes a new file give no id that was given before. */
const countOn = (database: Database, { message, change, alert, gap }: Loaded["lastIds"]): void => {
  const lastIds = { messages: message, changes: change, alerts: alert, gaps: gap };
  for (const [table, id] of Object.entries(lastIds)) {
    // The table has no key of its own.
    database.run("DELETE FROM sqlite_sequence WHERE name = ? AND seq <= ?", [table, id]);
    database.run(
      "INSERT INTO sqlite_sequence (name, seq) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)",
      [table, id],
    );
  }
};
