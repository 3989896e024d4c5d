import { randomBytes } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";

/** The rights of the file that is replaced; a new one is for its owner alone. */
const modeOf = async (file: string): Promise<number> => {
  try {
    return (await stat(file)).mode & 0o777;
  } catch {
    return 0o600;
  }
};

/**
 * Replaces a file as a whole: whoever reads it, and whoever finds it after a crash, has the old text or the new one.
 * write-file-atomic puts up with a short write, so that on a full disk it leaves the beginning of the new text in place of
 * the old; this fails instead.
 */
export const writeWhole = async (file: string, text: string): Promise<void> => {
  const draft = `${file}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    const handle = await open(draft, "wx", await modeOf(file));
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};
