// The one dependency that stays a package of its own, with its native part: that of the machine the package is for, and
// none of the others.

import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { inModules, root } from "../paths.mjs";
import { npm, run } from "../run.mjs";
import { Stop } from "../say.mjs";

/** libsql's own names of its native parts; on Linux Electron itself needs glibc. */
const natives = {
  "linux-x64": "@libsql/linux-x64-gnu",
  "linux-arm64": "@libsql/linux-arm64-gnu",
  "darwin-x64": "@libsql/darwin-x64",
  "darwin-arm64": "@libsql/darwin-arm64",
  "win32-x64": "@libsql/win32-x64-msvc",
};

/** @param {string} machine such as linux-x64 */
export const nativePart = (machine) => {
  const name = natives[/** @type {keyof typeof natives} */ (machine)];
  if (name === undefined) throw new Stop(`libsql has no native part for ${machine}, so there is no package for it.`);
  return name;
};

/** What libsql requires; a test holds it against libsql's own package.json. */
export const libsqlPackages = ["libsql", "@neon-rs/load", "detect-libc"];

/** Types, texts for developers and maps are nothing to a program that runs. */
const useless = /\.(d\.ts|map|md)$|\/types(\/|$)/;

/** @param {string} path */
const locked = async (path) => {
  /** @type {{ readonly packages: Readonly<Record<string, { readonly version?: string, readonly integrity?: string }>> }} */
  const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  const found = packages[path];
  if (found?.version === undefined || found.integrity === undefined)
    throw new Stop(`package-lock.json does not have ${path}.`);
  return { version: found.version, integrity: found.integrity };
};

/**
 * For another machine than this one: fetched as the lockfile names it.
 * @param {string} name
 * @param {string} to
 */
const fetchNative = async (name, to) => {
  const { version, integrity } = await locked(`node_modules/${name}`);
  const work = await mkdtemp(join(tmpdir(), "avspark-libsql-"));
  try {
    const { code, output } = await run(npm(["pack", `${name}@${version}`, "--pack-destination", work]));
    const file = (await readdir(work)).find((entry) => entry.endsWith(".tgz"));
    if (code !== 0 || file === undefined) throw new Stop(`${output.trim()}\nnpm could not fetch ${name}.`);
    const hash = createHash("sha512");
    await pipeline(createReadStream(join(work, file)), hash);
    if (`sha512-${hash.digest("base64")}` !== integrity)
      throw new Stop(`${name} is not what package-lock.json says: its hash differs.`);
    await mkdir(to, { recursive: true });
    const unpacked = await run(["tar", "-xzf", join(work, file), "-C", to, "--strip-components=1"]);
    if (unpacked.code !== 0) throw new Stop(`${name} could not be unpacked: ${unpacked.output.trim()}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

/**
 * Puts libsql with what it requires into the app.
 * @param {string} app
 * @param {string} machine such as linux-x64
 */
export const addLibsql = async (app, machine) => {
  const native = nativePart(machine);
  for (const name of [...libsqlPackages, native]) {
    const [from, to] = [inModules(name), join(app, "node_modules", name)];
    if (existsSync(from))
      await cp(from, to, { recursive: true, filter: (path) => !useless.test(path.slice(from.length)) });
    else await fetchNative(name, to);
  }
};
