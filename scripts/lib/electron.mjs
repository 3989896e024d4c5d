// Which Electron runs the app on this machine, and how it is called.

import { spawnSync } from "node:child_process";
import { ensureFallback, fallbackFitsMachine, installedFallback } from "./electron-fallback.mjs";
import { ensureOfficial, installedOfficial, officialVersion } from "./electron-official.mjs";
import { root } from "./paths.mjs";
import { step } from "./say.mjs";

/**
 * @typedef {object} ElectronRuntime
 * @property {string} version
 * @property {string} executablePath
 * @property {readonly string[]} args what must stand on its command line to run this project
 */

/**
 * Why Chromium's sandbox cannot work here: never for root, nor where the kernel refuses user namespaces (in most containers).
 * @returns {"root" | "namespaces" | null}
 */
export const sandboxObstacle = () => {
  if (process.platform !== "linux") return null;
  if (process.getuid?.() === 0) return "root";
  return spawnSync("unshare", ["--user", "--map-root-user", "true"]).status === 0 ? null : "namespaces";
};

/** What switches the sandbox off. Whoever passes it says so. */
export const withoutSandbox = "--no-sandbox";

/** @returns {ElectronRuntime | undefined} the one that set-up chose */
export const electronRuntime = () => {
  const official = installedOfficial();
  if (official !== undefined) return { ...official, args: [root] };
  const fallback = installedFallback();
  return fallback && { ...fallback, args: [] };
};

export const ensureElectron = () =>
  step("Electron", async () => {
    const official = await ensureOfficial();
    if (official !== undefined) return { said: official.version, value: official.executablePath };
    if (!fallbackFitsMachine())
      return { said: `${officialVersion()} cannot be reached, so there is no window`, value: undefined };
    const { version, executablePath } = await ensureFallback();
    return {
      said: `${version}, for development and tests only, because ${officialVersion()} cannot be reached`,
      value: executablePath,
    };
  });
