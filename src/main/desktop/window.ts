import { join } from "node:path";
import { app, BrowserWindow, dialog, screen } from "electron";
import { z } from "zod";
import type { WindowEvent } from "../../shared/bridge.ts";
import { readRegularFileSync } from "../adapters/regular-file.ts";
import { writeWholeSync } from "../adapters/whole-file.ts";
import { openWayTo } from "../doors/ipc.ts";
import { isOwnPage, pageUrl } from "./security.ts";

const placeSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(900),
  height: z.int().min(600),
  maximized: z.boolean(),
});
type Place = z.infer<typeof placeSchema>;

type WindowOptions = {
  /** Where size and place are remembered. */
  readonly placeFile: string;
  readonly preload: string;
  readonly icon: string;
  /** What the title says beside the name; null: nothing. */
  readonly mark: string | null;
  /** Start in the tray. */
  readonly hidden: boolean;
  /** Its page died; false: it dies again and again, and stays dead. */
  readonly onDied: (reason: string) => boolean;
  readonly hangs: { readonly message: string; readonly wait: string; readonly reload: string };
  /** The person's session at this machine ends. Windows only. */
  readonly onSessionEnd: () => void;
  /** false lets the window close for good: the app is quitting. */
  readonly keepOnClose: () => boolean;
  /** It was closed, and the app goes on without it. */
  readonly onKept: () => void;
};

/** The one window. Closing it leaves the app running, in the tray where the system has one. */
export const createWindow = (options: WindowOptions): BrowserWindow => {
  const place = readPlace(options.placeFile);
  const window = new BrowserWindow({
    ...(place ?? { width: 1280, height: 820 }),
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: options.mark === null ? "Avspark" : `Avspark (${options.mark})`,
    icon: options.icon,
    autoHideMenuBar: true,
    backgroundColor: "#00000000",
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      // The stream goes on while the window is behind others; deltas are bounded.
      backgroundThrottling: true,
    },
  });
  if (place?.maximized) window.maximize();
  window.once("ready-to-show", () => {
    if (!options.hidden) window.show();
  });
  // The page knows only what it shows.
  window.on("page-title-updated", (event, title) => {
    if (options.mark === null) return;
    event.preventDefault();
    window.setTitle(`${title} (${options.mark})`);
  });
  window.on("close", (event) => {
    savePlace(options.placeFile, window);
    if (!options.keepOnClose()) return;
    event.preventDefault();
    window.hide();
    options.onKept();
  });
  window.webContents.on("render-process-gone", (_, { reason }) => {
    if (reason !== "clean-exit" && options.onDied(reason)) window.webContents.reload();
  });
  window.on("unresponsive", () => void offerReload(window, options.hangs));
  window.on("session-end", options.onSessionEnd);
  void window.loadURL(pageUrl);
  return window;
};

/** A page that hangs may come back by itself: a person decides. */
const offerReload = async (window: BrowserWindow, { message, wait, reload }: WindowOptions["hangs"]): Promise<void> => {
  const { response } = await dialog.showMessageBox(window, { type: "warning", message, buttons: [wait, reload] });
  if (response !== 1 || window.isDestroyed()) return;
  window.webContents.forcefullyCrashRenderer();
  window.webContents.reload();
};

/** Tells the page, which hears nothing before it has been loaded. */
export const wayToPage = ({ webContents }: BrowserWindow): ((event: WindowEvent) => void) => {
  const tell = openWayTo(webContents, isOwnPage);
  return (event) => {
    if (webContents.isDestroyed()) return;
    if (event.kind === "open" && webContents.isLoadingMainFrame())
      webContents.once("did-finish-load", () => tell(event));
    else tell(event);
  };
};

export const showWindow = (window: BrowserWindow): void => {
  // A page that died too often stays dead until somebody wants to see it.
  if (window.webContents.isCrashed()) window.webContents.reload();
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};

const readPlace = (file: string): Place | null => {
  try {
    const place = placeSchema.parse(JSON.parse(readRegularFileSync(file).toString()));
    return isVisible(place) ? place : null;
  } catch {
    // None yet, or not readable: the default place is as good.
    return null;
  }
};

/** A screen that was unplugged must not take the window with it. */
const isVisible = ({ x, y, width }: Place): boolean =>
  screen
    .getAllDisplays()
    .some(
      ({ workArea: area }) =>
        x + width > area.x + 100 && x < area.x + area.width - 100 && y >= area.y && y < area.y + area.height - 50,
    );

const savePlace = (file: string, window: BrowserWindow): void => {
  const place: Place = { ...window.getNormalBounds(), maximized: window.isMaximized() };
  try {
    writeWholeSync(file, JSON.stringify(place));
  } catch {
    // Remembering a window's place is not worth a complaint.
  }
};

export const assetsOf = () => {
  const root = app.getAppPath();
  return {
    page: join(root, "out", "renderer"),
    preload: join(root, "out", "preload", "index.cjs"),
    icon: (name: string) => join(root, "resources", "icons", `${name}.png`),
  };
};
