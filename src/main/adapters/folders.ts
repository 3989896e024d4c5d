import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Values } from "../../core/config/resolve.ts";

/** Where the system wants application data to lie (XDG Base Directory Specification on Linux). */
const systemFolder = (environment: Values): string => {
  const home = homedir();
  switch (process.platform) {
    case "darwin":
      return join(home, "Library", "Application Support", "Avspark");
    case "win32":
      return join(environment.APPDATA ?? join(home, "AppData", "Roaming"), "Avspark");
    default:
      return join(environment.XDG_DATA_HOME || join(home, ".local", "share"), "avspark");
  }
};

/** The data folder: the configured one, else the system's. */
export const dataFolder = (configured: string | null, environment: Values): string =>
  resolve(configured ?? systemFolder(environment));

/** Demo matches never lie beside real ones. */
export const folderFor = (mode: "demo" | "live", folder: string): string =>
  mode === "demo" ? join(folder, "demo") : folder;
