import type { Resolved } from "../core/config/resolve.ts";
import type { SettingName } from "../shared/config.ts";

/** Taken up by a running service; every other setting begins it anew. */
const softSettings: ReadonlySet<SettingName> = new Set<SettingName>([
  "AVSPARK_LANGUAGE",
  "AVSPARK_THEME",
  "AVSPARK_START_AT_LOGIN",
  "AVSPARK_LETTER_KEYS",
  "AVSPARK_UPDATES",
  "AVSPARK_WELCOME",
  "AVSPARK_NOTIFY",
  "AVSPARK_NOTIFY_MATCHES",
  "AVSPARK_NOTIFY_OUTWARD",
  "AVSPARK_NOTIFY_OUTWARD_MATCHES",
  "AVSPARK_NOTIFY_NAMES",
  "AVSPARK_PERSON",
  "AVSPARK_DRAFTS",
  "AVSPARK_QUIET_HOURS",
  "AVSPARK_LOG_LEVEL",
  "AVSPARK_RETENTION_DAYS",
  "AVSPARK_RETENTION_MB",
  "AVSPARK_KEEP_MATCHES_DAYS",
  "AVSPARK_PERSONAL_DATA_DAYS",
]);

/** Whether a running service can go by other settings without beginning anew. */
export const isTakenUp = (before: Resolved, after: Resolved): boolean =>
  after.settings.every(
    ({ name }) => softSettings.has(name) || JSON.stringify(before.config[name]) === JSON.stringify(after.config[name]),
  );
