import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import type { Log } from "../../../core/ports.ts";
import { failed, type Problem } from "../../../shared/problem.ts";
import { isDamaged, moveAside } from "./damage.ts";
import { type Database, openDatabase } from "./database.ts";
import { areSame, type FileIds, lookAt, suffixes } from "./file-ids.ts";
import { prepareDatabase } from "./prepare.ts";
import type { Begin, Opened } from "./protocol.ts";

/** Where a copy of the journal lies that was made because its own files were lost; it is whole, or not there. */
const rescueOf = (file: string): string => `${file}.rescued`;

/**
 * Opens the journal's file, whatever has become of it since it was last open. Throws ProblemError. `ids` is null when the
 * files were taken away while it was being opened.
 */
export const openFile = (
  begin: Begin,
  log: Log,
): Omit<Opened, "ids"> & { readonly database: Database; readonly ids: FileIds | null } => {
  const { file, known } = begin;
  const { whole, problem } = settle(begin, log);
  const database = openDatabase({ file, log, mode: "write" });
  try {
    const { main } = lookAt(file).ids;
    prepareDatabase(database, { file, log });
    // Another process counted these.
    if (known === null) database.transaction(() => database.run("DELETE FROM written"));
    const { ids } = lookAt(file);
    const isThere = main !== null && ids.main === main && ids.log !== null && ids.index !== null;
    return { database, ids: isThere ? ids : null, whole, problem };
  } catch (error) {
    database.close();
    throw error;
  }
};

/** Puts a file in its place: the one that was there, a copy of it, or none, and then a new one is begun. */
const settle = ({ file, known, lost }: Begin, log: Log): Pick<Opened, "whole" | "problem"> => {
  const { ids, sizes } = lookAt(file);
  const hasRescue = existsSync(rescueOf(file));
  const isOther = known !== null && (!areSame(known, ids) || sizes.main === 0);
  // Of a file that was never open memory holds nothing: it is looked at once more.
  const isLost = isOther || (lost !== null && (known !== null || hasRescue));
  const why = isLost ? (lost ?? lostProblem()) : null;
  if (hasRescue && (why !== null || ids.main === null)) {
    clear(file, { ids, known, isCopied: true });
    renameSync(rescueOf(file), file);
    log.error("the journal's files were lost: what they held was copied to new ones");
    return { whole: true, problem: why ?? lostProblem() };
  }
  rmSync(rescueOf(file), { force: true });
  if (why !== null) {
    const keptAs = clear(file, { ids, known, isCopied: false });
    log.error("the journal's files were lost: a new one is begun", { keptAs });
    return { whole: false, problem: why };
  }
  if (!isDamaged(file)) return { whole: true, problem: null };
  const keptAs = moveAside(file, "damaged");
  log.error("the journal was damaged: put aside, a new one begun", { keptAs });
  return { whole: false, problem: keptProblem(keptAs) };
};

/**
 * Makes room for another file. What others have put there is kept under another name, and so is what was ours and could not
 * be copied; answers that name.
 */
const clear = (
  file: string,
  { ids, known, isCopied }: { readonly ids: FileIds; readonly known: FileIds | null; readonly isCopied: boolean },
): string | null => {
  const remove = (suffix: string): void => rmSync(`${file}${suffix}`, { force: true });
  const isOurs = known === null || ids.main === known.main;
  // A log of ours would be read as if it belonged to what others have put there.
  if (!isOurs && ids.log === known?.log) remove(suffixes.log);
  if (!isOurs && ids.index === known?.index) remove(suffixes.index);
  const keeps = ids.main !== null && !(isOurs && isCopied);
  const keptAs = keeps ? moveAside(file, isOurs ? "damaged" : "replaced") : null;
  for (const suffix of [...Object.values(suffixes), ""]) remove(suffix);
  return keptAs;
};

/** Copies what an open connection can still read of files that are lost; answers whether the copy is whole. */
export const rescue = (database: Database, file: string): boolean => {
  const part = `${file}.rescuing`;
  rmSync(part, { force: true });
  try {
    database.run("VACUUM INTO ?", [part]);
    if (isDamaged(part)) return false;
    const copy = openSync(part, "r+");
    fsyncSync(copy);
    closeSync(copy);
    renameSync(part, rescueOf(file));
    return true;
  } catch {
    // Then memory has to tell what it knows.
    return false;
  } finally {
    rmSync(part, { force: true });
  }
};

export const lostProblem = (): Problem =>
  failed("journal-lost", "The journal's files were removed, replaced or cut short. What was known is in new ones.")
    .problem;

const keptProblem = (keptAs: string): Problem =>
  failed("journal-damaged", `The journal was damaged. It was kept as ${keptAs}, and a new one was begun.`).problem;
