import { Menu } from "electron";

/**
 * The keys that a person expects everywhere: copy and paste on macOS, zoom on every system. The bar stays hidden where the
 * system lets it; the words are the system's own.
 */
export const setApplicationMenu = (): void =>
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === "darwin" ? [{ role: "appMenu" } as const] : []),
      { role: "editMenu" },
      {
        role: "viewMenu",
        submenu: [
          { role: "resetZoom" },
          { role: "zoomIn" },
          // Where + is not above =, this is what a person presses.
          { role: "zoomIn", accelerator: "CommandOrControl+=", visible: false },
          { role: "zoomOut" },
          { type: "separator" },
          { role: "togglefullscreen" },
        ],
      },
      { role: "windowMenu" },
    ]),
  );
