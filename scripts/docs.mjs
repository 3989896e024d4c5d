// npm run docs: writes the pages that are made of the code: configuration, endpoints, troubleshooting, the manual, and the
// tables in README.md and docs/security.md. With --check it writes nothing and complains of pages that are not what the code says.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { accessPart } from "./lib/docs/access.mjs";
import { configurationPage, configurationTable } from "./lib/docs/configuration.mjs";
import { endpointsPage } from "./lib/docs/endpoints.mjs";
import { manualPage } from "./lib/docs/manual.mjs";
import { troubleshootingPage } from "./lib/docs/troubleshooting.mjs";
import { root } from "./lib/paths.mjs";
import { runScript, Stop, say } from "./lib/say.mjs";

const note = "<!-- Made by `npm run docs`; change the code it is made of instead. -->";

/** @param {string} name */
const read = async (name) => {
  try {
    return await readFile(join(root, name), "utf8");
  } catch {
    return "";
  }
};

/**
 * A page with what stands between two marks replaced.
 * @param {string} page
 * @param {string} mark
 * @param {string} text
 */
const replaceBetween = (page, mark, text) => {
  const [start, end] = [`<!-- ${mark} -->`, `<!-- end of ${mark} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from === -1 || to === -1) throw new Stop(`The marks of ${mark} are missing.`);
  return `${page.slice(0, from + start.length)}\n${text}\n${page.slice(to)}`;
};

/** @returns {Promise<readonly (readonly [name: string, text: string])[]>} */
const pages = async () => [
  ["docs/configuration.md", `${note}\n\n${configurationPage()}`],
  ["docs/security.md", replaceBetween(await read("docs/security.md"), "who is answered where", accessPart())],
  ["docs/endpoints.md", `${note}\n\n${endpointsPage()}`],
  ["docs/troubleshooting.md", `${note}\n\n${troubleshootingPage()}`],
  ["resources/man/avspark.1", manualPage()],
  ["README.md", replaceBetween(await read("README.md"), "the settings most often used", configurationTable())],
];

await runScript(async () => {
  /** @type {string[]} */
  const stale = [];
  for (const [name, text] of await pages()) {
    if ((await read(name)) === text) continue;
    stale.push(name);
    if (!process.argv.includes("--check")) await writeFile(join(root, name), text);
  }
  if (!process.argv.includes("--check"))
    say(stale.length === 0 ? "All pages are current." : `Written: ${stale.join(", ")}`);
  else if (stale.length > 0) throw new Stop(`Not what the code says: ${stale.join(", ")}. Run npm run docs.`);
});
