import { type SettingName, settingNameSchema } from "../../shared/config.ts";
import { foundByName, type Layers } from "./layers.ts";
import { heirs, type Inheritance } from "./old-names.ts";
import { folded, meantBy } from "./unknown-names.ts";

/** Settings that say where matches come from or go to. */
const places: ReadonlySet<SettingName> = new Set<SettingName>([
  "AVSPARK_SERVICE_URL",
  "AVSPARK_SERVICE_TOKEN",
  "AVSPARK_SERVICE_CA_FILE",
  "REDIS_URL",
  "REDIS_PUBSUB_ENABLED",
  "REDIS_STREAM",
  "AVSPARK_CLUSTER_URL",
  "AVSPARK_DESK",
  "REDIS_TLS_CA_FILE",
  "REDIS_TLS_CERT_FILE",
  "REDIS_TLS_KEY_FILE",
  "REDIS_TLS_SERVERNAME",
  "REDIS_MATCH_UPDATES_CHANNEL",
  "REDIS_PROCESSOR_STATUS_CHANNEL",
  "REDIS_SYSTEM_ALERTS_CHANNEL",
  "AVSPARK_EXTRA_MATCH_CHANNELS",
  "AVSPARK_MATCHES_URL",
  "AVSPARK_MATCHES_TLS_CA_FILE",
  "AVSPARK_CALENDARS",
  "GOOGLE_CALENDAR_ID",
  "AVSPARK_SYNC_TAG",
  "GOOGLE_CALENDAR_TOKEN_FILE",
  "GOOGLE_OAUTH_CLIENT_ID",
  "GOOGLE_OAUTH_CLIENT_SECRET",
  "CALDAV_URL",
  "CALDAV_USERNAME",
  "CALDAV_PASSWORD",
  "CALDAV_TLS_CA_FILE",
  "AVSPARK_CONTACTS",
  "CARDDAV_URL",
  "CARDDAV_USERNAME",
  "CARDDAV_PASSWORD",
  "CARDDAV_TLS_CA_FILE",
]);

/** Where somebody else wrote it, a mere detail of Redis tells that a real one is meant. */
const isPlace = (name: SettingName, source: string): boolean =>
  places.has(name) || (source !== "settings" && name.startsWith("REDIS_"));

/** What only looks like ours. Programs of Google's own have names in the environment that begin like it. */
const looksReal = (name: string): boolean => {
  const meant = meantBy(name) ?? folded(name);
  const became = heirs[meant];
  return (
    /^(AVSPARK|REDIS|CALDAV|CARDDAV|GOOGLE_CALENDAR|GOOGLE_OAUTH)_/.test(meant) ||
    (became !== undefined && areReal(became))
  );
};

/** What an old name became. */
const areReal = (became: readonly SettingName[]): boolean => became.some((name) => isPlace(name, "environment"));

/**
 * The demo stands in for a configuration only where there is none: nothing says where matches come from or go to, not
 * even wrongly. Invented matches beside somebody's real ones would be worse than none.
 */
export const isDemo = (layers: Layers, { names }: Inheritance, unknown: readonly string[]): boolean => {
  const own = settingNameSchema.options.some((name) => {
    const found = foundByName(name, layers);
    return found !== null && isPlace(name, found.source);
  });
  const old = names.some(({ became }) => areReal(became));
  const hidden = (layers.unopened ?? []).length > 0 || (layers.dotenvFaults ?? []).length > 0;
  return !(own || old || hidden || unknown.some(looksReal));
};
