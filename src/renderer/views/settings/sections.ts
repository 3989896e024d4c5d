import { configFields, type SettingName, settingNameSchema } from "../../../shared/config.ts";
import type { Language } from "../../../shared/language.ts";
import { searchable, searchFor } from "../../../shared/search.ts";
import type { Texts } from "../../../shared/text/type.ts";

export const sectionIds = [
  "window",
  "service",
  "notifications",
  "outward",
  "webhook",
  "mail",
  "drafts",
  "redis",
  "channels",
  "source",
  "calendars",
  "google",
  "caldav",
  "contacts",
  "http",
  "access",
  "storage",
  "about",
] as const;
export type SectionId = (typeof sectionIds)[number];

export type Section = {
  readonly id: SectionId;
  /** What most people need. */
  readonly first: readonly SettingName[];
  /** What is opened on demand. */
  readonly more: readonly SettingName[];
  /** What its button tries. */
  readonly test: "service" | "redis" | "source" | "google" | "caldav" | "webhook" | "mail" | null;
};

/** The page, from what everybody changes to what few do. Every setting is in exactly one place. */
export const sections: readonly Section[] = [
  {
    id: "window",
    first: ["AVSPARK_LANGUAGE", "AVSPARK_THEME", "AVSPARK_LETTER_KEYS", "AVSPARK_START_AT_LOGIN", "AVSPARK_WELCOME"],
    more: [],
    test: null,
  },
  {
    id: "service",
    first: ["AVSPARK_SERVICE_URL", "AVSPARK_SERVICE_TOKEN", "AVSPARK_SERVICE_CA_FILE"],
    more: [],
    test: "service",
  },
  {
    id: "notifications",
    first: ["AVSPARK_NOTIFY", "AVSPARK_NOTIFY_MATCHES", "AVSPARK_QUIET_HOURS"],
    more: [],
    test: null,
  },
  {
    id: "outward",
    first: ["AVSPARK_NOTIFY_OUTWARD", "AVSPARK_NOTIFY_OUTWARD_MATCHES", "AVSPARK_NOTIFY_NAMES"],
    more: ["AVSPARK_NOTIFY_TLS_CA_FILE"],
    test: null,
  },
  { id: "webhook", first: ["AVSPARK_NOTIFY_WEBHOOK", "AVSPARK_NOTIFY_WEBHOOK_FORM"], more: [], test: "webhook" },
  {
    id: "mail",
    first: ["AVSPARK_SMTP_URL", "AVSPARK_NOTIFY_MAIL_TO", "AVSPARK_NOTIFY_MAIL_FROM"],
    more: [],
    test: "mail",
  },
  { id: "drafts", first: ["AVSPARK_PERSON", "AVSPARK_DRAFTS"], more: [], test: null },
  {
    id: "redis",
    first: ["REDIS_URL", "REDIS_PUBSUB_ENABLED"],
    more: [
      "REDIS_STREAM",
      "REDIS_AUTO_RECONNECT",
      "REDIS_MAX_RETRIES",
      "REDIS_RETRY_DELAY",
      "REDIS_HEALTH_CHECK_INTERVAL",
      "REDIS_CONNECTION_TIMEOUT",
      "REDIS_SOCKET_TIMEOUT",
      "REDIS_SUBSCRIPTION_TIMEOUT",
      "REDIS_RETRY_ON_TIMEOUT",
      "REDIS_DECODE_RESPONSES",
      "REDIS_TLS_CA_FILE",
      "REDIS_TLS_CERT_FILE",
      "REDIS_TLS_KEY_FILE",
      "REDIS_TLS_SERVERNAME",
      "AVSPARK_CLUSTER_URL",
      "AVSPARK_DESK",
      "AVSPARK_CLUSTER_KEEP_HOURS",
    ],
    test: "redis",
  },
  {
    id: "channels",
    first: ["REDIS_MATCH_UPDATES_CHANNEL", "REDIS_PROCESSOR_STATUS_CHANNEL", "REDIS_SYSTEM_ALERTS_CHANNEL"],
    more: ["AVSPARK_EXTRA_MATCH_CHANNELS", "AVSPARK_SILENCE_AFTER", "AVSPARK_MAX_MESSAGE_MB"],
    test: null,
  },
  {
    id: "source",
    first: ["AVSPARK_MATCHES_URL", "AVSPARK_POLL_INTERVAL"],
    more: ["AVSPARK_MATCHES_TLS_CA_FILE"],
    test: "source",
  },
  {
    id: "calendars",
    first: ["AVSPARK_CALENDARS", "AVSPARK_REMINDERS", "AVSPARK_EVENT_DETAILS", "AVSPARK_KEEP_PAST_DAYS"],
    more: ["AVSPARK_EVENT_MINUTES", "AVSPARK_GATHERING_MINUTES", "AVSPARK_FIRST_SYNC"],
    test: null,
  },
  {
    id: "google",
    first: ["GOOGLE_CALENDAR_ID", "GOOGLE_OAUTH_CLIENT_ID", "GOOGLE_OAUTH_CLIENT_SECRET"],
    more: ["AVSPARK_SYNC_TAG", "GOOGLE_CALENDAR_TOKEN_FILE", "GOOGLE_API_ROOT"],
    test: "google",
  },
  {
    id: "caldav",
    first: ["CALDAV_URL", "CALDAV_USERNAME", "CALDAV_PASSWORD"],
    more: ["CALDAV_TLS_CA_FILE"],
    test: "caldav",
  },
  {
    id: "contacts",
    first: ["AVSPARK_CONTACTS", "AVSPARK_CONTACTS_TEAMS", "CARDDAV_URL", "CARDDAV_USERNAME", "CARDDAV_PASSWORD"],
    more: ["AVSPARK_CONTACTS_GROUP", "USER_REFEREE_NUMBER", "CARDDAV_TLS_CA_FILE"],
    test: null,
  },
  {
    id: "http",
    first: ["AVSPARK_HTTP_HOST", "AVSPARK_HTTP_PORT", "AVSPARK_HTTP_TOKEN"],
    more: [
      "AVSPARK_HTTP_SOCKET",
      "AVSPARK_HTTP_TLS_CERT_FILE",
      "AVSPARK_HTTP_TLS_KEY_FILE",
      "AVSPARK_HTTP_PROXIES",
      "AVSPARK_FEEDS_HOST",
      "AVSPARK_FEEDS_PORT",
      "AVSPARK_FEEDS_TLS_CERT_FILE",
      "AVSPARK_FEEDS_TLS_KEY_FILE",
      "AVSPARK_FEEDS_URL",
      "AVSPARK_FEEDS_DETAILS",
    ],
    test: null,
  },
  // Nothing of it is a setting: it has the tokens.
  { id: "access", first: [], more: [], test: null },
  {
    id: "storage",
    first: [
      "AVSPARK_RETENTION_DAYS",
      "AVSPARK_RETENTION_MB",
      "AVSPARK_KEEP_MATCHES_DAYS",
      "AVSPARK_PERSONAL_DATA_DAYS",
    ],
    more: ["AVSPARK_SPILL_MB", "AVSPARK_LOG_LEVEL", "AVSPARK_DATA_DIR"],
    test: null,
  },
  { id: "about", first: ["AVSPARK_UPDATES"], more: [], test: null },
];

export const namesIn = ({ first, more }: Section): readonly SettingName[] => [...first, ...more];

/** What the fragment of the address asks for: a section, or the section of a setting. */
export const sectionOf = (id: string | null): SectionId | null => {
  const name = settingNameSchema.safeParse(id);
  const found = sections.find((section) => section.id === id || (name.success && namesIn(section).includes(name.data)));
  return found?.id ?? null;
};

type Words = { readonly texts: Texts; readonly language: Language };

/** The sections with what fits a search; one that has nothing left is dropped. An empty search leaves all. */
export const searchSections = (typed: string, { texts, language }: Words): readonly Section[] => {
  const search = searchFor(typed);
  if (search.isEmpty) return sections;
  const fits = (section: Section) => (name: SettingName) =>
    search.finds(
      searchable(texts.settings.section[section.id], texts.settings.label[name], name, configFields[name][language]),
    );
  const fitsItself = ({ id }: Section): boolean =>
    search.finds(searchable(texts.settings.section[id], texts.settings.sectionAbout[id]));
  return sections
    .filter((section) => namesIn(section).some(fits(section)) || (namesIn(section).length === 0 && fitsItself(section)))
    .map((section) => ({ ...section, first: namesIn(section).filter(fits(section)), more: [] }));
};
