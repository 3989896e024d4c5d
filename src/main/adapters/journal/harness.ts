import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ProblemError, type ProblemKind } from "../../../shared/problem.ts";
import { createCleaning } from "./clean.ts";
import { openDatabase } from "./database.ts";
import { givenWriting } from "./given.ts";
import { createJournal } from "./journal.ts";
import { createKeeperStore, isContact, isEvent } from "./keeper-store.ts";
import { type OpenJournal, openJournal } from "./open.ts";
import { prepareDatabase } from "./prepare.ts";
import type { Answer, WritingTask } from "./protocol.ts";
import { rowBatch } from "./row-batch.ts";
import { silentLog } from "./samples.ts";
import { writeTask } from "./tasks.ts";
import type { StartThread } from "./worker.ts";
import { write } from "./write.ts";
import { createWriting } from "./writing.ts";

/** A folder for one test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "avspark-journal-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const smallDiskMegabytes = 8;

/** A disk that is full soon. Null where nobody may mount one. */
export const mountSmallDisk = (): { readonly folder: string; readonly unmount: () => void } | null => {
  const folder = mkdtempSync(join(tmpdir(), "avspark-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${smallDiskMegabytes}m`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    rmdirSync(folder);
    return null;
  }
  const unmount = (): void => {
    // What is still open on it goes with the process.
    execFileSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, unmount };
};

/** The journal's thread without a thread of its own, which takes a second to begin where much else is going on. */
export const startHere: StartThread = (begin, hear) => {
  let over = false;
  const end = (): void => {
    over = true;
    setImmediate(hear.ended);
  };
  const answer = (said: Answer): void => void setImmediate(() => hear.answer(structuredClone(said)));
  const writing = createWriting({ begin, log: silentLog, answer, end });
  return {
    give: (order, handedOver) => {
      const given = structuredClone(order, { transfer: [...handedOver] });
      setImmediate(() => {
        if (!over) writing.take(given);
      });
    },
  };
};

/** A journal for one test, in a new folder or in one that was used before. */
export const journalIn = async (folder = temporaryFolder()): Promise<OpenJournal> => {
  const opened = await openJournal({ file: join(folder, "journal.sqlite"), log: silentLog, start: startHere });
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
  const store = { database, log: silentLog, onUnreadable: () => undefined };
  const parts = {
    store,
    write: async (task: WritingTask) => database.transaction(() => writeTask(database, givenWriting(task).task)),
    mirror: { calendarLoaded: () => undefined, runLoaded: () => undefined },
  };
  const calendars = createKeeperStore(parts, isEvent);
  const contacts = createKeeperStore(parts, isContact);
  const journal = createJournal({
    store,
    onLoaded: () => undefined,
    append: async (batch) => database.transaction(() => write(database, rowBatch(batch).rows)),
    cleanSlice: async (limits) => cleanSlice(limits),
    troubles: () => [],
    onTroubles: () => undefined,
    close: async () => database.close(),
  });
  return { journal, calendars, contacts, database };
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
