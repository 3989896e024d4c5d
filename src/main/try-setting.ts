import type { CalendarTarget } from "../core/calendar/port.ts";
import { decodeMatches } from "../core/feed/decode/matches.ts";
import { decodeMessage } from "../core/feed/decode.ts";
import { selfTest } from "../core/feed/self-test.ts";
import { subscribedChannels } from "../core/feed/subscriber.ts";
import { testMessage } from "../core/outward/wording.ts";
import type { Log } from "../core/ports.ts";
import type { TrySetting } from "../core/service/handlers/trials.ts";
import type { Trial } from "../shared/checks.ts";
import type { Config } from "../shared/config.ts";
import { instantOf } from "../shared/instant.ts";
import { languageFor } from "../shared/language.ts";
import type { MessengerName } from "../shared/outward.ts";
import { raise } from "../shared/problem.ts";
import { formatFor } from "../shared/text/format.ts";
import { textsFor } from "../shared/text/texts.ts";
import { systemClock } from "./adapters/clock.ts";
import { googleAuth } from "./adapters/google/account.ts";
import type { SignIns } from "./adapters/google/sign-ins.ts";
import { createMatchSource } from "./adapters/matches-http.ts";
import { createRedisSubscription, redisSettings } from "./adapters/redis/subscription.ts";
import { sha256 } from "./adapters/sha256.ts";
import { decodeText } from "./adapters/text.ts";
import { messengerFor } from "./messengers.ts";
import { tryService } from "./remote/trial.ts";
import { wayOf } from "./remote/way.ts";
import { caldavTarget, googleTarget } from "./remote-calendars.ts";

/** Tries values that are not saved yet, on a connection of their own. */
export const createTrySetting = (options: { readonly signIns: SignIns; readonly log: Log }): TrySetting => {
  const tries: { readonly [W in Parameters<TrySetting>[0]]: (config: Config) => Promise<Trial> } = {
    service: tryElsewhere,
    redis: tryRedis,
    source: trySource,
    google: async (config) =>
      tryCalendar("google", await googleTarget(config, googleAuth(config, options.signIns), options.log)),
    webhook: (config) => tryMessenger("webhook", config, options.log),
    mail: (config) => tryMessenger("mail", config, options.log),
    caldav: async (config) => tryCalendar("caldav", await caldavTarget(config, options.log)),
  };
  return (what, config) => tries[what](config);
};

const tryElsewhere = async (config: Config): Promise<Trial> => {
  const way = wayOf(config);
  if (way === null) return raise("configuration-invalid", "AVSPARK_SERVICE_URL is not set.", "AVSPARK_SERVICE_URL");
  return tryService(way);
};

const tryRedis = async (config: Config): Promise<Trial> => {
  if (config.REDIS_URL === null) return raise("configuration-invalid", "REDIS_URL is not set.", "REDIS_URL");
  const channels = subscribedChannels(config);
  const { overall_success, errors } = await selfTest({
    subscription: createRedisSubscription(redisSettings(config)),
    channels,
    clock: systemClock,
    timeoutMs: config.REDIS_CONNECTION_TIMEOUT * 1000,
    decode: (sample) => decodeMessage(Buffer.from(sample), { text: decodeText, utf8Only: true, maxBytes: 1_000_000 }),
  });
  if (!overall_success) return raise("redis-unreachable", errors.join(" "));
  return { what: "redis", channels: channels.required.length };
};

const trySource = async (config: Config): Promise<Trial> => {
  const url = config.AVSPARK_MATCHES_URL;
  if (url === null) return raise("source-unconfigured", "AVSPARK_MATCHES_URL is not set.", "AVSPARK_MATCHES_URL");
  const source = createMatchSource({ url, caFile: config.AVSPARK_MATCHES_TLS_CA_FILE });
  const answer = await source.fetch(null, { aborted: false, addEventListener: () => undefined });
  if (answer.kind === "unchanged")
    return raise("source-status", "The source says that nothing changed, to a first question.");
  const { matches, rejections } = decodeMatches(answer.matches, "matches");
  if (matches.length === 0) return raise("source-not-json", `None of ${rejections.length} matches can be read.`);
  return { what: "source", matches: matches.length, refused: rejections.length };
};

const tryMessenger = async (name: MessengerName, config: Config, log: Log): Promise<Trial> => {
  const setting = name === "webhook" ? "AVSPARK_NOTIFY_WEBHOOK" : "AVSPARK_SMTP_URL";
  const messenger =
    messengerFor(name, config, { clock: systemClock, log }) ??
    raise("configuration-invalid", `${setting} and what belongs to it are not all set.`, setting);
  const language = languageFor(config.AVSPARK_LANGUAGE, [Intl.DateTimeFormat().resolvedOptions().locale]);
  const at = systemClock.now();
  const wording = { texts: textsFor(language), format: formatFor(language), now: at };
  await messenger.send(testMessage(instantOf(at), { digest: sha256, wording }), new AbortController().signal);
  return { what: name, server: messenger.server };
};

const tryCalendar = async (what: "google" | "caldav", target: CalendarTarget): Promise<Trial> => {
  try {
    const { items: events } = await target.list(null);
    return { what, label: target.label, events: events.length };
  } finally {
    target.close();
  }
};
