import type { SettingName } from "./config.ts";

/** What belongs to a window, wherever its service is: each has its own. All other settings are the service's. */
export const windowSettings: ReadonlySet<SettingName> = new Set<SettingName>([
  "AVSPARK_SERVICE_URL",
  "AVSPARK_SERVICE_TOKEN",
  "AVSPARK_SERVICE_CA_FILE",
  "AVSPARK_LANGUAGE",
  "AVSPARK_THEME",
  "AVSPARK_START_AT_LOGIN",
  "AVSPARK_LETTER_KEYS",
  "AVSPARK_UPDATES",
  "AVSPARK_WELCOME",
  "AVSPARK_NOTIFY",
  "AVSPARK_NOTIFY_MATCHES",
  "AVSPARK_QUIET_HOURS",
  "AVSPARK_PERSON",
  "AVSPARK_DRAFTS",
]);
