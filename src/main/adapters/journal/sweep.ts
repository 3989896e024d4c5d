import type { Instant } from "../../../shared/instant.ts";
import { storedInstant } from "../../../shared/instant.ts";
import type { Database } from "./database.ts";
import { readMeta, writeMeta } from "./meta.ts";
import { day } from "./seconds.ts";

/** What was erased is nowhere in the file after so many days at the latest. */
const everyMs = 7 * day * 1000;
const sweptAt = "swept-at";

/**
 * What SQLite moves to make room on its pages it leaves behind where it was, `secure_delete` or not. Only a file that is
 * written anew has none of that.
 */
export const isSweepDue = (database: Database, now: Instant): boolean => {
  const at = storedInstant(readMeta(database, "feed")[sweptAt]);
  const age = at === null ? everyMs : Date.parse(now) - Date.parse(at);
  // A clock may have been ahead.
  return age >= everyMs || age < 0;
};

export const sweep = (database: Database, now: Instant): void => {
  database.exec("VACUUM");
  writeMeta(database, "feed", { [sweptAt]: now });
};

/** At the next cleaning, since somebody waits for it. */
export const sweepSoon = (database: Database): void => writeMeta(database, "feed", { [sweptAt]: null });
