import { z } from "zod";
import { hostExpected, readHost } from "./address/host.ts";
import { hidden } from "./address/parts.ts";
import type { Expected, Reading } from "./address/reading.ts";
import { readRedisAddress, redisAddressExpected, secretsInRedisAddress, shownRedisAddress } from "./address/redis.ts";
import { readServiceAddresses, serviceAddressesExpected } from "./address/service.ts";
import { readSmtpAddress, secretsInSmtpAddress, shownSmtpAddress, smtpAddressExpected } from "./address/smtp.ts";
import { readWebAddress, secretsInWebAddress, shownWebAddress, webAddressExpected } from "./address/web.ts";
import { calendarNames, defaultTag } from "./calendar.ts";
import { readTemplates, templatesExpected } from "./draft-templates.ts";
import { eventDetails } from "./event-details.ts";
import { logLevels } from "./log.ts";
import { isMailAddress, mailAddressesIn } from "./mail-address.ts";
import { matchKinds, webhookForms } from "./outward.ts";
import { longestMinutes, usualMinutes } from "./playing-time.ts";
import { readReminders } from "./reminders.ts";

/**
 * Every setting, once: its name (an environment variable), how it is read, its default, unit and a sentence in both
 * languages. The loader, the settings page, `avspark config` and the documentation are all derived from this table.
 */

/** How a value is written, and what it comes to. */
type Form<T> = {
  readonly expected: Expected;
  readonly read: (text: string) => Reading<T>;
  readonly schema: z.ZodType<T, string>;
  /** Where a part of the value is secret: how it may be shown, and that part. */
  readonly conceals: Concealing | null;
  /** It names a file or a folder: ~ stands for the home folder. */
  readonly path: boolean;
};

type Concealing = { readonly shown: (text: string) => string; readonly secretsIn: (text: string) => readonly string[] };

const readBy = <T>(expected: Expected, read: (text: string) => Reading<T>): Form<T> => ({
  expected,
  read: (text) => read(text.trim()),
  conceals: null,
  path: false,
  schema: z.string().transform((text, context): T => {
    const found = read(text.trim());
    if (found.ok) return found.value;
    context.addIssue({ code: "custom", message: found.expected.en });
    return z.NEVER;
  }),
});

const parsed = <T>(expected: Expected, read: (text: string) => T | undefined): Form<T> =>
  readBy(expected, (text) => {
    const value = read(text);
    return value === undefined ? { ok: false, expected } : { ok: true, value };
  });

const flag = parsed({ en: "true or false", sv: "true eller false" }, (text) => {
  if (/^(true|1|yes|on)$/i.test(text)) return true;
  if (/^(false|0|no|off)$/i.test(text)) return false;
  return undefined;
});

const seconds = (low: number, high: number) =>
  parsed(
    { en: `a number from ${low} to ${high} (seconds)`, sv: `ett tal från ${low} till ${high} (sekunder)` },
    (text) => {
      const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      return value >= low && value <= high ? value : undefined;
    },
  );

const whole = (low: number, high: number) =>
  parsed({ en: `a whole number from ${low} to ${high}`, sv: `ett heltal från ${low} till ${high}` }, (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return value >= low && value <= high ? value : undefined;
  });

const choice = <const V extends readonly string[]>(values: V) =>
  parsed({ en: `one of ${values.join(", ")}`, sv: `ett av ${values.join(", ")}` }, (text): V[number] | undefined =>
    values.find((value) => value === text),
  );

/** Words of a list; undefined where one is none of the values. */
const wordsOf = <const V extends readonly string[]>(text: string, values: V): readonly V[number][] | undefined => {
  const words = text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  const known = words.flatMap((word) => values.filter((value) => value === word));
  // Marks alone are no list; nothing at all is an empty one.
  if (words.length === 0 && text !== "") return undefined;
  return known.length === words.length ? [...new Set(known)] : undefined;
};

const list = <const V extends readonly string[]>(values: V) =>
  parsed(
    { en: `a comma list of ${values.join(", ")}`, sv: `en lista med kommatecken, av ${values.join(", ")}` },
    (text) => wordsOf(text, values),
  );

/** A list that somebody may want empty: an empty value counts as unset, so there is a word for it. */
const listOrNone = <const V extends readonly string[]>(values: V) =>
  parsed(
    {
      en: `a comma list of ${values.join(", ")}; or none`,
      sv: `en lista med kommatecken, av ${values.join(", ")}; eller none`,
    },
    (text): readonly V[number][] | undefined => (text.trim() === "none" ? [] : wordsOf(text, values)),
  );

const optional = <T>(expected: Expected, valid: (text: string) => T | undefined) =>
  parsed(expected, (text): T | null | undefined => (text === "" ? null : valid(text)));

const text = optional({ en: "any text", sv: "valfri text" }, (value) => value);

const path: Form<string | null> = {
  ...optional(
    { en: "a path; ~/ at its beginning is the home folder", sv: "en sökväg; ~/ i början är hemmappen" },
    // Somebody else's home folder is nothing that we could find.
    (value) => (/^~[^\\/]/.test(value) ? undefined : value),
  ),
  path: true,
};

/** An address stays the text it is; the same reader takes it apart where it is used. */
const address = (
  expected: Expected,
  { read, ...conceals }: Concealing & { readonly read: (text: string) => Reading<unknown> },
): Form<string | null> => ({
  ...readBy(expected, (text): Reading<string | null> => {
    if (text === "") return { ok: true, value: null };
    const found = read(text);
    return found.ok ? { ok: true, value: text } : found;
  }),
  conceals,
});

const redisAddress = address(redisAddressExpected, {
  read: readRedisAddress,
  shown: shownRedisAddress,
  secretsIn: secretsInRedisAddress,
});

const webAddress = address(webAddressExpected, {
  read: readWebAddress,
  shown: shownWebAddress,
  secretsIn: secretsInWebAddress,
});

const smtpAddress = address(smtpAddressExpected, {
  read: readSmtpAddress,
  shown: shownSmtpAddress,
  secretsIn: secretsInSmtpAddress,
});

/** No part of it may be shown. */
const wholeSecret = <T>(form: Form<T>): Form<T> => ({ ...form, conceals: null });

const mailAddress = optional({ en: "an e-mail address", sv: "en e-postadress" }, (text) =>
  isMailAddress(text) ? text : undefined,
);

const mailAddresses = parsed(
  { en: "up to 50 e-mail addresses with commas between", sv: "upp till 50 e-postadresser med kommatecken emellan" },
  mailAddressesIn,
);

/** A Redis channel: any bytes but white space; globs are refused since we subscribe to exact names. */
const channel = parsed(
  { en: "a channel name without spaces or * ? [ ]", sv: "ett kanalnamn utan mellanslag och * ? [ ]" },
  (value) => (/^[^\s*?[\]]{1,200}$/.test(value) ? value : undefined),
);

const streamKey = optional(
  { en: "the name of a stream, without spaces", sv: "namnet på en ström, utan mellanslag" },
  (value) => (/^\S{1,200}$/.test(value) ? value : undefined),
);

const deskName = optional(
  { en: "up to 40 small letters, digits and hyphens", sv: "högst 40 små bokstäver (a–z), siffror och bindestreck" },
  (value) => (/^[a-z0-9-]{1,40}$/.test(value) ? value : undefined),
);

const channels = parsed(
  {
    en: "a comma list of channel names without spaces or * ? [ ]",
    sv: "en lista med kommatecken, av kanalnamn utan mellanslag och * ? [ ]",
  },
  (value): readonly string[] | undefined => {
    // A comma between braces, as Redis Cluster's hash tags may hold, is part of the name.
    const names = value
      .split(/,(?![^{}]*\})/)
      .map((name) => name.trim())
      .filter((name) => name !== "");
    return names.every((name) => /^[^\s*?[\]]{1,200}$/.test(name)) ? [...new Set(names)] : undefined;
  },
);

const quietHours = optional(
  { en: "two times such as 22:00-07:00, or nothing", sv: "två klockslag som 22:00-07:00, eller inget" },
  (value) => (/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/.test(value) ? value : undefined),
);

const reminders = parsed(
  {
    en: "none, or up to 5 times such as 48h, 2d, 90m or email:1d with commas between, each at most 28d",
    sv: "none, eller upp till 5 tider som 48h, 2d, 90m eller email:1d med kommatecken emellan, var och en högst 28d",
  },
  readReminders,
);

/** They stay the text they are; who writes a draft reads them. */
const templates = readBy(templatesExpected, (text): Reading<string> => {
  const found = readTemplates(text);
  return found.ok ? { ok: true, value: text } : found;
});

const groupName = parsed({ en: "a name", sv: "ett namn" }, (value) =>
  /^[^,\p{Cc}]{1,100}$/u.test(value) ? value : undefined,
);

const networkSchema = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const networks = parsed(
  {
    en: "addresses or networks such as 10.0.0.2 or 172.16.0.0/12 with commas between",
    sv: "adresser eller nät som 10.0.0.2 eller 172.16.0.0/12 med kommatecken emellan",
  },
  (text): readonly string[] | undefined => {
    const all = text
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== "");
    return all.every((one) => networkSchema.safeParse(one).success) ? all : undefined;
  },
);

const host = readBy(hostExpected, readHost);
const optionalHost = optional(hostExpected, (text) => {
  const found = readHost(text);
  return found.ok ? found.value : undefined;
});

/** Of the same service: where one does not answer, the next may. */
const serviceAddresses = readBy(serviceAddressesExpected, readServiceAddresses);

/** A header carries no others, and a request's head has an end. */
const token = optional(
  {
    en: "16 to 4096 visible ASCII characters without spaces",
    sv: "16 till 4096 synliga ASCII-tecken utan mellanslag",
  },
  (value) => (/^[!-~]{16,4096}$/.test(value) ? value : undefined),
);

export const settingGroups = [
  "service",
  "redis",
  "channels",
  "source",
  "calendars",
  "contacts",
  "http",
  "app",
  "outward",
  "journal",
] as const;
export type SettingGroup = (typeof settingGroups)[number];

type Field<T> = Form<T> & {
  /** As it would be written in the environment; "" where there is none. */
  readonly default: string;
  readonly unit: "seconds" | "minutes" | "hours" | "days" | "megabytes" | null;
  readonly group: SettingGroup;
  /** Never shown, logged or exported. `url`: only what is secret in the address is. */
  readonly secret: false | true | "url";
  readonly en: string;
  readonly sv: string;
};

const field = <T>(
  group: SettingGroup,
  form: Form<T>,
  fallback: string,
  about: {
    readonly en: string;
    readonly sv: string;
    readonly unit?: Field<T>["unit"];
    readonly secret?: true;
  },
): Field<T> => ({
  ...form,
  default: fallback,
  unit: about.unit ?? null,
  group,
  secret: about.secret ?? (form.conceals === null ? false : "url"),
  en: about.en,
  sv: about.sv,
});

export const configFields = {
  AVSPARK_SERVICE_URL: field("service", serviceAddresses, "", {
    en: "The window shows the service at this address, and runs none here: https://avspark.example.com, or several of the same service with commas between. Without a window it does nothing. Empty: this computer's own.",
    sv: "Fönstret visar tjänsten på den här adressen och kör ingen här: https://avspark.example.com, eller flera till samma tjänst med kommatecken emellan. Utan fönster gör den inget. Tomt: den här datorns egen.",
  }),
  AVSPARK_SERVICE_TOKEN: field("service", token, "", {
    en: "Your token at that service.",
    sv: "Din token hos den tjänsten.",
    secret: true,
  }),
  AVSPARK_SERVICE_CA_FILE: field("service", path, "", {
    en: "PEM file with the authority that signed that service's certificate. No other is trusted then.",
    sv: "PEM-fil med utfärdaren av den tjänstens certifikat. Ingen annan är då betrodd.",
  }),
  REDIS_URL: field("redis", redisAddress, "", {
    en: "Where Redis is: redis:// or rediss:// (TLS), redis+sentinel://host:26379,host2:26379/master for Sentinel. Empty: the demo.",
    sv: "Var Redis finns: redis:// eller rediss:// (TLS), redis+sentinel://host:26379,host2:26379/master för Sentinel. Tomt: demoläget.",
  }),
  REDIS_PUBSUB_ENABLED: field("redis", flag, "true", {
    en: "Listen to Redis's channels. Off: only the stream of REDIS_STREAM and the match list over HTTP are used.",
    sv: "Lyssna på Redis kanaler. Av: bara strömmen i REDIS_STREAM och matchlistan över HTTP används.",
  }),
  REDIS_STREAM: field("redis", streamKey, "", {
    en: "A Redis Stream that the publisher adds its messages to. It is read on from where Avspark was with it, so nothing is lost meanwhile. Empty: none.",
    sv: "En Redis-ström som avsändaren lägger sina meddelanden i. Den läses vidare därifrån Avspark var, så inget går förlorat under tiden. Tomt: ingen.",
  }),
  REDIS_CONNECTION_TIMEOUT: field("redis", seconds(0.1, 300), "5", {
    unit: "seconds",
    en: "How long one attempt to connect may take, TLS and sign-in included.",
    sv: "Hur länge ett anslutningsförsök får ta, TLS och inloggning inräknat.",
  }),
  REDIS_SOCKET_TIMEOUT: field("redis", seconds(0.1, 300), "5", {
    unit: "seconds",
    en: "How long an answer from Redis may take before the connection counts as dead.",
    sv: "Hur länge ett svar från Redis får dröja innan anslutningen räknas som död.",
  }),
  REDIS_MAX_RETRIES: field("redis", whole(0, 1000), "3", {
    en: "Failed attempts in a row before an alert is raised; with REDIS_AUTO_RECONNECT=false also before giving up.",
    sv: "Misslyckade försök i rad innan ett larm ges; med REDIS_AUTO_RECONNECT=false också innan det ges upp.",
  }),
  REDIS_RETRY_DELAY: field("redis", seconds(0.01, 60), "1.0", {
    unit: "seconds",
    en: "The first wait between attempts; it doubles up to 4 seconds, with full jitter.",
    sv: "Första väntan mellan försök; den fördubblas upp till 4 sekunder, med full slumpspridning.",
  }),
  REDIS_HEALTH_CHECK_INTERVAL: field("redis", seconds(0.1, 3600), "30", {
    unit: "seconds",
    en: "How often a message is sent through Redis to ourselves to prove that we hear.",
    sv: "Hur ofta ett meddelande skickas genom Redis till oss själva för att visa att vi hör.",
  }),
  REDIS_SUBSCRIPTION_TIMEOUT: field("redis", seconds(0.1, 300), "1", {
    unit: "seconds",
    en: "How long Redis may take to confirm a subscription.",
    sv: "Hur länge Redis får dröja med att bekräfta en prenumeration.",
  }),
  REDIS_DECODE_RESPONSES: field("redis", flag, "true", {
    en: "Payloads are UTF-8. Off: the encoding is detected from the bytes (UTF-8, UTF-16, UTF-32; RFC 4627, section 3).",
    sv: "Innehållet är UTF-8. Av: teckenkodningen känns igen på byten (UTF-8, UTF-16, UTF-32; RFC 4627, avsnitt 3).",
  }),
  REDIS_AUTO_RECONNECT: field("redis", flag, "true", {
    en: "Reconnect for ever when the subscription is lost. Off: stay stopped until somebody restarts it.",
    sv: "Återanslut för alltid när prenumerationen bryts. Av: stå still tills någon startar om den.",
  }),
  REDIS_RETRY_ON_TIMEOUT: field("redis", flag, "true", {
    en: "Send a probe a second time, halfway through REDIS_SOCKET_TIMEOUT, before the connection counts as dead.",
    sv: "Skicka ett prov en andra gång, halvvägs in i REDIS_SOCKET_TIMEOUT, innan anslutningen räknas som död.",
  }),
  REDIS_TLS_CA_FILE: field("redis", path, "", {
    en: "PEM file with the authority that signed the Redis server's certificate, when it is not a public one.",
    sv: "PEM-fil med utfärdaren av Redis-serverns certifikat, när den inte är allmänt känd.",
  }),
  REDIS_TLS_CERT_FILE: field("redis", path, "", {
    en: "PEM file with our client certificate, where Redis asks for one.",
    sv: "PEM-fil med vårt klientcertifikat, där Redis kräver ett.",
  }),
  REDIS_TLS_KEY_FILE: field("redis", path, "", {
    en: "PEM file with the key of the client certificate.",
    sv: "PEM-fil med klientcertifikatets nyckel.",
  }),
  REDIS_TLS_SERVERNAME: field("redis", optionalHost, "", {
    en: "The name the Redis server's certificate must carry, when it is not the host in REDIS_URL.",
    sv: "Namnet som Redis-serverns certifikat måste bära, när det inte är värden i REDIS_URL.",
  }),
  AVSPARK_CLUSTER_URL: field("redis", redisAddress, "", {
    en: "Where several machines are one desk: the Redis server they share, written as REDIS_URL is; it may be the same. Empty: this machine is alone.",
    sv: "Där flera maskiner är en grupp: Redis-servern de delar, skriven som REDIS_URL; det kan vara samma. Tomt: den här maskinen är ensam.",
  }),
  AVSPARK_DESK: field("redis", deskName, "", {
    en: "Which desk this machine belongs to, such as skane: the same on all its machines, and no other desk's on that server.",
    sv: "Vilken grupp den här maskinen hör till, till exempel skane: samma på alla dess maskiner, och ingen annan grupps på den servern.",
  }),
  AVSPARK_CLUSTER_KEEP_HOURS: field("redis", whole(1, 720), "48", {
    unit: "hours",
    en: "How long what was heard stays on the server that the machines share: the longest that one of them may be away and still catch up by itself.",
    sv: "Hur länge det som hörts ligger kvar på servern som maskinerna delar: så länge får en av dem vara borta och ändå komma ikapp på egen hand.",
  }),
  REDIS_MATCH_UPDATES_CHANNEL: field("channels", channel, "fogis:matches:updates", {
    en: "Channel with match updates.",
    sv: "Kanal med matchuppdateringar.",
  }),
  REDIS_PROCESSOR_STATUS_CHANNEL: field("channels", channel, "fogis:processor:status", {
    en: "Channel with the match processor's status.",
    sv: "Kanal med matchprocessorns status.",
  }),
  REDIS_SYSTEM_ALERTS_CHANNEL: field("channels", channel, "fogis:system:alerts", {
    en: "Channel with system alerts.",
    sv: "Kanal med systemlarm.",
  }),
  AVSPARK_EXTRA_MATCH_CHANNELS: field(
    "channels",
    channels,
    "fogis:matches:updates:v1,fogis:matches:updates:v2,match_updates,match_updates_v1,match_updates_v2",
    {
      en: "Further channels with match updates; the same update on several counts once.",
      sv: "Fler kanaler med matchuppdateringar; samma uppdatering på flera räknas en gång.",
    },
  ),
  AVSPARK_SILENCE_AFTER: field(
    "channels",
    parsed(
      {
        en: "auto, off, or a number of seconds from 1 to 604800",
        sv: "auto, off eller ett antal sekunder från 1 till 604800",
      },
      (value): "auto" | "off" | number | undefined => {
        if (value === "auto" || value === "off") return value;
        const after = /^\d+$/.test(value) ? Number(value) : Number.NaN;
        return after >= 1 && after <= 604_800 ? after : undefined;
      },
    ),
    "auto",
    {
      unit: "seconds",
      en: "A channel quiet for longer than this raises an alert. auto: learned from each channel's usual pace.",
      sv: "En kanal som är tyst längre än så ger ett larm. auto: lärs av varje kanals vanliga takt.",
    },
  ),
  AVSPARK_MAX_MESSAGE_MB: field("channels", whole(1, 256), "32", {
    unit: "megabytes",
    en: "A message, or the body of a request, larger than this is refused. A list of 10,000 matches has about 13 MB.",
    sv: "Ett meddelande, eller innehållet i ett anrop, som är större än så avvisas. En lista med 10 000 matcher har cirka 13 MB.",
  }),
  AVSPARK_MATCHES_URL: field("source", webAddress, "", {
    en: "HTTP address of the full match list, fetched at start, after every gap and at each poll.",
    sv: "HTTP-adress till hela matchlistan, som hämtas vid start, efter varje lucka och vid varje avläsning.",
  }),
  AVSPARK_MATCHES_TLS_CA_FILE: field("source", path, "", {
    en: "PEM file with the authority that signed the certificate of the list's server, when it is not a public one.",
    sv: "PEM-fil med utfärdaren av certifikatet på listans server, när den inte är allmänt känd.",
  }),
  AVSPARK_POLL_INTERVAL: field("source", seconds(0, 86_400), "600", {
    unit: "seconds",
    en: "How often the full match list is fetched. 0: only at start, after gaps, on demand and while Redis is not heard.",
    sv: "Hur ofta hela matchlistan hämtas. 0: bara vid start, efter luckor, på begäran och medan Redis inte hörs.",
  }),
  AVSPARK_CALENDARS: field("calendars", list(calendarNames), "ics", {
    en: "Calendars to keep: ics (a file and /calendar.ics), google, caldav.",
    sv: "Kalendrar att hålla: ics (en fil och /calendar.ics), google, caldav.",
  }),
  AVSPARK_KEEP_PAST_DAYS: field("calendars", whole(0, 3650), "7", {
    unit: "days",
    en: "Events older than this are never touched.",
    sv: "Händelser äldre än så rörs aldrig.",
  }),
  AVSPARK_REMINDERS: field("calendars", reminders, "48h", {
    en: "How long before a match its event reminds people: 48h, or a list such as 2d,90m,email:1d (popup where nothing else is said; e-mail in Google only). none: no reminders. What a person changes in an event's reminders stays; a match that is called off has none.",
    sv: "Hur långt före en match dess händelse påminner: 48h, eller en lista som 2d,90m,email:1d (popup där inget annat sägs; e-post bara i Google). none: inga påminnelser. Det en person ändrar i en händelses påminnelser får stå kvar; en inställd match har ingen.",
  }),
  AVSPARK_EVENT_DETAILS: field("calendars", listOrNone(eventDetails), eventDetails.join(","), {
    en: "What of officials and team contacts stands in events beside their names: mobile, phone (other numbers), email, address. none: names alone.",
    sv: "Vad om domare och lagens kontakter som står i händelser utöver namnen: mobile, phone (andra nummer), email, address. none: bara namnen.",
  }),
  AVSPARK_EVENT_MINUTES: field("calendars", whole(15, longestMinutes), String(usualMinutes), {
    unit: "minutes",
    en: "How long the event of a match is of which FOGIS tells no playing time. Where it does, halves and pause are its length.",
    sv: "Hur lång händelsen är för en match vars speltid FOGIS inte anger. Annars ger halvlekar och paus dess längd.",
  }),
  AVSPARK_GATHERING_MINUTES: field("calendars", whole(0, 240), "0", {
    unit: "minutes",
    en: "How long before kick-off the officials gather: events say when that is. 0: they say nothing of it.",
    sv: "Hur långt före avspark domarna samlas: händelserna säger när det är. 0: de säger inget om det.",
  }),
  AVSPARK_FIRST_SYNC: field("calendars", choice(["auto", "ask", "go"]), "auto", {
    en: "The first sync to a Google or CalDAV calendar: ask waits until it has been looked at (avspark preview) and confirmed (avspark confirm), go waits for nobody; auto asks in the app and goes without a window.",
    sv: "Den första synken till en Google- eller CalDAV-kalender: ask väntar tills den har granskats (avspark preview) och bekräftats (avspark confirm), go väntar inte; auto frågar i appen och kör utan fönster.",
  }),
  GOOGLE_CALENDAR_ID: field("calendars", text, "", {
    en: "Which Google calendar: its id, or primary.",
    sv: "Vilken Google-kalender: dess id, eller primary.",
  }),
  AVSPARK_SYNC_TAG: field("calendars", text, defaultTag, {
    en: "The mark by which events in a Google calendar are known as ours, and the predecessor's taken over (its SYNC_TAG). Events of matches under another one are left alone; before ours are put beside them, the preview says so and waits.",
    sv: "Märket som händelser i en Google-kalender känns igen på som våra, och föregångarens tas över genom (dess SYNC_TAG). Matchhändelser med ett annat märke lämnas i fred; innan våra läggs bredvid dem säger förhandsvisningen det och väntar.",
  }),
  GOOGLE_CALENDAR_TOKEN_FILE: field("calendars", path, "", {
    en: "The predecessor's token file (google-auth format), read as it is.",
    sv: "Föregångarens tokenfil (google-auth-format), läses som den är.",
  }),
  GOOGLE_OAUTH_CLIENT_ID: field("calendars", text, "", {
    en: "Client id of your Google Cloud project (type Desktop), for signing in from the app.",
    sv: "Klient-id för ert Google Cloud-projekt (typ Desktop), för att logga in från appen.",
  }),
  GOOGLE_OAUTH_CLIENT_SECRET: field("calendars", text, "", {
    en: "Client secret that belongs to it.",
    sv: "Klienthemligheten som hör till det.",
    secret: true,
  }),
  GOOGLE_API_ROOT: field("calendars", webAddress, "", {
    en: "Another server in place of Google's, for tests.",
    sv: "En annan server i stället för Googles, för prov.",
  }),
  CALDAV_URL: field("calendars", webAddress, "", {
    en: "Address of the CalDAV calendar collection, or of the server to find it on.",
    sv: "Adress till CalDAV-kalendern, eller till servern där den finns.",
  }),
  CALDAV_USERNAME: field("calendars", text, "", {
    en: "User name at the CalDAV server.",
    sv: "Användarnamn på CalDAV-servern.",
  }),
  CALDAV_TLS_CA_FILE: field("calendars", text, "", {
    en: "PEM file with the authority that signed the CalDAV server's certificate, when it is not a public one.",
    sv: "PEM-fil med utfärdaren av CalDAV-serverns certifikat, när den inte är allmänt känd.",
  }),
  CALDAV_PASSWORD: field("calendars", text, "", {
    en: "Password at the CalDAV server; an app password where the server offers one.",
    sv: "Lösenord på CalDAV-servern; ett applösenord där servern erbjuder det.",
    secret: true,
  }),
  AVSPARK_CONTACTS: field("contacts", list(["google", "carddav"]), "", {
    en: "Address books to keep the officials in: google, carddav. Empty: none.",
    sv: "Adressböcker att hålla domarna i: google, carddav. Tomt: ingen.",
  }),
  AVSPARK_CONTACTS_GROUP: field("contacts", groupName, "Referees", {
    en: "The group in the address book that our contacts are in.",
    sv: "Gruppen i adressboken som våra kontakter står i.",
  }),
  AVSPARK_CONTACTS_TEAMS: field("contacts", flag, "false", {
    en: "Keep the teams' contact persons in the address book too.",
    sv: "Håll också lagens kontaktpersoner i adressboken.",
  }),
  USER_REFEREE_NUMBER: field("contacts", text, "", {
    en: "Your own referee number: you get no contact of yourself.",
    sv: "Ditt eget domarnummer: du får ingen kontakt av dig själv.",
  }),
  CARDDAV_URL: field("contacts", webAddress, "", {
    en: "Address of the CardDAV address book, or of the server to find it on.",
    sv: "Adress till CardDAV-adressboken, eller till servern där den finns.",
  }),
  CARDDAV_USERNAME: field("contacts", text, "", {
    en: "User name at the CardDAV server.",
    sv: "Användarnamn på CardDAV-servern.",
  }),
  CARDDAV_PASSWORD: field("contacts", text, "", {
    en: "Password at the CardDAV server; an app password where the server offers one.",
    sv: "Lösenord på CardDAV-servern; ett applösenord där servern erbjuder det.",
    secret: true,
  }),
  CARDDAV_TLS_CA_FILE: field("contacts", path, "", {
    en: "PEM file with the authority that signed the CardDAV server's certificate, when it is not a public one.",
    sv: "PEM-fil med utfärdaren av CardDAV-serverns certifikat, när den inte är allmänt känd.",
  }),
  AVSPARK_HTTP_HOST: field("http", host, "127.0.0.1", {
    en: "Address to listen on. Beyond this machine everybody needs a token: AVSPARK_HTTP_TOKEN, or one that avspark token add has made.",
    sv: "Adress att lyssna på. Utanför den här datorn behöver alla en token: AVSPARK_HTTP_TOKEN, eller en som avspark token add har gjort.",
  }),
  AVSPARK_HTTP_PORT: field("http", whole(0, 65_535), "5003", {
    en: "Port to listen on. 0: any free port.",
    sv: "Port att lyssna på. 0: vilken ledig port som helst.",
  }),
  AVSPARK_HTTP_SOCKET: field("http", path, "", {
    en: "Listen on this Unix socket or named pipe as well.",
    sv: "Lyssna också på denna Unix-sockel eller namngivna pipe.",
  }),
  AVSPARK_HTTP_TOKEN: field("http", token, "", {
    en: "Bearer token that every HTTP request must carry; an administrator's. avspark token add makes one for each person or script, with a role.",
    sv: "Token som varje HTTP-anrop måste bära (bearer), en förvaltares. avspark token add gör en för var och en, med en roll.",
    secret: true,
  }),
  AVSPARK_HTTP_TLS_CERT_FILE: field("http", path, "", {
    en: "PEM file with the certificate by which the HTTP address speaks TLS, with those that it was signed with. Taken up within seconds when it is renewed. Empty: plain HTTP.",
    sv: "PEM-fil med certifikatet som HTTP-adressen talar TLS med, tillsammans med dem det är signerat av. Tas i bruk inom sekunder när det förnyas. Tomt: okrypterad HTTP.",
  }),
  AVSPARK_HTTP_TLS_KEY_FILE: field("http", path, "", {
    en: "PEM file with the key of that certificate, without a passphrase.",
    sv: "PEM-fil med det certifikatets nyckel, utan lösenfras.",
  }),
  AVSPARK_HTTP_PROXIES: field("http", networks, "", {
    en: "Proxies that speak TLS before Avspark: from these addresses and networks tokens with a name are taken over plain HTTP. Never whole networks in which others are.",
    sv: "Proxyservrar som talar TLS framför Avspark: från de här adresserna och näten tas namngivna token emot över okrypterad HTTP. Aldrig hela nät där andra finns.",
  }),
  AVSPARK_FEEDS_HOST: field("http", optionalHost, "", {
    en: "Address on which the calendars with secret addresses are served to the outside, and nothing else is. Empty: only beside everything else.",
    sv: "Adress där kalendrarna med hemliga adresser finns för omvärlden, och inget annat finns. Tomt: bara vid sidan av allt annat.",
  }),
  AVSPARK_FEEDS_PORT: field("http", whole(0, 65_535), "5004", {
    en: "Port for AVSPARK_FEEDS_HOST. 0: any free port.",
    sv: "Port för AVSPARK_FEEDS_HOST. 0: vilken ledig port som helst.",
  }),
  AVSPARK_FEEDS_TLS_CERT_FILE: field("http", path, "", {
    en: "PEM file with the certificate by which AVSPARK_FEEDS_HOST speaks TLS, with those that it was signed with. Taken up within seconds when it is renewed. Empty: plain HTTP, for a proxy before it.",
    sv: "PEM-fil med certifikatet som AVSPARK_FEEDS_HOST talar TLS med, tillsammans med dem det är signerat av. Tas i bruk inom sekunder när det förnyas. Tomt: okrypterad HTTP, för en proxy framför.",
  }),
  AVSPARK_FEEDS_TLS_KEY_FILE: field("http", path, "", {
    en: "PEM file with the key of that certificate, without a passphrase.",
    sv: "PEM-fil med det certifikatets nyckel, utan lösenfras.",
  }),
  AVSPARK_FEEDS_URL: field("http", webAddress, "", {
    en: "How others reach those calendars, such as https://calendar.example.com behind a proxy. Empty: by the address that Avspark listens on.",
    sv: "Hur andra når de kalendrarna, till exempel https://kalender.example.com bakom en proxy. Tomt: på adressen som Avspark lyssnar på.",
  }),
  AVSPARK_FEEDS_DETAILS: field("http", listOrNone(eventDetails), "", {
    en: "What of how to reach people stands in the calendars with secret addresses. Empty: names alone.",
    sv: "Vad av hur man når folk som står i kalendrarna med hemliga adresser. Tomt: bara namn.",
  }),
  AVSPARK_DATA_DIR: field("app", path, "", {
    en: "Folder for the journal, calendar file, settings and logs. Empty: the system's place for application data.",
    sv: "Mapp för journal, kalenderfil, inställningar och loggar. Tomt: systemets plats för programdata.",
  }),
  AVSPARK_LOG_LEVEL: field("app", choice(logLevels), "info", {
    en: "How much is logged.",
    sv: "Hur mycket som loggas.",
  }),
  AVSPARK_LANGUAGE: field("app", choice(["system", "sv", "en"]), "system", {
    en: "Language of the window, and of what is sent by webhook and e-mail.",
    sv: "Fönstrets språk, och språket i det som skickas till webhook och med e-post.",
  }),
  AVSPARK_THEME: field("app", choice(["system", "light", "dark"]), "system", {
    en: "Light or dark window.",
    sv: "Ljust eller mörkt fönster.",
  }),
  AVSPARK_START_AT_LOGIN: field("app", flag, "false", {
    en: "Start hidden in the tray at login.",
    sv: "Starta dolt i aktivitetsfältet vid inloggning.",
  }),
  AVSPARK_LETTER_KEYS: field("app", flag, "true", {
    en: "Single letters are keys in the window, such as J and K. To be turned off by those who dictate or type with a switch.",
    sv: "Enstaka bokstäver är tangenter i fönstret, som J och K. Den som dikterar eller skriver med en kontakt kan slå av dem.",
  }),
  AVSPARK_UPDATES: field("app", flag, "true", {
    en: "Look for newer versions and put them in place when Avspark ends, where no package manager does.",
    sv: "Leta efter nyare versioner och lägg in dem när Avspark avslutas, där ingen pakethanterare gör det.",
  }),
  AVSPARK_WELCOME: field("app", flag, "true", {
    en: "Show the first steps when nothing tells where matches come from. Off: go straight to the demo.",
    sv: "Visa de första stegen när inget säger varifrån matcherna kommer. Av: gå direkt till demoläget.",
  }),
  AVSPARK_NOTIFY: field("app", choice(["all", "warning", "critical", "none"]), "warning", {
    en: "Which alerts notify: all, those from warning up, only critical ones, none.",
    sv: "Vilka larm som aviserar: alla, från varning och uppåt, bara kritiska, inga.",
  }),
  AVSPARK_NOTIFY_MATCHES: field("app", whole(0, 720), "72", {
    unit: "hours",
    en: "What newly waits for somebody in a match notifies so long before kick-off. 0: no match notifies. Urgent are a new time, venue, status or referee, and a match that leaves the list or comes back, less than 48 hours before kick-off.",
    sv: "Det som börjar vänta på någon i en match aviseras så här långt före avspark. 0: ingen match aviserar. Brådskande är en ny tid, plats, status eller domare, och en match som försvinner ur listan eller kommer åter, mindre än 48 timmar före avspark.",
  }),
  AVSPARK_PERSON: field("app", text, "", {
    en: "Your name, as others see who told somebody or wrote a note. Empty: the name you have signed in to the computer with.",
    sv: "Ditt namn, så att andra ser vem som informerade någon eller skrev en anteckning. Tomt: det du är inloggad på datorn med.",
  }),
  AVSPARK_DRAFTS: field("app", templates, "", {
    en: "What you write to referees, by what has happened; outside the window as JSON by kind and language. Empty: our words.",
    sv: "Vad du skriver till domare, efter vad som har hänt; utanför fönstret som JSON efter slag och språk. Tomt: våra ord.",
  }),
  AVSPARK_QUIET_HOURS: field("app", quietHours, "", {
    en: "No notifications between these times (Stockholm); critical ones still come, the rest is told when they end.",
    sv: "Inga aviseringar mellan dessa tider (Stockholm); kritiska kommer ändå, resten berättas när de är över.",
  }),
  AVSPARK_NOTIFY_WEBHOOK: field("outward", wholeSecret(webAddress), "", {
    en: "Address of a webhook that notices go to as well. All of it is a secret.",
    sv: "Adress till en webhook som aviseringar också går till. Hela adressen är hemlig.",
    secret: true,
  }),
  AVSPARK_NOTIFY_WEBHOOK_FORM: field("outward", choice(webhookForms), "auto", {
    en: "What the webhook takes: json, discord, slack; auto tells by its host.",
    sv: "Vad webhooken tar emot: json, discord, slack; auto ser det på värden.",
  }),
  AVSPARK_SMTP_URL: field("outward", smtpAddress, "", {
    en: "Mail server that notices go through: smtp:// (encrypted by STARTTLS) or smtps:// (TLS), as smtp://user:password@host:587.",
    sv: "E-postserver som aviseringar går genom: smtp:// (krypterat med STARTTLS) eller smtps:// (TLS), som smtp://användare:lösenord@värd:587.",
  }),
  AVSPARK_NOTIFY_MAIL_TO: field("outward", mailAddresses, "", {
    en: "Who gets notices by e-mail: addresses with commas between.",
    sv: "Vilka som får aviseringar med e-post: adresser med kommatecken emellan.",
  }),
  AVSPARK_NOTIFY_MAIL_FROM: field("outward", mailAddress, "", {
    en: "Whom they are from. Empty: the user name in AVSPARK_SMTP_URL, where that is an address.",
    sv: "Vem de är från. Tomt: användarnamnet i AVSPARK_SMTP_URL, om det är en adress.",
  }),
  AVSPARK_NOTIFY_OUTWARD: field("outward", choice(["all", "warning", "critical", "none"]), "warning", {
    en: "Which alerts go to the webhook and by e-mail: all, those from warning up, only critical ones, none.",
    sv: "Vilka larm som går till webhook och e-post: alla, från varning och uppåt, bara kritiska, inga.",
  }),
  AVSPARK_NOTIFY_OUTWARD_MATCHES: field("outward", listOrNone(matchKinds), matchKinds.join(","), {
    en: "What of that which waits in matches goes there too, as near kick-off as AVSPARK_NOTIFY_MATCHES says. none: no match.",
    sv: "Vad av det som väntar i matcher som också går dit, så nära avspark som AVSPARK_NOTIFY_MATCHES säger. none: ingen match.",
  }),
  AVSPARK_NOTIFY_NAMES: field("outward", flag, "false", {
    en: "Name the referees whom such a notice is about. How to reach them is never told.",
    sv: "Nämn de domare som en sådan avisering handlar om. Hur de nås sägs aldrig.",
  }),
  AVSPARK_NOTIFY_TLS_CA_FILE: field("outward", path, "", {
    en: "PEM file with the authority that signed the certificate of the webhook's or the mail server, when it is not a public one.",
    sv: "PEM-fil med utfärdaren av certifikatet på webhookens eller e-postens server, när den inte är allmänt känd.",
  }),
  AVSPARK_RETENTION_DAYS: field("journal", whole(1, 3650), "30", {
    unit: "days",
    en: "How long messages are kept in the journal.",
    sv: "Hur länge meddelanden sparas i journalen.",
  }),
  AVSPARK_RETENTION_MB: field("journal", whole(10, 100_000), "200", {
    unit: "megabytes",
    en: "How large the journal may grow before its oldest messages go.",
    sv: "Hur stor journalen får bli innan dess äldsta meddelanden tas bort.",
  }),
  AVSPARK_KEEP_MATCHES_DAYS: field("journal", whole(30, 36_500), "400", {
    unit: "days",
    en: "How long after it was played a match is shown. Then it is archived: out of the window and the calendar file, its timeline still to be read.",
    sv: "Hur länge en match visas efter att den har spelats. Sedan arkiveras den: borta ur fönstret och kalenderfilen, men dess tidslinje går att läsa.",
  }),
  AVSPARK_PERSONAL_DATA_DAYS: field("journal", whole(1, 36_500), "90", {
    unit: "days",
    en: "How long after a match phones, e-mail and addresses are kept. Then they are erased everywhere in the journal.",
    sv: "Hur länge efter en match telefonnummer, e-post och adresser sparas. Sedan raderas de överallt i journalen.",
  }),
  AVSPARK_SPILL_MB: field("journal", whole(0, 100_000), "1024", {
    unit: "megabytes",
    en: "How much may wait on the disk when messages come faster than they can be taken in. Beyond it the newest are let go, counted, and in a gap.",
    sv: "Hur mycket som får vänta på disken när meddelanden kommer fortare än de kan tas emot. Därutöver släpps de nyaste, räknas och hamnar i en lucka.",
  }),
} as const;

export type SettingName = keyof typeof configFields;

/** A value as it may be shown: what is secret in it is masked by the field it is in. */
export const shownValue = (name: SettingName, text: string): string => {
  const { secret, conceals } = configFields[name];
  if (text === "") return text;
  if (conceals !== null) return conceals.shown(text);
  return secret === true ? hidden : text;
};

/** Every secret in a value, as it is written there and as it is meant. */
export const secretsIn = (name: SettingName, text: string): readonly string[] => {
  const { secret, conceals } = configFields[name];
  if (text === "") return [];
  if (conceals !== null) return shownValue(name, text) === text ? [] : conceals.secretsIn(text);
  return secret === true ? [text] : [];
};

/** What a value should be in place of what it is, in both languages; null for one that can be used. */
export const faultOf = (name: SettingName, text: string): Expected | null => {
  const found: Reading<unknown> = configFields[name].read(text);
  return found.ok ? null : found.expected;
};

export const settingNameSchema = z.enum(Object.keys(configFields) as [SettingName, ...SettingName[]]);

/** The whole configuration, read and checked; keyed by the variables' own names so that there is one name for one thing. */
export type Config = { readonly [N in SettingName]: z.output<(typeof configFields)[N]["schema"]> };

export const settingSourceSchema = z.enum(["environment", "dotenv", "settings", "default"]);
export type SettingSource = z.infer<typeof settingSourceSchema>;

/** `form`: the value by itself; `together`: what it is beside the others; `unopened`: saved, but the keyring cannot open it. */
const settingProblemKindSchema = z.enum(["form", "together", "unopened"]);
export type SettingProblemKind = z.infer<typeof settingProblemKindSchema>;

/** One setting as a person sees it. Secrets are shown as `••••` and addresses without their password. */
export const settingSchema = z
  .object({
    name: settingNameSchema,
    /** Empty when unset. */
    value: z.string(),
    source: settingSourceSchema,
    /** The environment or .env decides: the settings page cannot change it. */
    locked: z.boolean(),
    /** The predecessor's names that it was made of; none where it was set by its own. */
    from: z.array(z.string()).readonly(),
    problem: z.object({ expected: z.string(), kind: settingProblemKindSchema }).readonly().nullable(),
  })
  .readonly();
export type Setting = z.infer<typeof settingSchema>;
