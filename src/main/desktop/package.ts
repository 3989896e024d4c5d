// What electron-builder has put beside a packaged program.

import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { app } from "electron";
import type { Values } from "../../core/config/layers.ts";
import { type Installed, installedAs } from "../../core/updates.ts";

const beside = (name: string): string => join(process.resourcesPath, name);

/** The licences of all that is in the package. */
export const noticesOfPackage = (): Promise<string | null> => readFile(beside("NOTICES.txt"), "utf8").catch(() => null);

/** Whether this Avspark may renew itself, and the file that says from where. */
export const updatable = (
  environment: Values,
): { readonly installed: Installed; readonly configFile: string | null } => {
  // So that the whole way can be tried while Avspark is developed; a package does not listen.
  const tried = app.isPackaged ? undefined : environment.AVSPARK_TRY_UPDATES;
  if (tried !== undefined) return { installed: "itself", configFile: tried };
  const kind = beside("package-type");
  const server = beside("app-update.yml");
  return {
    installed: installedAs({
      packaged: app.isPackaged,
      platform: process.platform,
      packageType: existsSync(kind) ? readFileSync(kind, "utf8").trim() : null,
      appImage: environment.APPIMAGE,
    }),
    configFile: existsSync(server) ? server : null,
  };
};
