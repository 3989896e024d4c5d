import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { raiseFor } from "../../../core/port-problem.ts";
import { instantSchema } from "../../../shared/instant.ts";
import { readRegularFileSync } from "../regular-file.ts";
import type { SecretBox } from "../settings-file.ts";
import { writeWhole } from "../whole-file.ts";

const raise = raiseFor("target");

/** What is kept of a sign-in in the app. */
const googleSignInSchema = z
  .object({
    clientId: z.string(),
    refreshToken: z.string(),
    accessToken: z.string().nullable(),
    accessExpiresAt: z.number().nullable(),
    signInExpiresAt: instantSchema.nullable(),
  })
  .readonly();
export type GoogleSignIn = z.infer<typeof googleSignInSchema>;

/** How long it is kept: until it is forgotten, in the keyring's care, or until the app quits. */
export type Keeping = "keyring" | "session";

export type SignIns = {
  /** null: nobody has signed in here. */
  readonly current: () => { readonly signIn: GoogleSignIn; readonly kept: Keeping } | null;
  readonly canKeep: (how: Keeping) => boolean;
  /** Takes the place of any earlier one. Rejects with ProblemError where there is no keyring. */
  readonly keep: (signIn: GoogleSignIn, how: Keeping) => Promise<void>;
  readonly forget: () => Promise<void>;
};

/** The sign-in of a service without a window: there is none. */
export const noSignIns: SignIns = {
  current: () => null,
  canKeep: () => false,
  keep: async () => noKeyring(),
  forget: async () => undefined,
};

const noKeyring = (): never =>
  raise("keyring-missing", "This system has no keyring to keep the sign-in in; sign in for this run only instead.");

/** The app's sign-in to Google, in a file that only this user, on this machine, can make sense of. */
export const openSignIns = ({ file, box }: { readonly file: string; readonly box: SecretBox | null }): SignIns => {
  const stored = box === null ? null : read(file, box);
  let current: ReturnType<SignIns["current"]> = stored === null ? null : { signIn: stored, kept: "keyring" };
  return {
    current: () => current,
    canKeep: (how) => how === "session" || box !== null,
    keep: async (signIn, kept) => {
      if (kept === "session") await rm(file, { force: true });
      else await write(file, (box ?? noKeyring()).seal(JSON.stringify(signIn)));
      current = { signIn, kept };
    },
    forget: async () => {
      current = null;
      await rm(file, { force: true });
    },
  };
};

const read = (file: string, box: SecretBox): GoogleSignIn | null => {
  try {
    return googleSignInSchema.parse(JSON.parse(box.open(readRegularFileSync(file).toString()) ?? ""));
  } catch {
    // No file, another machine's file, a lost keyring: each ends in signing in again.
    return null;
  }
};

const write = async (file: string, sealed: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, sealed);
};
