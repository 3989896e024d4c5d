import type { CalendarTarget, Log } from "../core/ports.ts";
import type { TargetName } from "../shared/calendar.ts";
import type { Config } from "../shared/config.ts";
import type { Instant } from "../shared/instant.ts";
import { createCaldavTarget } from "./adapters/caldav/target.ts";
import { systemClock } from "./adapters/clock.ts";
import type { GoogleAuth } from "./adapters/google/credentials.ts";
import { createGoogleTarget } from "./adapters/google/target.ts";
import { googleTokenFile } from "./adapters/google/tokenFile.ts";
import { googleStoredSignIn, type TokenStore } from "./adapters/google/tokenStore.ts";

/** The calendars beyond the file, and when their sign-ins end. */
export type RemoteCalendars = {
  readonly targets: readonly CalendarTarget[];
  readonly signInExpiresAt: (target: TargetName) => Instant | null;
};

export const googleTimeoutMs = 30_000;

/** Makes the calendars that a configuration names. `store`: where the app keeps its sign-in to Google. */
export const remoteCalendars = (
  config: Config,
  options: { readonly store: TokenStore; readonly log: Log },
): RemoteCalendars => {
  const wanted = new Set<TargetName>(config.AVSPARK_CALENDARS);
  const google = noting(googleAuth(config, options.store));
  return {
    targets: [
      ...(wanted.has("google") ? [googleTarget(config, { ...options, auth: google.auth })] : []),
      ...(wanted.has("caldav") ? [caldavTarget(config, options.log)] : []),
    ],
    signInExpiresAt: (target) => (target === "google" ? google.expiresAt() : null),
  };
};

/** The predecessor's token file where one is named, else the app's own sign-in. */
export const googleAuth = (config: Config, store: TokenStore): GoogleAuth => {
  const { GOOGLE_CALENDAR_TOKEN_FILE: file, GOOGLE_OAUTH_CLIENT_ID: clientId } = config;
  if (file !== null) return googleTokenFile(file);
  return googleStoredSignIn({ store, clientId: clientId ?? "", clientSecret: config.GOOGLE_OAUTH_CLIENT_SECRET });
};

export const googleTarget = (
  config: Config,
  { auth, log }: { readonly auth: GoogleAuth; readonly log: Log },
): CalendarTarget =>
  createGoogleTarget({
    auth,
    calendarId: config.GOOGLE_CALENDAR_ID ?? "primary",
    apiRoot: config.GOOGLE_API_ROOT,
    clock: systemClock,
    timeoutMs: googleTimeoutMs,
    log,
  });

export const caldavTarget = (config: Config, log: Log): CalendarTarget =>
  createCaldavTarget({
    url: config.CALDAV_URL ?? "",
    username: config.CALDAV_USERNAME,
    password: config.CALDAV_PASSWORD,
    log,
  });

/** Remembers when the sign-in that was read last ends. */
const noting = (auth: GoogleAuth): { readonly auth: GoogleAuth; readonly expiresAt: () => Instant | null } => {
  let expiresAt: Instant | null = null;
  return {
    auth: {
      read: async () => {
        const credentials = await auth.read();
        expiresAt = credentials.signInExpiresAt;
        return credentials;
      },
    },
    expiresAt: () => expiresAt,
  };
};
