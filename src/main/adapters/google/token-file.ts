import { z } from "zod";
import { errorCode } from "../../../core/error-name.ts";
import { raiseFor } from "../../../core/port-problem.ts";
import { type GoogleTokenFile, googleTokenFileSchema } from "../../../shared/google-token.ts";
import { instantOf, instantSchema } from "../../../shared/instant.ts";
import { readRegularFile } from "../regular-file.ts";
import { writeWhole } from "../whole-file.ts";
import { type FreshToken, type GoogleAuth, type GoogleCredentials, googleEndpoints } from "./credentials.ts";
import type { GoogleSignIn } from "./sign-ins.ts";

const raise = raiseFor("target");

/** Python writes UTC without saying so, and microseconds. */
const expiryMs = (text: string | null | undefined): number | null => {
  if (!text) return null;
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? null : at;
};

const ownTokenFileSchema = z.looseObject({
  refresh_token: z.string(),
  sign_in_expires_at: instantSchema.nullable(),
});

/** Whether `avspark google sign-in` has written it; what nobody can read, it has not. */
export const isOwnTokenFile = async (path: string): Promise<boolean> => {
  const text = await readText(path);
  return ownTokenFileSchema.safeParse(readJson(text)).success;
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const parse = (text: string): GoogleCredentials => {
  const json = readJson(text);
  if (json === undefined) return raise("calendar-token-file", "The Google token file is not JSON.");
  const file = googleTokenFileSchema.safeParse(json);
  if (!file.success) {
    const missing = file.error.issues.map((issue) => issue.path.join(".")).join(", ");
    return raise("calendar-token-file", `The Google token file lacks what a sign-in needs: ${missing || "an object"}.`);
  }
  return credentialsIn(file.data);
};

export const credentialsIn = (file: GoogleTokenFile): GoogleCredentials => {
  const { token, refresh_token, client_id, client_secret, token_uri, expiry, sign_in_expires_at } = file;
  return {
    clientId: client_id,
    clientSecret: client_secret ?? null,
    refreshToken: refresh_token,
    accessToken: token ?? null,
    accessExpiresAt: expiryMs(expiry),
    tokenUrl: token_uri ?? null,
    signInExpiresAt: sign_in_expires_at ?? null,
  };
};

/** A sign-in as such a file, which Google's own tools read as well. */
export const tokenFileText = (signIn: GoogleSignIn, clientSecret: string | null): string =>
  `${JSON.stringify(
    {
      token: signIn.accessToken,
      refresh_token: signIn.refreshToken,
      token_uri: googleEndpoints(null).token,
      client_id: signIn.clientId,
      client_secret: clientSecret,
      universe_domain: "googleapis.com",
      expiry: signIn.accessExpiresAt === null ? null : instantOf(signIn.accessExpiresAt),
      sign_in_expires_at: signIn.signInExpiresAt,
    },
    null,
    2,
  )}\n`;

/**
 * The predecessor's token file, read as it is and never written: the two can run side by side. One of our own is kept up:
 * what reads it next, a command or a service that begins anew, need not ask Google for another access token.
 */
export const googleTokenFile = (path: string): GoogleAuth => {
  let credentials: Promise<GoogleCredentials> | null = null;
  const forget = (): void => {
    credentials = null;
  };
  /** One after the other: the latest is what stays. */
  let writing: Promise<void> = Promise.resolve();
  return {
    read: () => {
      credentials ??= readText(path)
        .then(parse)
        .catch((error: unknown) => {
          forget();
          throw error;
        });
      return credentials;
    },
    refused: forget,
    refreshed: (from, fresh) => {
      // What could not be written is fetched again, as it would have been without.
      writing = writing.then(() => renew(path, from, fresh)).catch(() => undefined);
      return writing;
    },
  };
};

/** Whoever has signed in anew, or out, meanwhile had the last word. */
const renew = async (path: string, from: GoogleCredentials, fresh: FreshToken): Promise<void> => {
  const text = await readText(path);
  const file = ownTokenFileSchema.safeParse(readJson(text));
  if (!file.success || file.data.refresh_token !== from.refreshToken) return;
  const { accessToken: token, accessExpiresAt: expiry, refreshToken } = fresh;
  const renewed = {
    ...file.data,
    token,
    refresh_token: refreshToken ?? from.refreshToken,
    expiry: expiry === null ? null : instantOf(expiry),
  };
  await writeWhole(path, `${JSON.stringify(renewed, null, 2)}\n`);
};

const readText = async (path: string): Promise<string> => {
  try {
    return (await readRegularFile(path)).toString("utf8");
  } catch (error) {
    const missing = errorCode(error) === "ENOENT";
    return raise(
      "calendar-token-file",
      missing ? "The Google token file does not exist." : "The Google token file cannot be read.",
    );
  }
};
