import { readRegularFileSync } from "../adapters/regular-file.ts";
import { writeWholeSync } from "../adapters/whole-file.ts";

/** Remembers in a file what the person was told last, over restarts: true when it is news. */
export const isNewsToPerson = (file: string, said: string): boolean => {
  if (toldIn(file) === said) return false;
  try {
    writeWholeSync(file, said);
  } catch {
    // To be told twice does no harm.
  }
  return true;
};

const toldIn = (file: string): string | null => {
  try {
    return readRegularFileSync(file).toString();
  } catch {
    // Nobody was told yet, or it is not known any more.
    return null;
  }
};
