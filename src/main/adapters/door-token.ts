import { rmSync } from "node:fs";
import { join } from "node:path";
import { readRegularFileSync } from "./regular-file.ts";
import { writeWholeSync } from "./whole-file.ts";

const fileIn = (folder: string): string => join(folder, "http-token");

/**
 * Keeps the token that the app's settings close the HTTP door with where this user's own command line finds it: in a file
 * that nobody else may read. The command line cannot open the keyring.
 */
export const keepDoorToken = (folder: string, token: string | null): void => {
  // A file that is new is for its owner alone, whatever rights the old one had.
  rmSync(fileIn(folder), { force: true });
  if (token !== null) writeWholeSync(fileIn(folder), `${token}\n`);
};

export const keptDoorToken = (folder: string): string | null => {
  try {
    return readRegularFileSync(fileIn(folder)).toString().trim() || null;
  } catch {
    // No app has closed its door here.
    return null;
  }
};
