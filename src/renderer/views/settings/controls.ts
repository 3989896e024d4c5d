import type { SettingName } from "../../../shared/config.ts";

/** How a setting is entered. `code`: addresses, names and paths, in letters of equal width. */
export type Control =
  | "switch"
  | "choice"
  | "text"
  | "code"
  | "secret"
  | "number"
  | "targets"
  | "list"
  | "quiet"
  | "templates";

export const controls: Readonly<Record<SettingName, Control>> = {
  AVSPARK_SERVICE_URL: "code",
  AVSPARK_SERVICE_TOKEN: "secret",
  AVSPARK_SERVICE_CA_FILE: "code",
  REDIS_URL: "code",
  REDIS_PUBSUB_ENABLED: "switch",
  REDIS_STREAM: "code",
  REDIS_CONNECTION_TIMEOUT: "number",
  REDIS_SOCKET_TIMEOUT: "number",
  REDIS_MAX_RETRIES: "number",
  REDIS_RETRY_DELAY: "number",
  REDIS_HEALTH_CHECK_INTERVAL: "number",
  REDIS_SUBSCRIPTION_TIMEOUT: "number",
  REDIS_DECODE_RESPONSES: "switch",
  REDIS_AUTO_RECONNECT: "switch",
  REDIS_RETRY_ON_TIMEOUT: "switch",
  REDIS_TLS_CA_FILE: "code",
  REDIS_TLS_CERT_FILE: "code",
  REDIS_TLS_KEY_FILE: "code",
  REDIS_TLS_SERVERNAME: "code",
  AVSPARK_CLUSTER_URL: "code",
  AVSPARK_DESK: "code",
  AVSPARK_CLUSTER_KEEP_HOURS: "number",
  REDIS_MATCH_UPDATES_CHANNEL: "code",
  REDIS_PROCESSOR_STATUS_CHANNEL: "code",
  REDIS_SYSTEM_ALERTS_CHANNEL: "code",
  AVSPARK_EXTRA_MATCH_CHANNELS: "list",
  AVSPARK_SILENCE_AFTER: "number",
  AVSPARK_MAX_MESSAGE_MB: "number",
  AVSPARK_MATCHES_URL: "code",
  AVSPARK_MATCHES_TLS_CA_FILE: "code",
  AVSPARK_POLL_INTERVAL: "number",
  AVSPARK_CALENDARS: "targets",
  AVSPARK_KEEP_PAST_DAYS: "number",
  AVSPARK_REMINDERS: "list",
  AVSPARK_EVENT_MINUTES: "number",
  AVSPARK_GATHERING_MINUTES: "number",
  AVSPARK_SYNC_TAG: "code",
  AVSPARK_EVENT_DETAILS: "list",
  AVSPARK_FIRST_SYNC: "choice",
  GOOGLE_CALENDAR_ID: "code",
  GOOGLE_CALENDAR_TOKEN_FILE: "code",
  GOOGLE_OAUTH_CLIENT_ID: "code",
  GOOGLE_OAUTH_CLIENT_SECRET: "secret",
  GOOGLE_API_ROOT: "code",
  CALDAV_URL: "code",
  CALDAV_USERNAME: "code",
  CALDAV_PASSWORD: "secret",
  CALDAV_TLS_CA_FILE: "code",
  AVSPARK_CONTACTS: "list",
  AVSPARK_CONTACTS_GROUP: "code",
  AVSPARK_CONTACTS_TEAMS: "switch",
  USER_REFEREE_NUMBER: "code",
  CARDDAV_URL: "code",
  CARDDAV_USERNAME: "code",
  CARDDAV_PASSWORD: "secret",
  CARDDAV_TLS_CA_FILE: "code",
  AVSPARK_HTTP_HOST: "code",
  AVSPARK_HTTP_PORT: "number",
  AVSPARK_HTTP_SOCKET: "code",
  AVSPARK_HTTP_TOKEN: "secret",
  AVSPARK_HTTP_TLS_CERT_FILE: "code",
  AVSPARK_HTTP_TLS_KEY_FILE: "code",
  AVSPARK_HTTP_PROXIES: "code",
  AVSPARK_FEEDS_HOST: "code",
  AVSPARK_FEEDS_PORT: "number",
  AVSPARK_FEEDS_TLS_CERT_FILE: "code",
  AVSPARK_FEEDS_TLS_KEY_FILE: "code",
  AVSPARK_FEEDS_URL: "code",
  AVSPARK_FEEDS_DETAILS: "list",
  AVSPARK_DATA_DIR: "code",
  AVSPARK_LOG_LEVEL: "choice",
  AVSPARK_LANGUAGE: "choice",
  AVSPARK_THEME: "choice",
  AVSPARK_START_AT_LOGIN: "switch",
  AVSPARK_LETTER_KEYS: "switch",
  AVSPARK_UPDATES: "switch",
  AVSPARK_WELCOME: "switch",
  AVSPARK_NOTIFY: "choice",
  AVSPARK_NOTIFY_MATCHES: "number",
  AVSPARK_NOTIFY_WEBHOOK: "secret",
  AVSPARK_NOTIFY_WEBHOOK_FORM: "choice",
  AVSPARK_SMTP_URL: "code",
  AVSPARK_NOTIFY_MAIL_TO: "list",
  AVSPARK_NOTIFY_MAIL_FROM: "code",
  AVSPARK_NOTIFY_OUTWARD: "choice",
  AVSPARK_NOTIFY_OUTWARD_MATCHES: "list",
  AVSPARK_NOTIFY_NAMES: "switch",
  AVSPARK_NOTIFY_TLS_CA_FILE: "code",
  AVSPARK_PERSON: "text",
  AVSPARK_DRAFTS: "templates",
  AVSPARK_QUIET_HOURS: "quiet",
  AVSPARK_RETENTION_DAYS: "number",
  AVSPARK_RETENTION_MB: "number",
  AVSPARK_SPILL_MB: "number",
  AVSPARK_KEEP_MATCHES_DAYS: "number",
  AVSPARK_PERSONAL_DATA_DAYS: "number",
};

export type ControlProps = {
  readonly name: SettingName;
  /** What stands in the field: the draft, or the value in force. */
  readonly value: string;
  /** A secret is set already; it is never shown. */
  readonly isSet: boolean;
  readonly locked: boolean;
  readonly invalid: boolean;
  readonly labelId: string;
  readonly describedBy: string;
  readonly onChange: (value: string) => void;
};
