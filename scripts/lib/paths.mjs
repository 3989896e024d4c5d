// Where things lie. Plain Node, nothing installed: these scripts begin before there are packages.

import { homedir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

/** @param {string[]} parts */
export const inModules = (...parts) => join(root, "node_modules", ...parts);

/** The Node that comes with the project as a package. */
export const projectNode = inModules("node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** A folder of the user's that all clones share: what is costly to fetch is fetched once. */
export const userCache = () => {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, "avspark");
  if (process.platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "avspark", "Cache");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "avspark");
  return join(homedir(), ".cache", "avspark");
};
