import { join } from "node:path";
import { app, dialog } from "electron";
import { resolveConfig } from "../core/config/resolve.ts";
import { dataFolder, prepareFolder } from "./adapters/folders.ts";
import { openLogging } from "./adapters/log.ts";
import { readEnvironment } from "./adapters/settings.ts";
import { type RunningApp, runApp } from "./desktop/app.ts";
import { environmentOf } from "./desktop/environment.ts";
import { registerScheme } from "./desktop/security.ts";
import { problemOf } from "./doors/caught.ts";

const environment = environmentOf(readEnvironment(process.cwd()), { packaged: app.isPackaged });
const { config } = resolveConfig({ ...environment, settings: {} });

/** Without a data folder there is no window either: Chromium keeps its own things there. */
const folderOrEnd = (): string => {
  try {
    const folder = dataFolder(config.AVSPARK_DATA_DIR, environment.environment);
    prepareFolder(folder);
    return folder;
  } catch (error) {
    const { message } = problemOf(error).problem;
    process.stderr.write(`${message}\n`);
    dialog.showErrorBox("Avspark", message);
    process.exit(1);
  }
};
const folder = folderOrEnd();

// Before the lock: apps on different data folders are different apps.
app.setPath("userData", join(folder, "window"));
app.setName("Avspark");
app.setAppUserModelId("se.avspark.desk");
// Chromium ends the whole program, the service with it, when its GPU process has died six times; the drawing is not worth that.
app.commandLine.appendSwitch("disable-gpu-process-crash-limit");
registerScheme();

// On Linux the packages' desktop entry says so, and a person's other choice stays.
if (app.isPackaged && process.platform !== "linux") app.setAsDefaultProtocolClient("avspark");

const linkIn = (args: readonly string[]): string | undefined => args.find((arg) => arg.startsWith("avspark:"));

let running: RunningApp | null = null;
let ended = false;
/** What was linked to before there was an app to show it. */
let asked = linkIn(process.argv);

const start = async (): Promise<void> => {
  await app.whenReady();
  const logging = openLogging({ folder, level: config.AVSPARK_LOG_LEVEL });
  running = runApp({ folder, environment, logging, hidden: process.argv.includes("--hidden") });
  if (asked !== undefined) running.open(asked);
};

if (app.requestSingleInstanceLock()) {
  app.on("second-instance", (_event, args) => running?.open(linkIn(args)));
  app.on("activate", () => running?.open(undefined));
  // macOS gives links so, perhaps before the app is ready.
  app.on("open-url", (event, link) => {
    event.preventDefault();
    if (running === null) asked = link;
    else running.open(link);
  });
  // The tray stays.
  app.on("window-all-closed", () => undefined);
  app.on("before-quit", (event) => {
    if (ended || running === null) return;
    event.preventDefault();
    void running.quit().finally(() => {
      ended = true;
      app.exit(0);
    });
  });
  process.once("SIGTERM", () => app.quit());
  process.once("SIGINT", () => app.quit());
  // Electron is not ready before this module has been loaded: awaiting it here at the top would wait for ever.
  void start();
} else {
  app.quit();
}
