// Packages: there, and the ones the lockfile names.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inModules, projectNode, root } from "./paths.mjs";
import { npm, run } from "./run.mjs";
import { progress, Stop, step } from "./say.mjs";

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 */

/**
 * @param {string} path
 * @returns {Readonly<Record<string, LockedPackage>>}
 */
const lockedIn = (path) => (existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")).packages ?? {}) : {});

/**
 * What is installed is current when it is what the lockfile says, whatever the dates of the two files are.
 * Packages for other machines are optional and may be absent.
 * @param {Readonly<Record<string, LockedPackage>>} wanted
 * @param {Readonly<Record<string, LockedPackage>>} installed
 */
const areCurrent = (wanted, installed) =>
  Object.entries(wanted).every(([path, { version, integrity, optional = false }]) => {
    const there = installed[path];
    if (path === "" || there === undefined) return path === "" || optional;
    return there.version === version && there.integrity === integrity;
  });

/**
 * Installs what the lockfile says and leaves the lockfile as it is. Not `npm ci`: that begins by deleting everything,
 * the Node that runs us included.
 * @param {Readonly<Record<string, LockedPackage>>} wanted
 */
const install = async (wanted) => {
  const paths = Object.entries(wanted).flatMap(([path, { optional }]) => (path === "" || optional ? [] : [path]));
  const report = progress("Packages");
  const watch = setInterval(() => {
    report(`${paths.filter((path) => existsSync(join(root, path))).length} of ${paths.length} fetched`);
  }, 500);
  try {
    const { code, output } = await run(npm(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]));
    if (code !== 0) throw new Stop(`${output.trim()}\nnpm could not install the packages; its own words are above.`);
  } finally {
    clearInterval(watch);
  }
  return paths.length;
};

export const ensurePackages = () =>
  step("Packages", async () => {
    const wanted = lockedIn(join(root, "package-lock.json"));
    if (areCurrent(wanted, lockedIn(inModules(".package-lock.json"))) && existsSync(projectNode))
      return { said: "up to date", value: undefined };

    const count = await install(wanted);
    const { code, output } = await run([projectNode, "--version"]);
    if (code !== 0)
      throw new Stop(
        `The project's own Node did not start (${output.trim()}). ` +
          "It is set up by an install script of the package node: npm must be allowed to run it (ignore-scripts=false).",
      );
    return { said: `${count} installed, Node ${output.trim()}`, value: undefined };
  });
