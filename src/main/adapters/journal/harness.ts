import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ProblemError, type ProblemKind } from "../../../shared/problem.ts";
import { type OpenJournal, openJournal } from "./open.ts";
import { silentLog } from "./samples.ts";

/** A folder for one test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "avspark-journal-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** A journal for one test, in a new folder or in one that was used before. */
export const journalIn = (folder = temporaryFolder()): OpenJournal => {
  const opened = openJournal({ file: join(folder, "journal.sqlite"), log: silentLog });
  onTestFinished(opened.close);
  return opened;
};

/** The kind of the problem that `work` throws; null when it does not. */
export const problemOf = (work: () => unknown): ProblemKind | null => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.kind;
    throw error;
  }
  return null;
};
