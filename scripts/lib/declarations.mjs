// The types of what other programs import: out/types/library.d.ts and the declarations it leads to, nothing else.

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { root } from "./paths.mjs";
import { run, tool, toolPath } from "./run.mjs";
import { Stop } from "./say.mjs";

/** A declaration of ours that another one names. */
const relativeImport = /(?<=from "|import\(")(\.{1,2}\/[^"]+)\.ts(?=")/g;

/**
 * @param {string} file
 * @param {Map<string, string>} found
 */
const collect = async (file, found) => {
  if (found.has(file)) return;
  const text = await readFile(file, "utf8");
  // Programs of others resolve what they import as it will run.
  found.set(file, text.replace(relativeImport, "$1.js"));
  for (const [, path = ""] of text.matchAll(relativeImport)) {
    await collect(`${resolve(dirname(file), path)}.d.ts`, found);
  }
};

export const writeDeclarations = async () => {
  const emitted = await mkdtemp(join(tmpdir(), "avspark-types-"));
  try {
    const { code, output } = await run(
      tool("typescript", ["-p", join(root, "tsconfig.library.json"), "--outDir", emitted]),
      { env: toolPath() },
    );
    if (code !== 0) throw new Stop(`${output.trim()}\nThe library's declarations could not be made.`);
    const source = join(emitted, "src");
    /** @type {Map<string, string>} */
    const found = new Map();
    await collect(join(source, "library.d.ts"), found);
    const types = join(root, "out", "types");
    await rm(types, { recursive: true, force: true });
    for (const [file, text] of found) {
      const target = join(types, relative(source, file));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
  } finally {
    await rm(emitted, { recursive: true, force: true });
  }
};
