import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type BrowserWindow, dialog } from "electron";
import { errorCode } from "../../core/error-name.ts";
import { ProblemError } from "../../shared/problem.ts";

type SaveOptions = {
  readonly window: BrowserWindow | null;
  readonly title: string;
  readonly suggestedName: string;
  readonly lines: AsyncIterable<string>;
};

/** Asks where to, then writes the lines as they come; null when the person changed their mind. */
export const saveLines = async ({ window, title, suggestedName, lines }: SaveOptions): Promise<string | null> => {
  const options = { title, defaultPath: suggestedName };
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  if (canceled || filePath === "") return null;
  try {
    await pipeline(Readable.from(lines), createWriteStream(filePath, { mode: 0o600 }));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const code = errorCode(error) ?? "unknown";
    throw new ProblemError({ kind: "input-invalid", message: `The file could not be written (${code}).` });
  }
  return filePath;
};
