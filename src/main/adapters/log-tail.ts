import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { logFile } from "./log.ts";
import { otherThanFile } from "./regular-file.ts";

/** The last lines of the log in a data folder, oldest first, over the files it was split into. */
export const lastLogLines = (folder: string, count: number): readonly string[] => {
  const path = join(folder, "logs");
  if (!existsSync(path)) return [];
  const files = readdirSync(path)
    .filter((name) => name.endsWith(logFile))
    .map((name) => join(path, name))
    .filter((file) => otherThanFile(statSync(file)) === null)
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  let lines: readonly string[] = [];
  for (const file of files) {
    if (lines.length >= count) break;
    const more = readFileSync(file, "utf8").split("\n");
    lines = [...more.filter((line) => line !== ""), ...lines];
  }
  return lines.slice(-count);
};
