import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ProblemError, type ProblemKind } from "../../../shared/problem.ts";
import { createCalendars } from "./calendars.ts";
import { createCleaning } from "./clean.ts";
import { openDatabase } from "./database.ts";
import { createJournal } from "./journal.ts";
import { type OpenJournal, openJournal } from "./open.ts";
import { prepareDatabase } from "./prepare.ts";
import { silentLog } from "./samples.ts";
import { writeTask } from "./tasks.ts";
import { write } from "./write.ts";

/** A folder for one test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "avspark-journal-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const smallDiskMegabytes = 8;

/** A disk that is full soon. Null where nobody may mount one. */
export const mountSmallDisk = (): { readonly emptyFolder: () => string; readonly unmount: () => void } | null => {
  const folder = mkdtempSync(join(tmpdir(), "avspark-disk-"));
  const unmount = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${smallDiskMegabytes}m`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    unmount();
    return null;
  }
  return {
    /** Answers the only folder on it, with nothing in it. */
    emptyFolder: () => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
      return mkdtempSync(join(folder, "run-"));
    },
    unmount: () => {
      execFileSync("umount", ["-l", folder]);
      unmount();
    },
  };
};

/** A journal for one test, in a new folder or in one that was used before. */
export const journalIn = async (folder = temporaryFolder()): Promise<OpenJournal> => {
  const opened = await openJournal({ file: join(folder, "journal.sqlite"), log: silentLog });
  onTestFinished(opened.close);
  return opened;
};

/**
 * A journal without a thread: what is appended is written at once, so that tests whose time is their own need not wait for
 * a real one.
 */
export const journalOnThisThread = (file: string) => {
  const database = openDatabase({ file, log: silentLog, mode: "write" });
  prepareDatabase(database, { file, log: silentLog });
  const cleanSlice = createCleaning(database, () => Number.POSITIVE_INFINITY);
  const store = { database, log: silentLog };
  const calendars = createCalendars({
    store,
    write: async (task) => database.transaction(() => writeTask(database, task)),
    mirror: { calendarLoaded: () => undefined, runLoaded: () => undefined },
  });
  const journal = createJournal({
    store,
    onLoaded: () => undefined,
    append: async (batch) => database.transaction(() => write(database, batch)),
    cleanSlice: async (limits) => cleanSlice(limits),
    troubles: () => [],
    onTroubles: () => undefined,
    close: async () => database.close(),
  });
  return { journal, calendars, database };
};

/** The kind of the problem that `work` throws or rejects with; null when it does not. */
export const problemOf = async (work: () => unknown): Promise<ProblemKind | null> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.kind;
    throw error;
  }
  return null;
};
