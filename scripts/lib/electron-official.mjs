// The Electron that ships: its package is installed, its binary is fetched from Electron's own releases when first needed.

import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inModules, projectNode, userCache } from "./paths.mjs";
import { run } from "./run.mjs";
import { progress } from "./say.mjs";

const folder = inModules("electron");

/** @typedef {{ readonly version: string, readonly executablePath: string }} OfficialElectron */

/** @returns {string} */
export const officialVersion = () => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;

/** @returns {OfficialElectron | undefined} */
export const installedOfficial = () => {
  const pathFile = join(folder, "path.txt");
  if (!existsSync(pathFile)) return undefined;
  const executablePath = join(folder, "dist", readFileSync(pathFile, "utf8"));
  return existsSync(executablePath) ? { version: officialVersion(), executablePath } : undefined;
};

/** A file that says that this version could not be fetched, so that not every start waits for it again. */
const refusal = () => join(userCache(), `electron-${officialVersion()}-unreachable`);

const refusedLately = async () => {
  const aDay = 24 * 60 * 60 * 1000;
  const found = await stat(refusal()).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs < aDay;
};

/** Fetches the archive into the cache of Electron's own downloader, or gives up when nothing comes for a while. */
const download = async () => {
  const require = createRequire(join(folder, "package.json"));
  const { downloadArtifact } = await import(pathToFileURL(require.resolve("@electron/get")).href);
  const patience = { start: 8_000, between: 20_000 };
  const stalled = new AbortController();
  const giveUp = () => stalled.abort(new Error("nothing came"));
  let timer = setTimeout(giveUp, patience.start);
  const report = progress(`Electron ${officialVersion()}`);
  try {
    await downloadArtifact({
      version: officialVersion(),
      artifactName: "electron",
      checksums: require("./checksums.json"),
      platform: process.platform,
      arch: process.arch,
      downloadOptions: {
        quiet: true,
        signal: stalled.signal,
        /** @param {{ readonly percent: number }} state */
        getProgressCallback: ({ percent }) => {
          clearTimeout(timer);
          timer = setTimeout(giveUp, patience.between);
          report(`${Math.round(percent * 100)} %`);
        },
      },
    });
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Installs the official Electron if it is not there yet. A network that does not reach it is remembered for a day.
 * @returns {Promise<OfficialElectron | undefined>}
 */
export const ensureOfficial = async () => {
  const installed = installedOfficial();
  if (installed !== undefined || (await refusedLately())) return installed;
  try {
    await download();
  } catch {
    await mkdir(userCache(), { recursive: true });
    await writeFile(refusal(), "");
    return undefined;
  }
  await run([projectNode, join(folder, "install.js")]);
  await rm(refusal(), { force: true });
  return installedOfficial();
};
