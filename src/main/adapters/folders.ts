import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { Values } from "../../core/config/layers.ts";
import { errorCode } from "../../core/error-name.ts";
import { raise } from "../../shared/problem.ts";
import { isFullDisk } from "./journal/storage-problem.ts";

/** The user's home folder; null where there is none: a user without a name in a container, or an empty HOME. */
export const homeFolder = (): string | null => {
  try {
    const home = homedir();
    return isAbsolute(home) ? home : null;
  } catch {
    return null;
  }
};

/** A folder that the environment names; a relative one means nothing there (XDG Base Directory Specification). */
const named = (folder: string | undefined): string | null =>
  folder !== undefined && isAbsolute(folder) ? folder : null;

const atHome = (...parts: readonly string[]): string =>
  join(
    homeFolder() ??
      raise("data-folder", "This user has no home folder: set AVSPARK_DATA_DIR to a folder.", "AVSPARK_DATA_DIR"),
    ...parts,
  );

/** Where the system wants application data to lie. */
const systemFolder = (environment: Values): string => {
  switch (process.platform) {
    case "darwin":
      return atHome("Library", "Application Support", "Avspark");
    case "win32":
      return join(named(environment.APPDATA) ?? atHome("AppData", "Roaming"), "Avspark");
    default:
      return join(named(environment.XDG_DATA_HOME) ?? atHome(".local", "share"), "avspark");
  }
};

/** The data folder: the configured one, else the system's. Throws ProblemError where there is no telling. */
export const dataFolder = (configured: string | null, environment: Values): string =>
  resolve(configured ?? systemFolder(environment));

/** Makes the data folder and sees that it can be used, before anything is kept there. Throws ProblemError. */
export const prepareFolder = (folder: string): void => {
  try {
    make(folder);
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error("no folder"), { code: "ENOTDIR" });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = errorCode(error) ?? "unknown";
    if (isFullDisk(code)) raise("journal-full", "There is no room left on the disk for the data folder.");
    const why = hindrances[code] ?? `the system says ${code}`;
    raise("data-folder", `The data folder cannot be used: ${why}. AVSPARK_DATA_DIR names another.`, "AVSPARK_DATA_DIR");
  }
};

/** Not by Node's own recursion: under /proc and the like, where nothing can be made, that goes on for ever. */
const make = (folder: string): void => {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const code = errorCode(error);
    if (code === "EEXIST") return;
    const parent = dirname(folder);
    if (code !== "ENOENT" || parent === folder) throw error;
    make(parent);
    mkdirSync(folder, { mode: 0o700 });
  }
};

/** Their words name no path: problems are shown and exported. */
const hindrances: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "its disk can only be read",
  EEXIST: "something that is no folder lies in its place",
  ENOTDIR: "something that is no folder lies in its place, or above it",
  ENOENT: "what it should lie in is not there",
  ENAMETOOLONG: "its path is too long",
  ELOOP: "its path leads in a circle",
};

/** Demo matches never lie beside real ones. */
export const folderFor = (mode: "demo" | "live", folder: string): string =>
  mode === "demo" ? join(folder, "demo") : folder;
