import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";
import type { Values } from "../../core/config/layers.ts";
import { writeWholeSync } from "../adapters/whole-file.ts";
import { autostartEntry, startedBy } from "./autostart.ts";

/**
 * Starts Avspark in the tray at login. Electron does it on macOS and Windows; on Linux an autostart entry does
 * (freedesktop.org Desktop Application Autostart Specification).
 */
export const setStartAtLogin = (wanted: boolean, environment: Values): void => {
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
  const { execPath } = process;
  writeWholeSync(file, autostartEntry(startedBy({ environment, packaged: app.isPackaged, execPath })));
};
