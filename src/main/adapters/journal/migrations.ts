import type { Database } from "./database.ts";
import { feed } from "./migrations/001-feed.ts";
import { calendar } from "./migrations/002-calendar.ts";
import { writing } from "./migrations/003-writing.ts";
import { retention } from "./migrations/004-retention.ts";
import { unreadable } from "./migrations/005-unreadable.ts";
import { acts } from "./migrations/006-acts.ts";

/** In order; each takes the journal's user_version up by one. Never change one that has been shipped: add another. */
const migrations: readonly string[] = [feed, calendar, writing, retention, unreadable, acts];

export const schemaVersion = migrations.length;

/** A journal's own number; 0 for a new file. */
export const versionOf = (database: Database): number => database.number("PRAGMA user_version");

/** Brings a journal that is not newer than this program to its schema. */
export const migrate = (database: Database): void => {
  const there = versionOf(database);
  migrations.slice(there).forEach((sql, index) => {
    database.transaction(() => {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${there + index + 1}`);
    });
  });
};
