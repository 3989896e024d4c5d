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
  readonly parts: AsyncIterable<string | Uint8Array>;
};

/** What some system does not take in a file's name. */
const notInNames = /[\\/:*?"<>|\p{Cc}]+/gu;

/** Asks where to, then writes the parts as they come; null when the person changed their mind. */
export const save = async ({ window, title, suggestedName, parts }: SaveOptions): Promise<string | null> => {
  const options = { title, defaultPath: suggestedName.replace(notInNames, " ") };
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  if (canceled || filePath === "") return null;
  try {
    await pipeline(Readable.from(parts), createWriteStream(filePath, { mode: 0o600 }));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const code = errorCode(error) ?? "unknown";
    throw new ProblemError({ kind: "input-invalid", message: `The file could not be written (${code}).` });
  }
  return filePath;
};
