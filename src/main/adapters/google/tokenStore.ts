import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { instantSchema } from "../../../shared/instant.ts";
import { raise } from "../../../shared/problem.ts";
import type { GoogleAuth } from "./credentials.ts";

/** What is kept of a sign-in in the app. */
export const googleSignInSchema = z
  .object({
    clientId: z.string(),
    refreshToken: z.string(),
    accessToken: z.string().nullable(),
    accessExpiresAt: z.number().nullable(),
    signInExpiresAt: instantSchema.nullable(),
  })
  .readonly();
export type GoogleSignIn = z.infer<typeof googleSignInSchema>;

export type TokenStore = {
  /** null: nobody has signed in here, or what is kept can no longer be read. */
  readonly load: () => Promise<GoogleSignIn | null>;
  readonly save: (signIn: GoogleSignIn) => Promise<void>;
  readonly forget: () => Promise<void>;
};

/** The system's keyring, as Electron's safeStorage gives it. */
export type Cipher = {
  readonly encrypt: (text: string) => Buffer;
  /** Throws when the text was encrypted with another key. */
  readonly decrypt: (bytes: Buffer) => string;
};

/** For this run only: the choice of a person whose system has no keyring. Nothing is written. */
export const createSessionTokenStore = (): TokenStore => {
  let kept: GoogleSignIn | null = null;
  return {
    load: async () => kept,
    save: async (signIn) => {
      kept = signIn;
    },
    forget: async () => {
      kept = null;
    },
  };
};

/** A file that only this user, on this machine, can make sense of. */
export const createEncryptedTokenStore = (options: { readonly file: string; readonly cipher: Cipher }): TokenStore => {
  const { file, cipher } = options;
  return {
    load: async () => {
      try {
        return googleSignInSchema.parse(JSON.parse(cipher.decrypt(await readFile(file))));
      } catch {
        // No file, another machine's file, a lost keyring: each ends in signing in again.
        return null;
      }
    },
    save: async (signIn) => {
      await mkdir(dirname(file), { recursive: true });
      await writeFileAtomic(file, cipher.encrypt(JSON.stringify(signIn)), { mode: 0o600 });
    },
    forget: () => rm(file, { force: true }),
  };
};

/** The app's own sign-in, used with the OAuth client it was made for. */
export const googleStoredSignIn = (options: {
  readonly store: TokenStore;
  readonly clientId: string;
  readonly clientSecret: string | null;
}): GoogleAuth => ({
  read: async () => {
    const signIn = await options.store.load();
    if (signIn === null) return raise("calendar-sign-in", "Nobody has signed in to Google yet.");
    if (signIn.clientId !== options.clientId) {
      return raise("calendar-sign-in", "The OAuth client has been changed since the last sign-in to Google.");
    }
    const { refreshToken, accessToken, accessExpiresAt, signInExpiresAt } = signIn;
    return {
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      refreshToken,
      accessToken,
      accessExpiresAt,
      tokenUrl: null,
      signInExpiresAt,
    };
  },
});
