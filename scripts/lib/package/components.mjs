// What others made and a package carries: the bundler's own list, libsql, and Electron. The notices that their licences ask
// for and the bill of materials (CycloneDX) are made of it, at each build.

import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { inModules, root } from "../paths.mjs";
import { Stop } from "../say.mjs";
import { libsqlPackages, nativePart } from "./libsql.mjs";

/**
 * @typedef {object} Component
 * @property {string} name
 * @property {string} version
 * @property {string} license an SPDX expression
 * @property {string} text the licence as the package brings it; "" where it brings none
 * @property {string | undefined} integrity as the lockfile has it
 */

/** Licences that a bundled package may have. Another one is looked at by a person first. */
const taken = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "MPL-2.0",
  "OFL-1.1",
  "Python-2.0",
  "Unlicense",
]);

/** Packages that name their licence in words of their own; what their text says. */
const meant = new Map([["url-template", "BSD-3-Clause"]]);

/**
 * @param {string} name of a package
 * @param {string} said what the package says of its licence
 */
export const licenceOf = (name, said) => meant.get(name) ?? said;

/** @param {string} folder */
const licenceText = async (folder) => {
  const names = await readdir(folder);
  const files = names
    .filter((name) => /^(licen[cs]e|copying|notice|ofl)/i.test(name) && !/\.(js|json)$/.test(name))
    .sort();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  return texts.map((text) => text.trim()).join("\n\n");
};

/** @param {string} folder of an installed package */
const componentIn = async (folder) => {
  const described = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  const license = typeof described.license === "object" ? described.license?.type : described.license;
  return {
    name: described.name,
    version: described.version,
    license: licenceOf(described.name, String(license)),
    text: await licenceText(folder),
    integrity: lock.packages[relative(root, folder).replaceAll("\\", "/")]?.integrity,
  };
};

/** An expression is taken when one of its alternatives is. @param {string} license */
export const isTaken = (license) =>
  license
    .replace(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((each) => taken.has(each)));

/** @param {string} gathered where the build wrote its lists */
const bundledFolders = async (gathered) => {
  const lists = await Promise.all(
    ["main", "renderer"].map(async (part) =>
      JSON.parse(await readFile(join(gathered, `bundled-${part}.json`), "utf8")),
    ),
  );
  return new Set(/** @type {readonly string[]} */ (lists.flat()));
};

/**
 * @param {{ readonly gathered: string, readonly machine: string, readonly electron: string }} options
 * @returns {Promise<readonly Component[]>} by name
 */
export const gatherComponents = async ({ gathered, machine, electron }) => {
  const folders = await bundledFolders(gathered);
  for (const name of libsqlPackages) folders.add(inModules(name));
  // The stylesheet brings the font, which the bundler lists as a file and not as a module.
  folders.add(inModules("@fontsource-variable/inter"));
  const found = await Promise.all([...folders].map(componentIn));
  const { version, license } = await componentIn(inModules("libsql"));
  const native = nativePart(machine);
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  const all = [
    ...found,
    { name: native, version, license, text: "", integrity: lock.packages[`node_modules/${native}`]?.integrity },
    {
      name: "electron",
      version: electron,
      license: "MIT",
      text: "Electron's licence is beside this file as LICENSE.electron.txt, those of Chromium and of all it holds as LICENSES.chromium.html.",
      integrity: undefined,
    },
  ];
  const refused = all.filter((each) => !isTaken(each.license));
  if (refused.length > 0)
    throw new Stop(
      `Nobody has said yet that a package may carry these licences: ${refused.map((each) => `${each.license} (${each.name})`).join(", ")}.`,
    );
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
};

/** @param {readonly Component[]} components */
export const noticesOf = (components) =>
  [
    "Avspark is under the MIT licence. It carries the work of others, under the licences below.",
    ...components.map(({ name, version, license, text }) =>
      [`${"-".repeat(79)}\n${name} ${version}\n${license}`, text || "The package brings no text of its licence."].join(
        "\n\n",
      ),
    ),
    "",
  ].join("\n\n");

/** An npm package's address (package-url specification): the scope's @ is escaped. @param {Component} component */
const purl = ({ name, version }) => `pkg:npm/${name.replace("@", "%40")}@${version}`;

/** @param {string | undefined} integrity */
const hashes = (integrity) =>
  integrity?.startsWith("sha512-")
    ? {
        hashes: [{ alg: "SHA-512", content: Buffer.from(integrity.slice("sha512-".length), "base64").toString("hex") }],
      }
    : {};

/**
 * CycloneDX 1.6.
 * @param {readonly Component[]} components
 * @param {{ readonly version: string }} product
 */
export const billOf = (components, { version }) => ({
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  version: 1,
  metadata: {
    component: {
      type: "application",
      "bom-ref": "avspark",
      name: "avspark",
      version,
      licenses: [{ license: { id: "MIT" } }],
    },
  },
  components: components.map((component) => ({
    type: component.name === "electron" ? "framework" : "library",
    "bom-ref": purl(component),
    name: component.name,
    version: component.version,
    purl: purl(component),
    licenses: [{ expression: component.license }],
    ...hashes(component.integrity),
  })),
});
