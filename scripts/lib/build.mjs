// Building, and knowing when there is nothing to build.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { writeDeclarations } from "./declarations.mjs";
import { root } from "./paths.mjs";
import { run, tool, toolPath } from "./run.mjs";
import { Stop, step } from "./say.mjs";

const sources = ["src", "electron.vite.config.ts", "tsconfig.library.json", "package.json", "package-lock.json"];
const stamp = join(root, "out", ".built-from");

/**
 * @param {string} path
 * @returns {Promise<readonly string[]>}
 */
const filesIn = async (path) => {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
};

/** Names, sizes and times of all sources in one word: unlike a comparison of dates, it notices deletions too. */
const fingerprint = async () => {
  const files = (await Promise.all(sources.map((source) => filesIn(join(root, source))))).flat().sort();
  const lines = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs } = await stat(file);
      return `${relative(root, file)} ${size} ${mtimeMs}`;
    }),
  );
  return createHash("sha256").update(lines.join("\n")).digest("hex");
};

const build = async () => {
  const { code, output } = await run(tool("electron-vite", ["build"]), { env: toolPath() });
  if (code !== 0) throw new Stop(`${output.trim()}\nThe build failed; the reason is above.`);
  await writeDeclarations();
};

/** @param {{ readonly always: boolean }} options */
export const ensureBuild = ({ always }) =>
  step("Build", async () => {
    const now = await fingerprint();
    const before = existsSync(stamp) ? await readFile(stamp, "utf8") : "";
    if (!always && now === before) return { said: "up to date", value: undefined };
    await build();
    await writeFile(stamp, now);
    return { said: "written to out/", value: undefined };
  });
