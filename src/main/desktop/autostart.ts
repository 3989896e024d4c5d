import { dirname, join } from "node:path";
import type { Values } from "../../core/config/layers.ts";

/** What a person starts: the file of an AppImage, whose contents lie elsewhere at every start, or a package's launcher. */
export const startedBy = (started: {
  readonly environment: Values;
  readonly packaged: boolean;
  readonly execPath: string;
}): string => {
  const { APPIMAGE, APPDIR } = started.environment;
  // Whatever was started from another AppImage, a terminal for instance, finds that one's names here.
  if (APPIMAGE !== undefined && APPDIR !== undefined && started.execPath.startsWith(`${APPDIR}/`)) return APPIMAGE;
  return started.packaged ? join(dirname(started.execPath), "avspark") : started.execPath;
};

/** Characters that mean something within the quotes of an Exec line, and `%`, which means something anywhere in it. */
const quoted = (text: string): string => `"${text.replace(/["`$\\]/g, "\\$&").replaceAll("%", "%%")}"`;

/** In a desktop entry a backslash is written twice before anything else is read. */
const value = (text: string): string => text.replaceAll("\\", "\\\\");

/** TryExec: where the program is no more, the entry starts nothing and shows no error. */
export const autostartEntry = (command: string): string =>
  [
    "[Desktop Entry]",
    "Type=Application",
    "Name=Avspark",
    "Icon=avspark",
    `TryExec=${value(command)}`,
    `Exec=${value(quoted(command))} --hidden`,
    "Terminal=false",
    "",
  ].join("\n");
