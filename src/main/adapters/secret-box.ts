import type { SecretBox } from "./settings-file.ts";

/** The part of Electron's safeStorage that is used here. */
type SafeStorage = {
  readonly isEncryptionAvailable: () => boolean;
  readonly encryptString: (text: string) => Buffer;
  readonly decryptString: (sealed: Buffer) => string;
  /** Linux only. */
  readonly getSelectedStorageBackend: () => string;
};

/**
 * A box that only this user on this machine can open, or null where there is none: on a Linux without a keyring Electron
 * still offers `basic_text`, which anybody who has the file can read.
 */
export const secretBoxOf = (storage: SafeStorage, platform: string): SecretBox | null => {
  if (!storage.isEncryptionAvailable()) return null;
  if (platform === "linux" && ["basic_text", "unknown"].includes(storage.getSelectedStorageBackend())) return null;
  return {
    seal: (text) => storage.encryptString(text).toString("base64"),
    open: (sealed) => {
      try {
        return storage.decryptString(Buffer.from(sealed, "base64"));
      } catch {
        // Sealed by another user, on another machine, or with a keyring that has been made anew.
        return null;
      }
    },
  };
};
