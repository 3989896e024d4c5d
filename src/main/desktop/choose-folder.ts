import { type BrowserWindow, dialog } from "electron";

/** Asks for a folder; null when the person changed their mind. */
export const chooseFolder = async (window: BrowserWindow | null, title: string): Promise<string | null> => {
  const options = { title, properties: ["openDirectory" as const, "showHiddenFiles" as const] };
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
};
