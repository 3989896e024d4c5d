import { app, type BrowserWindow, nativeImage } from "electron";

type BadgeOptions = {
  readonly window: () => BrowserWindow | null;
  /** The picture that stands for a count where the system draws none. */
  readonly overlay: string;
};

/** How many things wait, on the app's icon: a number on the dock, and on Windows a mark that says it. */
export const createBadge = ({ window, overlay }: BadgeOptions) => {
  let shown = 0;
  return {
    show: (waiting: number, inWords: string): void => {
      if (waiting === shown) return;
      shown = waiting;
      app.setBadgeCount(waiting);
      if (process.platform !== "win32") return;
      const mark = waiting === 0 ? null : nativeImage.createFromPath(overlay);
      window()?.setOverlayIcon(mark, waiting === 0 ? "" : inWords);
    },
  };
};
