import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";
import { writeWholeSync } from "../adapters/whole-file.ts";

/** Starts Avspark in the tray at login. Electron does it on macOS and Windows; on Linux an autostart entry does
 * (freedesktop.org Desktop Application Autostart Specification). */
export const setStartAtLogin = (wanted: boolean): void => {
  if (process.platform !== "linux") {
    app.setLoginItemSettings({ openAtLogin: wanted, args: ["--hidden"] });
    return;
  }
  const folder = join(app.getPath("appData"), "autostart");
  const file = join(folder, "avspark.desktop");
  if (!wanted) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(folder, { recursive: true });
  const command = `"${process.execPath}" --hidden`;
  writeWholeSync(file, `[Desktop Entry]\nType=Application\nName=Avspark\nExec=${command}\nTerminal=false\n`);
};
