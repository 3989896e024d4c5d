import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import type { Values } from "../../core/config/layers.ts";
import { raise } from "../../shared/problem.ts";

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

/** Demo matches never lie beside real ones. */
export const folderFor = (mode: "demo" | "live", folder: string): string =>
  mode === "demo" ? join(folder, "demo") : folder;
