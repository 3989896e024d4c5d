import { join } from "node:path";
import { app, BrowserWindow } from "electron";

const openWindow = async (): Promise<void> => {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, "../preload/index.cjs"),
      sandbox: true,
      contextIsolation: true,
    },
  });
  window.once("ready-to-show", () => window.show());
  await window.loadFile(join(import.meta.dirname, "../renderer/index.html"));
};

// Electron is not ready before this module has been loaded: awaiting it here at the top would wait for ever.
void app.whenReady().then(openWindow);
