import { unbracketed } from "../../shared/address/host.ts";
import { readRedisAddress } from "../../shared/address/redis.ts";
import { configFields, faultOf, type SettingName, settingNameSchema, shownValue } from "../../shared/config.ts";
import {
  contradictedSchema,
  type ForPerson,
  type FoundMigration,
  foundMigrationSchema,
  type LeftBehind,
} from "../../shared/migration.ts";
import { foundByName, type Layers } from "../config/layers.ts";
import { heirs, inherit } from "../config/old-names.ts";
import { resolveConfig } from "../config/resolve.ts";
import { contradictions, isLoopback } from "../config/together.ts";
import { shownName } from "../config/unknown-names.ts";
import { type OldFolder, shownPath } from "./folder.ts";
import { configName, type Gathered, gather } from "./gather.ts";
import { findGoogle, inFolder, type OldGoogle, type OldSignIn } from "./google.ts";
import { leftBehindBecause } from "./left-behind.ts";
import { noticeNames, noticesOf } from "./notices.ts";

/** What is written when a person says so; secrets in it. */
export type MigrationPlan = {
  readonly migration: FoundMigration;
  readonly settings: ReadonlyMap<SettingName, string>;
  readonly signIn: OldSignIn | null;
};

/** A setting, what it is made of, and where that stands. */
type Taken = { readonly text: string; readonly names: readonly string[]; readonly file: string | null };

/** Names of config.json that stand above the environment, as the predecessor read them. */
const configFirst = {
  CALENDAR_ID: "GOOGLE_CALENDAR_ID",
  SYNC_TAG: "AVSPARK_SYNC_TAG",
  DAYS_TO_KEEP_PAST_EVENTS: "AVSPARK_KEEP_PAST_DAYS",
} as const satisfies Readonly<Record<string, SettingName>>;

/** Names that are read with Google's files, or with the notices. */
const readElsewhere: ReadonlySet<string> = new Set([
  "CREDENTIALS_FILE",
  "GOOGLE_CREDENTIALS_PATH",
  "GOOGLE_CALENDAR_TOKEN_FILE",
  "TOKEN_PATH",
  "USER_REFEREE_NUMBER",
  ...Object.keys(configFirst),
]);

const isRead = (name: string): boolean =>
  settingNameSchema.safeParse(name).success || Object.hasOwn(heirs, name) || readElsewhere.has(name);

/** What it was to ask Google for. */
const scopesName = "SCOPES";

/** What the predecessor was built to use where nothing else was said. */
const builtInRedis = "redis://fogis-redis:6379";

/** null: the folder has nothing of the predecessor's. */
export const planMigration = (folder: OldFolder): MigrationPlan | null => {
  const gathered = gather(folder);
  const google = findGoogle(folder, gathered);
  const layers: Layers = { environment: gathered.container, dotenv: gathered.dotenv, settings: {} };
  const taken = take(gathered, layers, google);
  const forPerson: ForPerson[] = [...gathered.forPerson, ...google.forPerson];
  if (!isTheirs(taken, google, forPerson)) return null;
  const tell = (...more: readonly ForPerson[]): void => void forPerson.push(...more);

  withConfig(gathered, tell);
  withGoogle(taken, { google, scopes: gathered.scopes }, tell);
  withRedis(taken, gathered, tell);
  withDoor(taken, gathered, tell);
  if (!taken.has("AVSPARK_MATCHES_URL")) tell({ kind: "matches-url" });
  withFiles(taken, gathered, { folder, tell });
  withoutFaults(taken, gathered, tell);
  const settings = new Map([...taken].map(([name, { text }]) => [name, text]));
  tell(...contradicting(settings));

  return {
    settings,
    signIn: google.signIn,
    migration: foundMigrationSchema.parse({
      state: "found",
      files: gathered.files,
      becomes: [...taken].map(([setting, { text, names, file }]) => ({
        names,
        file,
        setting,
        value: shownValue(setting, text),
      })),
      signIn: google.signIn === null ? null : { file: google.signIn.file, contacts: google.signIn.contacts },
      leftBehind: leftBehind(gathered, layers).filter(
        ({ name }) => name !== scopesName || taken.get("AVSPARK_CONTACTS")?.names.includes(scopesName) !== true,
      ),
      forPerson,
      others: others(gathered),
    }),
  };
};

/** Settings whose old names many a program has. */
const common: ReadonlySet<SettingName> = new Set<SettingName>([
  "AVSPARK_LOG_LEVEL",
  "AVSPARK_HTTP_HOST",
  "AVSPARK_HTTP_PORT",
]);

/** Whether anything tells the folder from any other's. A file that cannot be read may have said it. */
const isTheirs = (
  taken: ReadonlyMap<SettingName, Taken>,
  { signIn }: OldGoogle,
  forPerson: readonly ForPerson[],
): boolean =>
  signIn !== null ||
  [...taken.keys()].some((name) => !common.has(name)) ||
  forPerson.some(({ kind }) => kind === "unreadable" || kind === "sign-in-broken");

/** What stands there under a name of ours or of the predecessor's. */
const take = (gathered: Gathered, layers: Layers, google: OldGoogle): Map<SettingName, Taken> => {
  const { config, fileOf } = gathered;
  const taken = new Map<SettingName, Taken>();
  const { values } = inherit(layers);
  for (const name of settingNameSchema.options) {
    if (readElsewhere.has(name)) continue;
    const found = foundByName(name, layers) ?? values.get(name);
    if (found === undefined) continue;
    const names = found.from.length === 0 ? [name] : found.from;
    taken.set(name, { text: found.text, names, file: fileOf(names[0] ?? name) });
  }
  for (const [name, setting] of Object.entries(configFirst)) {
    const text = config.get(name)?.trim() ?? "";
    if (text !== "") taken.set(setting, { text, names: [name], file: configName });
  }
  const number = foundByName("USER_REFEREE_NUMBER", layers);
  const [text, file] =
    number === null
      ? [config.get("USER_REFEREE_NUMBER")?.trim() ?? "", configName]
      : [number.text, fileOf("USER_REFEREE_NUMBER")];
  // The predecessor's own deployment writes 0 where nobody has said a number.
  if (text !== "" && text !== "0") taken.set("USER_REFEREE_NUMBER", { text, names: ["USER_REFEREE_NUMBER"], file });
  for (const { setting, text: notice, names } of noticesOf(config).settings)
    taken.set(setting, { text: notice, names, file: configName });
  if (google.client !== null && google.signIn === null) {
    const { id, secret, file: credentials } = google.client;
    taken.set("GOOGLE_OAUTH_CLIENT_ID", { text: id, names: ["client_id"], file: credentials });
    taken.set("GOOGLE_OAUTH_CLIENT_SECRET", { text: secret, names: ["client_secret"], file: credentials });
  }
  return taken;
};

type Tell = (...more: readonly ForPerson[]) => void;

const textOrNumber = { en: "a text or a number", sv: "en text eller ett tal" } as const;

/** What config.json says in a way that nobody understands: else it would be gone without a word. */
const withConfig = ({ odd }: Gathered, tell: Tell): void => {
  for (const name of odd)
    if (isRead(name) || noticeNames.includes(name))
      tell({ kind: "value", name, file: configName, expected: textOrNumber });
};

/** What the predecessor kept without being told: a calendar, and the phonebook. */
const withGoogle = (
  taken: Map<SettingName, Taken>,
  { google, scopes }: { readonly google: OldGoogle; readonly scopes: Gathered["scopes"] },
  tell: Tell,
): void => {
  const calendar = taken.get("GOOGLE_CALENDAR_ID");
  if (calendar === undefined) tell({ kind: "no-calendar" });
  else if (!taken.has("AVSPARK_CALENDARS"))
    taken.set("AVSPARK_CALENDARS", { text: "ics,google", names: calendar.names, file: calendar.file });
  const keepsContacts = google.contacts ?? calendar !== undefined;
  if (!keepsContacts || taken.has("AVSPARK_CONTACTS")) return;
  // A sign-in that is there says by itself what it allows.
  const named = google.signIn === null ? scopes : null;
  const file = google.signIn?.file ?? named?.file ?? null;
  taken.set("AVSPARK_CONTACTS", { text: "google", names: named === null ? [] : [scopesName], file });
  if (google.signIn === null) tell({ kind: "contacts-sign-in" });
};

const withRedis = (taken: Map<SettingName, Taken>, { compose }: Gathered, tell: Tell): void => {
  const isOff = /^(false|0|no|off)$/i.test(taken.get("REDIS_PUBSUB_ENABLED")?.text ?? "");
  if (!taken.has("REDIS_URL") && !isOff) taken.set("REDIS_URL", { text: builtInRedis, names: [], file: null });
  const address = readRedisAddress(taken.get("REDIS_URL")?.text ?? "");
  if (isOff || !address.ok || address.value.at.kind !== "server") return;
  const { host, port } = address.value.at.server;
  // A name without dots is known within the container's network alone.
  if (isLoopback(host) || /[.:]/.test(host)) return;
  tell({ kind: "docker-host", host, published: compose?.publishedOf(host, String(port)) ?? null });
};

/** The predecessor let everybody in who could reach it; here that takes a token, which a person gives to the others too. */
const withDoor = (taken: Map<SettingName, Taken>, { compose }: Gathered, tell: Tell): void => {
  const host = taken.get("AVSPARK_HTTP_HOST");
  if (host !== undefined && !isLoopback(unbracketed(host.text)) && !taken.has("AVSPARK_HTTP_TOKEN")) {
    tell({ kind: "open-door", host: host.text });
    taken.set("AVSPARK_HTTP_HOST", { ...host, text: "127.0.0.1" });
  }
  const port = taken.get("AVSPARK_HTTP_PORT")?.text ?? configFields.AVSPARK_HTTP_PORT.default;
  const outside = compose?.container?.published(port) ?? null;
  if (outside !== null && outside !== port) tell({ kind: "port-led", outside, inside: port });
};

/** Paths of the container, as this machine names them. */
const withFiles = (
  taken: Map<SettingName, Taken>,
  gathered: Gathered,
  { folder, tell }: { readonly folder: OldFolder; readonly tell: Tell },
): void => {
  for (const [setting, one] of [...taken]) {
    if (!configFields[setting].path) continue;
    const path = inFolder(one.text, gathered);
    if (folder.has(path)) taken.set(setting, { ...one, text: folder.whole(path) });
    else {
      tell({ kind: "file-missing", name: one.names[0] ?? setting, file: shownPath(path) });
      taken.delete(setting);
    }
  }
};

/** What cannot be used is told and left out: nothing starts on it. */
const withoutFaults = (taken: Map<SettingName, Taken>, { unset, fileOf }: Gathered, tell: Tell): void => {
  // Also such as came to nothing at all, and so were not taken.
  for (const [name, variables] of unset)
    if (isRead(name)) tell({ kind: "unset", name, file: fileOf(name), variables: variables.map(shownName).join(", ") });
  for (const [setting, { text, names, file }] of [...taken]) {
    const expected = faultOf(setting, text);
    const isWhole = !names.some((name) => unset.has(name));
    if (isWhole && expected === null) continue;
    if (isWhole && expected !== null)
      tell({ kind: "value", name: names.join(", ") || setting, file: file ?? "", expected });
    taken.delete(setting);
  }
};

const contradicting = (settings: ReadonlyMap<SettingName, string>): readonly ForPerson[] => {
  const { config } = resolveConfig({ environment: {}, dotenv: {}, settings: Object.fromEntries(settings) });
  return contradictions(config).flatMap(({ variable }): readonly ForPerson[] => {
    const setting = contradictedSchema.safeParse(variable);
    return setting.success ? [{ kind: "together", setting: setting.data }] : [];
  });
};

const leftBehind = (gathered: Gathered, layers: Layers): FoundMigration["leftBehind"] => {
  const { config, container, dotenv, fileOf } = gathered;
  const because = (name: string, file: string, why: LeftBehind | null): FoundMigration["leftBehind"] =>
    why === null ? [] : [{ name: shownName(name), file, why }];
  const overruled = inherit(layers).names.filter(({ used, name }) => !used && !readElsewhere.has(name));
  return [
    ...[...new Set([...Object.keys(container), ...Object.keys(dotenv)])].flatMap((name) =>
      because(name, fileOf(name), leftBehindBecause(name)),
    ),
    ...overruled.flatMap(({ name }) => because(name, fileOf(name), "overruled")),
    ...[...config.keys()].flatMap((name) => because(name, configName, leftBehindBecause(name))),
    ...noticesOf(config).idle.flatMap((name) => because(name, configName, "other-notices")),
    // What stands in config.json goes before it.
    ...Object.entries(configFirst).flatMap(([name, setting]) =>
      config.has(name) && setting in { ...container, ...dotenv } ? because(setting, fileOf(setting), "overruled") : [],
    ),
  ];
};

/** Names that are neither ours nor the predecessor's: of other services that share the file, or of somebody's own. */
const others = ({ config, container, dotenv }: Gathered): readonly string[] => {
  const isKnown = (name: string): boolean => isRead(name) || leftBehindBecause(name) !== null;
  const environment = [...Object.keys(container), ...Object.keys(dotenv)].filter((name) => !isKnown(name));
  const inConfig = [...config.keys()].filter((name) => !isKnown(name) && !noticeNames.includes(name));
  return [...new Set([...environment, ...inConfig])].map(shownName).sort();
};
