import type { Instant } from "../../../shared/instant.ts";

/** What a call to Google needs: an OAuth client, and the right to act for an account. */
export type GoogleCredentials = {
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly refreshToken: string;
  /** Lives for about an hour; null: one is fetched with the refresh token. */
  readonly accessToken: string | null;
  /** Milliseconds since the epoch; null: not known, so not trusted. */
  readonly accessExpiresAt: number | null;
  /** Where tokens are refreshed, when the credentials name a place. */
  readonly tokenUrl: string | null;
  /** When a person must sign in again; null: no end is known. */
  readonly signInExpiresAt: Instant | null;
};

/** Read anew whenever Google no longer accepts what was read: somebody may have signed in again. */
export type GoogleAuth = {
  /** Rejects with ProblemError: `calendar-sign-in`, `calendar-token-file`. */
  readonly read: () => Promise<GoogleCredentials>;
};

export type GoogleEndpoints = { readonly api: string; readonly authorize: string; readonly token: string };

/** Google's own addresses, or those of another server in its place. */
export const googleEndpoints = (apiRoot: string | null): GoogleEndpoints =>
  apiRoot === null
    ? {
        api: "https://www.googleapis.com/",
        authorize: "https://accounts.google.com/o/oauth2/v2/auth",
        token: "https://oauth2.googleapis.com/token",
      }
    : {
        api: apiRoot,
        authorize: new URL("/o/oauth2/v2/auth", apiRoot).href,
        token: new URL("/token", apiRoot).href,
      };
