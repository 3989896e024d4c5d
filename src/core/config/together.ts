import { readSmtpAddress } from "../../shared/address/smtp.ts";
import type { Config, SettingName } from "../../shared/config.ts";
import { isMailAddress } from "../../shared/mail-address.ts";
import { settings as words } from "../../shared/text/en/settings.ts";
import { listensToRedis } from "./listens.ts";

/** What a setting should be because of others. */
export type Need = { readonly variable: SettingName; readonly expected: string };

type Together = keyof typeof words.together;

const needs = (list: readonly (readonly [boolean, Together])[]): readonly Need[] =>
  list.flatMap(([when, variable]) => (when ? [{ variable, expected: words.together[variable] }] : []));

/** What contradicts itself: nothing starts on it. */
export const contradictions = (config: Config): readonly Need[] => {
  /** One of two that go together is missing: which. */
  const halves = <A extends Together, B extends Together>(one: A, other: B) =>
    [(config[one] === null) !== (config[other] === null), config[one] === null ? one : other] as const;
  const channels = [
    config.REDIS_MATCH_UPDATES_CHANNEL,
    config.REDIS_PROCESSOR_STATUS_CHANNEL,
    config.REDIS_SYSTEM_ALERTS_CHANNEL,
  ];
  return needs([
    halves("REDIS_TLS_CERT_FILE", "REDIS_TLS_KEY_FILE"),
    halves("AVSPARK_HTTP_TLS_CERT_FILE", "AVSPARK_HTTP_TLS_KEY_FILE"),
    halves("AVSPARK_FEEDS_TLS_CERT_FILE", "AVSPARK_FEEDS_TLS_KEY_FILE"),
    halves("AVSPARK_CLUSTER_URL", "AVSPARK_DESK"),
    [new Set(channels).size < channels.length, "REDIS_SYSTEM_ALERTS_CHANNEL"],
  ]);
};

/** What is not there: the service starts without it, and says so. */
export const gaps = (config: Config): readonly Need[] => {
  const { AVSPARK_CALENDARS: calendars } = config;
  return needs([
    [config.REDIS_URL === null && listensToRedis(config), "REDIS_URL"],
    [calendars.includes("google") && config.GOOGLE_CALENDAR_ID === null, "GOOGLE_CALENDAR_ID"],
    [calendars.includes("caldav") && config.CALDAV_URL === null, "CALDAV_URL"],
    [config.AVSPARK_CONTACTS.includes("carddav") && config.CARDDAV_URL === null, "CARDDAV_URL"],
    [config.AVSPARK_NOTIFY_MAIL_TO.length > 0 && config.AVSPARK_SMTP_URL === null, "AVSPARK_SMTP_URL"],
    [config.AVSPARK_SMTP_URL !== null && config.AVSPARK_NOTIFY_MAIL_TO.length === 0, "AVSPARK_NOTIFY_MAIL_TO"],
    [config.AVSPARK_SMTP_URL !== null && mailSender(config) === null, "AVSPARK_NOTIFY_MAIL_FROM"],
  ]);
};

/** What was given for a calendar, or an address book, that is not kept. */
export const idle = (config: Config, given: readonly SettingName[]): readonly Need[] => {
  const { AVSPARK_CALENDARS: calendars, AVSPARK_CONTACTS: contacts } = config;
  const users = [
    {
      name: "google",
      variable: "AVSPARK_CALENDARS",
      isKept: calendars.includes("google") || contacts.includes("google"),
    },
    { name: "caldav", variable: "AVSPARK_CALENDARS", isKept: calendars.includes("caldav") },
    { name: "carddav", variable: "AVSPARK_CONTACTS", isKept: contacts.includes("carddav") },
  ] as const;
  return users.flatMap(({ name, variable, isKept }): readonly Need[] => {
    const prefix = `${name.toUpperCase()}_`;
    const names = given.filter((one) => one.startsWith(prefix) && one !== "GOOGLE_API_ROOT");
    if (names.length === 0 || isKept) return [];
    const expected = `a list that names ${name} as well, since ${names.join(", ")} ${names.length === 1 ? "does" : "do"} nothing without it`;
    return [{ variable, expected }];
  });
};

/** Whom mail is from; null: nobody that we could name. */
export const mailSender = (config: Pick<Config, "AVSPARK_SMTP_URL" | "AVSPARK_NOTIFY_MAIL_FROM">): string | null => {
  const address = readSmtpAddress(config.AVSPARK_SMTP_URL ?? "");
  const user = address.ok ? (address.value.user?.name ?? "") : "";
  return config.AVSPARK_NOTIFY_MAIL_FROM ?? (isMailAddress(user) ? user : null);
};

export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
