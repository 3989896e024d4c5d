import { ensureElectron } from "./electron.mjs";
import { ensureSystem } from "./system.mjs";

/** Everything beyond packages. Electron comes first: the libraries it lacks are only known once it is there. */
export const setUp = async () => {
  await ensureSystem(await ensureElectron());
};
