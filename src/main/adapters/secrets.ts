import { safeStorage } from "electron";
import type { Cipher } from "./google/tokenStore.ts";
import type { SecretBox } from "./settings.ts";

/**
 * The system's keyring through Electron's safeStorage; null where there is none. On Linux without one Electron falls back
 * to `basic_text`, a key that everybody knows: that is no keyring. Only after the app is ready.
 */
export const systemCipher = (): Cipher | null => {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform === "linux" && safeStorage.getSelectedStorageBackend() === "basic_text") return null;
  return { encrypt: (text) => safeStorage.encryptString(text), decrypt: (bytes) => safeStorage.decryptString(bytes) };
};

/** For single secrets in the settings file, as base64. */
export const secretBox = (cipher: Cipher): SecretBox => ({
  seal: (text) => cipher.encrypt(text).toString("base64"),
  open: (sealed) => {
    try {
      return cipher.decrypt(Buffer.from(sealed, "base64"));
    } catch {
      // Sealed with another key: as good as not set, and the settings page says so.
      return null;
    }
  },
});
