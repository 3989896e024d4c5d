#!/usr/bin/env node

import { existsSync, lstatSync, mkdirSync } from "node:fs";
import module from "node:module";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { env } from "node:process";

/**
 * Where what V8 has made of the program is kept for the next start; null where there is no place for it, and it is made anew.
 * What lies there is run as it is, so it must be the user's own folder, which nobody else may write to.
 */
const compiledFolder = () => {
  const { CACHE_DIRECTORY, XDG_CACHE_HOME } = env;
  try {
    const caches = [CACHE_DIRECTORY, XDG_CACHE_HOME].find((path) => path !== undefined && isAbsolute(path));
    const home = homedir();
    if (caches === undefined && !(isAbsolute(home) && existsSync(home))) return null;
    let folder = caches ?? join(home, ".cache");
    for (const name of ["", "avspark", "compiled"]) {
      folder = join(folder, name);
      if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    }
    const { uid, mode } = lstatSync(folder);
    return uid === process.getuid?.() && (mode & 0o022) === 0 ? folder : null;
  } catch {
    return null;
  }
};

const program = new URL("../out/main/cli.js", import.meta.url);
// What is built also runs on the Node 20 inside the development Electron; several of its packages do not promise that.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 18)) {
  console.error(`Avspark needs Node 22.12 or later; this is ${process.versions.node}.`);
  process.exitCode = 1;
} else if (existsSync(program)) {
  // Nodes before 22.8 have none of it. By the variable the journal's thread takes part, too.
  const compiled = module.enableCompileCache === undefined ? null : compiledFolder();
  if (compiled !== null) {
    module.enableCompileCache(compiled);
    env.NODE_COMPILE_CACHE ??= compiled;
  }
  await import(program.href);
} else {
  console.error("Avspark is not built yet: run npm run build first.");
  process.exitCode = 1;
}
