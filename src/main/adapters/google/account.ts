import { raiseFor } from "../../../core/port-problem.ts";
import type { Clock } from "../../../core/ports.ts";
import type { Config } from "../../../shared/config.ts";
import type { GoogleTokenFile } from "../../../shared/google-token.ts";
import type { Instant } from "../../../shared/instant.ts";
import type { GoogleCalendar, GoogleCalendars } from "./calendars.ts";
import type { GoogleAuth, GoogleCredentials } from "./credentials.ts";
import type { Keeping, SignIns } from "./sign-ins.ts";
import { credentialsIn, googleTokenFile } from "./token-file.ts";

const raise = raiseFor("target");

/** How long one call may take. */
export const googleTimeoutMs = 30_000;

export type GoogleConfig = Pick<
  Config,
  | "GOOGLE_CALENDAR_TOKEN_FILE"
  | "GOOGLE_OAUTH_CLIENT_ID"
  | "GOOGLE_OAUTH_CLIENT_SECRET"
  | "GOOGLE_API_ROOT"
  | "AVSPARK_CONTACTS"
>;

type OAuthClient = Pick<GoogleCredentials, "clientId" | "clientSecret">;

/** The OAuth client: the configured one, else the one that the token file was made with. */
export const oauthClient = async (config: GoogleConfig, tokenFile: GoogleAuth | null): Promise<OAuthClient> => {
  const { GOOGLE_OAUTH_CLIENT_ID: clientId, GOOGLE_OAUTH_CLIENT_SECRET: clientSecret } = config;
  if (clientId !== null) return { clientId, clientSecret };
  if (tokenFile !== null) return tokenFile.read();
  return raise("configuration-invalid", "GOOGLE_OAUTH_CLIENT_ID is not set.", "GOOGLE_OAUTH_CLIENT_ID");
};

const tokenFileOf = ({ GOOGLE_CALENDAR_TOKEN_FILE: path }: GoogleConfig): GoogleAuth | null =>
  path === null ? null : googleTokenFile(path);

/**
 * The right to act for a Google account: a sign-in in the app goes before the predecessor's token file. Signing out leads
 * back to the file, where one is configured.
 */
export const googleAuth = (
  config: GoogleConfig,
  signIns: SignIns,
): GoogleAuth & {
  /** When a person must sign in again, as far as has been read; null: no end is known. */
  readonly expiresAt: () => Instant | null;
} => {
  const tokenFile = tokenFileOf(config);
  let fromFile: GoogleCredentials | null = null;
  const readFile = async (file: GoogleAuth): Promise<GoogleCredentials> => {
    fromFile = await file.read();
    return fromFile;
  };
  let last: { readonly of: ReturnType<SignIns["current"]>; readonly credentials: GoogleCredentials } | null = null;

  const credentialsOf = (
    { signIn }: NonNullable<ReturnType<SignIns["current"]>>,
    { clientId, clientSecret }: OAuthClient,
  ): GoogleCredentials =>
    signIn.clientId === clientId
      ? { ...signIn, clientSecret, tokenUrl: null }
      : raise("calendar-sign-in", "The OAuth client has been changed since the last sign-in to Google.");

  return {
    read: async () => {
      if (signIns.current() === null) {
        return tokenFile === null
          ? raise("calendar-sign-in", "Nobody has signed in to Google yet.")
          : readFile(tokenFile);
      }
      const client = await oauthClient(config, tokenFile);
      const current = signIns.current() ?? raise("calendar-sign-in", "Somebody has just signed out of Google.");
      if (last?.of !== current) last = { of: current, credentials: credentialsOf(current, client) };
      return last.credentials;
    },
    refused: () => tokenFile?.refused(),
    refreshed: async (from, fresh) => tokenFile?.refreshed(from, fresh),
    expiresAt: () => {
      const current = signIns.current();
      return current === null ? (fromFile?.signInExpiresAt ?? null) : current.signIn.signInExpiresAt;
    },
  };
};

export type GoogleAccountOptions = {
  /** As it is at the moment. */
  readonly config: () => GoogleConfig;
  readonly signIns: SignIns;
  /** Opens an address in the system's browser. */
  readonly openExternal: (url: string) => Promise<void>;
  readonly clock: Pick<Clock, "now" | "after">;
};

/**
 * The Google account of the person at the window: signing in and out, and its calendars. What speaks with Google is loaded
 * when it is to.
 */
export const createGoogleAccount = ({ config, signIns, openExternal, clock }: GoogleAccountOptions) => {
  let underWay: AbortController | null = null;

  const withCalendars = async <T>(use: (calendars: GoogleCalendars) => Promise<T>): Promise<T> => {
    const { createGoogleCalendars } = await import("./calendars.ts");
    const calendars = createGoogleCalendars({
      auth: googleAuth(config(), signIns),
      apiRoot: config().GOOGLE_API_ROOT,
      clock,
      timeoutMs: googleTimeoutMs,
    });
    try {
      return await use(calendars);
    } finally {
      calendars.close();
    }
  };

  return {
    account: async (): Promise<
      | { readonly state: "none" }
      | { readonly state: "signed-in"; readonly kept: Keeping; readonly expiresAt: Instant | null }
    > => {
      const current = signIns.current();
      if (current === null) return { state: "none" };
      return { state: "signed-in", kept: current.kept, expiresAt: current.signIn.signInExpiresAt };
    },

    /** Signs in with the system's browser. A second call ends the first: its page may have been closed. */
    signIn: async (sessionOnly: boolean): Promise<{ readonly expiresAt: Instant | null }> => {
      const how = sessionOnly ? "session" : "keyring";
      if (!signIns.canKeep(how)) {
        return raise("keyring-missing", "This system has no keyring; sign in for this run only instead.");
      }
      underWay?.abort();
      const mine = new AbortController();
      underWay = mine;
      const { signInToGoogle } = await import("./sign-in.ts");
      const signIn = await signInToGoogle({
        ...(await oauthClient(config(), tokenFileOf(config()))),
        withContacts: config().AVSPARK_CONTACTS.includes("google"),
        apiRoot: config().GOOGLE_API_ROOT,
        open: openExternal,
        clock,
        timeoutMs: googleTimeoutMs,
        signal: mine.signal,
      });
      await signIns.keep(signIn, how);
      return { expiresAt: signIn.signInExpiresAt };
    },

    /** Takes over a sign-in that was made elsewhere, with the OAuth client that it names; not over another. */
    adopt: async (token: GoogleTokenFile, sessionOnly: boolean): Promise<boolean> => {
      if (signIns.current() !== null) return false;
      const { clientId, refreshToken, accessToken, accessExpiresAt, signInExpiresAt } = credentialsIn(token);
      const signIn = { clientId, refreshToken, accessToken, accessExpiresAt, signInExpiresAt };
      await signIns.keep(signIn, sessionOnly ? "session" : "keyring");
      return true;
    },

    /** Forgets the sign-in on this machine. Google keeps the permission, which other machines may be using. */
    signOut: async (): Promise<void> => {
      underWay?.abort();
      await signIns.forget();
    },

    /** Those one may write to. */
    calendars: (): Promise<readonly GoogleCalendar[]> => withCalendars((calendars) => calendars.list()),
    create: (name: string): Promise<string> => withCalendars(async (calendars) => (await calendars.create(name)).id),

    /** Nobody waits for the browser any longer. */
    close: (): void => underWay?.abort(),
  };
};
