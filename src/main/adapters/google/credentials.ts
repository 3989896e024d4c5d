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

export type GoogleAuth = {
  /**
   * Asked before every call, so that a sign-in and a sign-out count at once. The same object as long as nothing has
   * changed. Rejects with ProblemError: `calendar-sign-in`, `calendar-token-file`.
   */
  readonly read: () => Promise<GoogleCredentials>;
  /** Google does not take what was read: perhaps there is something newer. */
  readonly refused: () => void;
  /** Google has given a new access token for what was read. Never rejects; resolves when it is kept, where it is. */
  readonly refreshed: (from: GoogleCredentials, fresh: FreshToken) => Promise<void>;
};

/** `refreshToken`: null where the one that there was goes on. */
export type FreshToken = {
  readonly accessToken: string;
  readonly accessExpiresAt: number | null;
  readonly refreshToken: string | null;
};

export type GoogleEndpoints = {
  readonly api: string;
  readonly people: string;
  readonly authorize: string;
  readonly token: string;
};

/** Google's own addresses, or those of another server in its place. */
export const googleEndpoints = (apiRoot: string | null): GoogleEndpoints => {
  if (apiRoot === null) {
    return {
      api: "https://www.googleapis.com/",
      people: "https://people.googleapis.com/",
      authorize: "https://accounts.google.com/o/oauth2/v2/auth",
      token: "https://oauth2.googleapis.com/token",
    };
  }
  const api = apiRoot.endsWith("/") ? apiRoot : `${apiRoot}/`;
  return { api, people: api, authorize: `${api}o/oauth2/v2/auth`, token: `${api}token` };
};
