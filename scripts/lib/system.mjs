// Programs and libraries of the machine itself: named when they are missing, installed where that is ours to do.

import { accessSync, constants, existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { run } from "./run.mjs";
import { say, step } from "./say.mjs";

/**
 * A thing the machine may lack, what it is for, and the Debian packages that bring it (the first that exists there).
 * @typedef {object} Need
 * @property {string} name
 * @property {string} use
 * @property {readonly string[]} packages
 */

const redis = { name: "redis-server", use: "the tests", packages: ["redis-server"] };

/** @type {readonly Need[]} */
const linuxTestPrograms = [
  redis,
  { name: "curl", use: "the tests of what scripts do", packages: ["curl"] },
  { name: "radicale", use: "the tests of the CalDAV calendar", packages: ["radicale"] },
  { name: "Xvfb", use: "the tests of the window", packages: ["xvfb"] },
  { name: "xauth", use: "the tests of the window", packages: ["xauth"] },
  { name: "dbus-daemon", use: "the tests of notifications", packages: ["dbus"] },
  { name: "dbus-launch", use: "the tests of notifications", packages: ["dbus-x11"] },
  { name: "dunst", use: "the tests of notifications", packages: ["dunst"] },
  { name: "notify-send", use: "the tests of notifications", packages: ["libnotify-bin"] },
];

/** Debian's names of libraries whose package is not simply the file's name and number. */
const libraryPackages = new Map([
  ["libgtk-3.so.0", "libgtk-3-0"],
  ["libasound.so.2", "libasound2"],
  ["libnss3.so", "libnss3"],
  ["libnssutil3.so", "libnss3"],
  ["libsmime3.so", "libnss3"],
  ["libnspr4.so", "libnspr4"],
  ["libatk-1.0.so.0", "libatk1.0-0"],
  ["libatk-bridge-2.0.so.0", "libatk-bridge2.0-0"],
  ["libatspi.so.0", "libatspi2.0-0"],
  ["libpango-1.0.so.0", "libpango-1.0-0"],
  ["libcairo.so.2", "libcairo2"],
  ["libglib-2.0.so.0", "libglib2.0-0"],
  ["libgobject-2.0.so.0", "libglib2.0-0"],
  ["libgio-2.0.so.0", "libglib2.0-0"],
  ["libdbus-1.so.3", "libdbus-1-3"],
]);

/** @param {string} program */
const isOnPath = (program) => {
  const names = process.platform === "win32" ? [`${program}.exe`, `${program}.cmd`] : [program];
  return (process.env.PATH ?? "").split(delimiter).some((folder) =>
    names.some((name) => {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    }),
  );
};

/**
 * From Debian 13 and Ubuntu 24.04 on, many libraries are called the same with t64 at the end.
 * @param {string} library
 * @returns {Need}
 */
const needOfLibrary = (library) => {
  const [stem = library, number = ""] = library.toLowerCase().split(".so.");
  const known = libraryPackages.get(library) ?? stem.replaceAll("_", "-") + (/\d$/.test(stem) ? `-${number}` : number);
  return { name: library, use: "Electron", packages: [`${known}t64`, known] };
};

/**
 * @param {string | undefined} electron
 * @returns {Promise<readonly Need[]>}
 */
const missingLibraries = async (electron) => {
  if (process.platform !== "linux" || electron === undefined) return [];
  const { output } = await run(["ldd", electron]);
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, library = ""]) => needOfLibrary(library));
};

/** @typedef {{ readonly electron: string | undefined, readonly tests: boolean }} Wanted */

/**
 * @param {Wanted} wanted
 * @returns {Promise<readonly Need[]>}
 */
const missingNeeds = async ({ electron, tests }) => {
  const testPrograms = process.platform === "linux" ? linuxTestPrograms : [redis];
  const programs = tests ? testPrograms : [];
  return [...programs.filter(({ name }) => !isOnPath(name)), ...(await missingLibraries(electron))];
};

/** @param {string} name */
const aptHas = async (name) => {
  const { output } = await run(["apt-cache", "policy", name], { env: { LC_ALL: "C" } });
  return /Candidate: (?!\(none\))/.test(output);
};

/** @param {readonly Need[]} needs */
const aptPackages = async (needs) => {
  const names = await Promise.all(
    needs.map(async ({ packages }) => {
      const there = await Promise.all(packages.map(aptHas));
      return packages.find((_, index) => there[index]) ?? packages.at(-1) ?? "";
    }),
  );
  return [...new Set(names)];
};

/**
 * Debian starts a service as soon as it is installed. A redis-server of the machine's own is not what we want:
 * while a file of this name says 101, nothing is started.
 * @template T
 * @param {() => Promise<T>} work
 */
const withoutStartingServices = async (work) => {
  const policy = "/usr/sbin/policy-rc.d";
  if (existsSync(policy)) return work();
  await writeFile(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    return await work();
  } finally {
    await rm(policy);
  }
};

/** @param {readonly Need[]} needs */
const install = async (needs) => {
  const env = { DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" };
  await run(["apt-get", "update", "-qq"], { env });
  const names = await aptPackages(needs);
  const command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", ...names];
  const { code, output } = await withoutStartingServices(() => run(command, { env }));
  return { names, output: code === 0 ? "" : output.trim().split("\n").slice(-5).join("\n") };
};

/**
 * What a person is told: each missing thing, what it is for, and the command that brings them all.
 * @param {readonly Need[]} needs
 */
const advise = async (needs) => {
  for (const { name, use } of needs) say(`  missing: ${name}, for ${use}`);
  if (isOnPath("apt-get")) say(`  install with: sudo apt-get install -y ${(await aptPackages(needs)).join(" ")}`);
  else if (process.platform === "darwin") say("  install with: brew install redis");
  else if (process.platform === "win32") say("  Redis runs on Windows in WSL or Docker: set REDIS_URL to its address.");
  else say("  install them with the package manager of this machine");
};

/**
 * Does what it can and never stops what follows: each part that needs a missing thing says so itself.
 * @param {Wanted} wanted `electron`: the binary whose libraries are wanted; `tests`: what they take is wanted too
 */
export const ensureSystem = async (wanted) => {
  const missing = await step("System packages", async () => {
    const before = await missingNeeds(wanted);
    if (before.length === 0) return { said: "all there", value: before };
    if (process.getuid?.() !== 0 || !isOnPath("apt-get")) return { said: `${before.length} missing`, value: before };
    const { names, output } = await install(before);
    if (output !== "") say(output);
    const after = await missingNeeds(wanted);
    const said = after.length === 0 ? `installed ${names.join(", ")}` : `${after.length} still missing`;
    return { said, value: after };
  });
  if (missing.length > 0) await advise(missing);
};
