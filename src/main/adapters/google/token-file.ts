import { z } from "zod";
import { errorCode } from "../../../core/error-name.ts";
import { raiseFor } from "../../../core/port-problem.ts";
import { type GoogleTokenFile, googleTokenFileSchema } from "../../../shared/google-token.ts";
import { instantOf, instantSchema } from "../../../shared/instant.ts";
import { readRegularFile } from "../regular-file.ts";
import { type GoogleAuth, type GoogleCredentials, googleEndpoints } from "./credentials.ts";
import type { GoogleSignIn } from "./sign-ins.ts";

const raise = raiseFor("target");

/** Python writes UTC without saying so, and microseconds. */
const expiryMs = (text: string | null | undefined): number | null => {
  if (!text) return null;
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? null : at;
};

/** Whether `avspark google sign-in` has written it; what nobody can read, it has not. */
export const isOwnTokenFile = async (path: string): Promise<boolean> => {
  const text = await readText(path);
  const own = z.object({ sign_in_expires_at: instantSchema.nullable() });
  return own.safeParse(readJson(text)).success;
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
 * The predecessor's token file, or one of our own, read as it is and not written here: the two can run side by side. A
 * refreshed access token lives in memory only.
 */
export const googleTokenFile = (path: string): GoogleAuth => {
  let credentials: Promise<GoogleCredentials> | null = null;
  const forget = (): void => {
    credentials = null;
  };
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
  };
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
