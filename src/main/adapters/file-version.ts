import { statSync } from "node:fs";
import { errorCode } from "../../core/error-name.ts";

/** What tells a file from the one that was there before; why there is none. */
export const fileVersion = (file: string): string => {
  try {
    const { ino, size, mtimeMs, ctimeMs, mode } = statSync(file);
    return [ino, size, mtimeMs, ctimeMs, mode].join(" ");
  } catch (error) {
    return errorCode(error) ?? "unknown";
  }
};
