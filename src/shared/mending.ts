import { type AlertCause, problemKindOf } from "./alert.ts";
import { type TargetName, targetNameSchema } from "./calendar.ts";
import { type SettingName, settingNameSchema } from "./config.ts";
import type { Problem, ProblemKind } from "./problem.ts";

/** What mends a trouble: the field in which it lies, or something that a person does. */
export type Mending =
  | { readonly act: "setting"; readonly name: SettingName }
  /** Another attempt, now. */
  | { readonly act: "restart" | "fetch" }
  | { readonly act: "sign-in" | "choose-calendar" }
  /** A calendar waits for a person's word: what would be done is shown there. */
  | { readonly act: "decide" }
  /** Only somebody else can mend it; there it can be seen what there is to tell them. */
  | { readonly act: "calendars" | "messages" | "quarantine" | "log" }
  /** It goes over by itself. */
  | { readonly act: "wait" }
  /** It was said to whoever asked for something, and is over with that. */
  | { readonly act: "none" };

type ByTarget = Readonly<Record<TargetName, Mending>>;

const setting = (name: SettingName): Mending => ({ act: "setting", name });
const none: Mending = { act: "none" };
const wait: Mending = { act: "wait" };
const restart: Mending = { act: "restart" };
const fetch: Mending = { act: "fetch" };
const signIn: Mending = { act: "sign-in" };
const chooseCalendar: Mending = { act: "choose-calendar" };
const decide: Mending = { act: "decide" };
const calendars: Mending = { act: "calendars" };
const messages: Mending = { act: "messages" };
const quarantine: Mending = { act: "quarantine" };
const log: Mending = { act: "log" };

/**
 * A calendar file asks for no address and no password; what the program does with its matches is in the log. `dav`: the setting
 * of a server with calendars, or with address books; null: there is none.
 */
const servers = (google: Mending, dav: "URL" | "PASSWORD" | "TLS_CA_FILE" | null): ByTarget => ({
  google,
  // There is nothing to choose: an account has one address book.
  "google-contacts": google.act === "choose-calendar" ? calendars : google,
  caldav: dav === null ? calendars : setting(`CALDAV_${dav}`),
  carddav: dav === null ? calendars : setting(`CARDDAV_${dav}`),
  ics: calendars,
  program: log,
});

/** For every kind of trouble what mends it, where it matters by the calendar that has it. The only such table. */
export const mendings: Readonly<Record<ProblemKind, Mending | ByTarget>> = {
  "input-invalid": none,
  "match-without-id": none,
  "not-found": none,
  "match-listed": none,
  "method-not-allowed": none,
  "too-large": none,
  unauthorized: setting("AVSPARK_HTTP_TOKEN"),
  "role-too-low": none,
  "encryption-required": none,
  "origin-refused": none,
  "host-refused": setting("AVSPARK_HTTP_HOST"),
  "rate-limited": wait,
  "too-many-clients": wait,
  "unsupported-media-type": none,
  busy: wait,
  "confirmation-needed": decide,
  "removals-changed": decide,
  "partly-failed": calendars,
  "configuration-invalid": setting("REDIS_URL"),
  "setting-locked": none,
  "port-taken": setting("AVSPARK_HTTP_PORT"),
  "listen-failed": setting("AVSPARK_HTTP_HOST"),
  "data-folder": setting("AVSPARK_DATA_DIR"),
  "http-certificate": setting("AVSPARK_HTTP_TLS_CERT_FILE"),
  "token-required": setting("AVSPARK_HTTP_TOKEN"),
  "tokens-unreadable": log,
  "journal-full": setting("AVSPARK_RETENTION_MB"),
  "journal-locked": wait,
  "journal-lost": log,
  "journal-damaged": log,
  "journal-room": setting("AVSPARK_RETENTION_MB"),
  "journal-unreadable": log,
  "journal-failed": log,
  "journal-newer": setting("AVSPARK_DATA_DIR"),
  flooded: setting("AVSPARK_SPILL_MB"),
  "already-running": setting("AVSPARK_DATA_DIR"),
  "keyring-missing": servers(calendars, "PASSWORD"),
  "settings-unreadable": setting("REDIS_URL"),
  internal: log,
  "redis-disabled": setting("REDIS_PUBSUB_ENABLED"),
  "redis-unreachable": setting("REDIS_URL"),
  "redis-timeout": setting("REDIS_URL"),
  "redis-frozen": restart,
  "redis-closed": restart,
  "redis-auth-required": setting("REDIS_URL"),
  "redis-auth-wrong": setting("REDIS_URL"),
  "redis-no-permission": setting("REDIS_URL"),
  "redis-certificate": setting("REDIS_TLS_CA_FILE"),
  "redis-protocol": setting("REDIS_URL"),
  "redis-overrun": wait,
  "redis-degraded": wait,
  "redis-stream": setting("REDIS_STREAM"),
  "redis-stream-missing": setting("REDIS_STREAM"),
  "cluster-lost": setting("AVSPARK_CLUSTER_URL"),
  "cluster-server": setting("AVSPARK_CLUSTER_URL"),
  "cluster-newer": none,
  "node-lost": none,
  "node-behind": none,
  "messages-missed": fetch,
  "messages-invalid": quarantine,
  "channel-quiet": messages,
  "publisher-alert": messages,
  "cycle-failed": messages,
  "source-unconfigured": setting("AVSPARK_MATCHES_URL"),
  "source-unreachable": setting("AVSPARK_MATCHES_URL"),
  "source-timeout": fetch,
  "source-status": setting("AVSPARK_MATCHES_URL"),
  "source-not-json": setting("AVSPARK_MATCHES_URL"),
  "source-empty": fetch,
  "source-incomplete": fetch,
  "source-too-large": setting("AVSPARK_MATCHES_URL"),
  "source-redirect": setting("AVSPARK_MATCHES_URL"),
  "calendar-sign-in": servers(signIn, "PASSWORD"),
  "calendar-token-file": servers(setting("GOOGLE_CALENDAR_TOKEN_FILE"), null),
  "calendar-forbidden": servers(chooseCalendar, "URL"),
  "calendar-not-found": servers(chooseCalendar, "URL"),
  "calendar-rate-limited": wait,
  "calendar-unreachable": { ...servers(wait, "URL"), ics: wait },
  "calendar-timeout": wait,
  "calendar-certificate": servers(wait, "TLS_CA_FILE"),
  "calendar-server": wait,
  "calendar-bad-answer": servers(wait, "URL"),
  "calendar-rejected": calendars,
  "calendar-conflict": calendars,
  "calendar-file": setting("AVSPARK_DATA_DIR"),
  "calendar-demo": setting("REDIS_URL"),
  "calendar-elsewhere": calendars,
  "sign-in-expiring": servers(signIn, "PASSWORD"),
  "messenger-unreachable": wait,
  "messenger-timeout": wait,
  "messenger-certificate": setting("AVSPARK_NOTIFY_TLS_CA_FILE"),
  "messenger-sign-in": setting("AVSPARK_SMTP_URL"),
  "messenger-not-found": setting("AVSPARK_NOTIFY_WEBHOOK"),
  "messenger-redirect": setting("AVSPARK_NOTIFY_WEBHOOK"),
  "messenger-rejected": log,
  "messenger-busy": wait,
  "program-failed": log,
  "service-stopped": none,
  "window-too-old": none,
  "service-too-old": none,
  "service-unreachable": setting("AVSPARK_SERVICE_URL"),
  "service-certificate": setting("AVSPARK_SERVICE_CA_FILE"),
  "service-insecure": setting("AVSPARK_SERVICE_URL"),
  "service-sign-in": setting("AVSPARK_SERVICE_TOKEN"),
  "service-strange": setting("AVSPARK_SERVICE_URL"),
  "service-elsewhere": none,
};

type Where = {
  /** The calendar that has the trouble; null where none has. */
  readonly target: TargetName | null;
  /** A match list can be fetched. */
  readonly hasList: boolean;
};

/** What mends this trouble here. A trouble that names a setting lies in that one, whatever its kind. */
export const mendingOf = ({ kind, at }: Pick<Problem, "kind" | "at">, { target, hasList }: Where): Mending => {
  const named = settingNameSchema.safeParse(at);
  if (named.success) return setting(named.data);
  const entry = mendings[kind];
  const mending = "act" in entry ? entry : target === null ? calendars : entry[target];
  return mending.act === "fetch" && !hasList ? setting("AVSPARK_MATCHES_URL") : mending;
};

/** What an alert tells of, as far as it matters to what mends it. */
export const troubleOf = (
  cause: AlertCause,
): { readonly problem: Pick<Problem, "kind" | "at">; readonly target: TargetName | null } => ({
  problem: "problem" in cause ? cause.problem : { kind: problemKindOf(cause) },
  target: "target" in cause ? (targetNameSchema.safeParse(cause.target).data ?? null) : null,
});
