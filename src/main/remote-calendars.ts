import type { CalendarTarget } from "../core/calendar/port.ts";
import type { Log } from "../core/ports.ts";
import { defaultTag, type TargetName } from "../shared/calendar.ts";
import type { Config } from "../shared/config.ts";
import type { Instant } from "../shared/instant.ts";
import { raise } from "../shared/problem.ts";
import { systemClock } from "./adapters/clock.ts";
import { googleAuth, googleTimeoutMs } from "./adapters/google/account.ts";
import type { GoogleAuth } from "./adapters/google/credentials.ts";
import type { SignIns } from "./adapters/google/sign-ins.ts";
import { readRegularFileSync } from "./adapters/regular-file.ts";

/** The calendars beyond the file, and when their sign-ins end. */
export type RemoteCalendars = {
  readonly targets: readonly CalendarTarget[];
  readonly signInExpiresAt: (target: TargetName) => Instant | null;
};

/** Makes the calendars that a configuration names, and loads what they need and nobody else does. */
export const remoteCalendars = async (
  config: Config,
  { signIns, log }: { readonly signIns: SignIns; readonly log: Log },
): Promise<RemoteCalendars> => {
  const wanted = new Set<TargetName>(config.AVSPARK_CALENDARS);
  const auth = googleAuth(config, signIns);
  return {
    targets: [
      // One that lacks what it needs is not kept, and the service says what is missing.
      ...(wanted.has("google") && config.GOOGLE_CALENDAR_ID !== null ? [await googleTarget(config, auth, log)] : []),
      ...(wanted.has("caldav") && config.CALDAV_URL !== null ? [await caldavTarget(config, log)] : []),
    ],
    signInExpiresAt: (target) => (target === "google" || target === "google-contacts" ? auth.expiresAt() : null),
  };
};

export const googleTarget = async (config: Config, auth: GoogleAuth, log: Log): Promise<CalendarTarget> => {
  const { createGoogleTarget } = await import("./adapters/google/target.ts");
  return createGoogleTarget({
    auth,
    calendarId: config.GOOGLE_CALENDAR_ID ?? "primary",
    tag: config.AVSPARK_SYNC_TAG ?? defaultTag,
    apiRoot: config.GOOGLE_API_ROOT,
    clock: systemClock,
    timeoutMs: googleTimeoutMs,
    log,
  });
};

export const certificateAuthority = (
  setting: "CALDAV_TLS_CA_FILE" | "CARDDAV_TLS_CA_FILE",
  file: string | null,
): string | null => {
  try {
    return file === null ? null : readRegularFileSync(file).toString();
  } catch {
    return raise("calendar-certificate", `The file named in ${setting} cannot be read.`, setting);
  }
};

export const caldavTarget = async (config: Config, log: Log): Promise<CalendarTarget> => {
  const { createCaldavTarget } = await import("./adapters/caldav/target.ts");
  return createCaldavTarget({
    url: config.CALDAV_URL ?? "",
    username: config.CALDAV_USERNAME,
    password: config.CALDAV_PASSWORD,
    ca: certificateAuthority("CALDAV_TLS_CA_FILE", config.CALDAV_TLS_CA_FILE),
    log,
  });
};
