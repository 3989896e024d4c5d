import { ensureElectron } from "./electron.mjs";
import { ensureSystem } from "./system.mjs";

/** What running takes beyond packages. Electron comes first: the libraries it lacks are only known once it is there. */
export const setUpToRun = async () => {
  await ensureSystem({ electron: await ensureElectron(), tests: false });
};

/** What the tests take as well: servers and a desktop of their own. */
export const setUpToTest = async () => {
  await ensureSystem({ electron: await ensureElectron(), tests: true });
};
