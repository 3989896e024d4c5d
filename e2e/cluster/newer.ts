import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ServeOptions } from "../fixtures/serve.ts";

const root = join(import.meta.dirname, "../..");
const told = /\blogVersion ?= ?1\b/;

/** An Avspark of the next version, put into a folder: the same, but what it writes to the log is of a form that this one does not know. */
export const newerIn = async (folder: string): Promise<NonNullable<ServeOptions["wrap"]>> => {
  const main = join(folder, "out/main");
  await mkdir(main, { recursive: true });
  for (const part of ["bin", "out/main", "package.json"])
    await cp(join(root, part), join(folder, part), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  const files = (await readdir(main, { recursive: true })).filter((name) => name.endsWith(".js"));
  let changed = 0;
  for (const name of files) {
    const text = await readFile(join(main, name), "utf8");
    if (!told.test(text)) continue;
    await writeFile(join(main, name), text.replace(told, "logVersion=2"));
    changed += 1;
  }
  if (changed === 0) throw new Error("The version of the log's entries stands nowhere in what is built.");
  return ([node, _program, ...rest]) => [node, join(folder, "bin/avspark.mjs"), ...rest];
};
