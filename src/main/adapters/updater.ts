// Newer versions, as electron-updater fetches and checks them: by the hash that the server's list names, on Windows and macOS
// also by the signature of whoever signed the one that runs.

import type { Clock } from "../../core/ports.ts";
import type { UpdateNews } from "../../core/updates.ts";
import { instantOf } from "../../shared/instant.ts";

export type Updater = {
  /** Over when the server has answered; what follows is told as news. */
  readonly look: () => Promise<void>;
  /** Whether what has been fetched is put in place at the end. */
  readonly setInstall: (wanted: boolean) => void;
};

type UpdaterOptions = {
  /** The server's address, as the package's own file has it; another file while Avspark is developed. */
  readonly configFile: string | null;
  readonly clock: Pick<Clock, "now">;
  readonly onNews: (news: UpdateNews) => void;
  readonly onError: (error: unknown) => void;
};

/** Loaded when it is needed: most starts look for nothing within their first minute. */
export const openUpdater = async ({ configFile, clock, onNews, onError }: UpdaterOptions): Promise<Updater> => {
  const { default: library } = await import("electron-updater");
  const { autoUpdater } = library;
  // Its own lines would name folders and addresses.
  autoUpdater.logger = null;
  autoUpdater.allowDowngrade = false;
  autoUpdater.allowPrerelease = false;
  if (configFile !== null) {
    autoUpdater.forceDevUpdateConfig = true;
    autoUpdater.updateConfigPath = configFile;
  }
  const found = (version: string): void => {
    const order = autoUpdater.currentVersion.compare(version);
    const than = order === 0 ? "same" : "older";
    onNews({ kind: "found", version, than: order < 0 ? "newer" : than, at: instantOf(clock.now()) });
  };
  autoUpdater.on("checking-for-update", () => onNews({ kind: "looking" }));
  autoUpdater.on("update-available", ({ version }) => found(version));
  autoUpdater.on("update-not-available", ({ version }) => found(version));
  autoUpdater.on("update-downloaded", ({ version }) => onNews({ kind: "fetched", version }));
  autoUpdater.on("error", (error) => {
    onError(error);
    onNews({ kind: "failed", at: instantOf(clock.now()) });
  });
  return {
    // Whatever fails has been said by the event.
    look: async () => {
      const result = await autoUpdater.checkForUpdates().catch(() => null);
      void result?.downloadPromise?.catch(() => undefined);
    },
    setInstall: (wanted) => {
      autoUpdater.autoInstallOnAppQuit = wanted;
      autoUpdater.autoDownload = wanted;
    },
  };
};
