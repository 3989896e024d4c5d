import { safeStorage } from "electron";
import { secretBoxOf } from "./secret-box.ts";
import type { SecretBox } from "./settings-file.ts";

/** The system's keyring; null where there is none. Only after the app is ready. */
export const openSecretBox = (): SecretBox | null => secretBoxOf(safeStorage, process.platform);
