import { hostExpected, readZonedHost, unbracketed } from "../../shared/address/host.ts";
import { hidden } from "../../shared/address/parts.ts";
import type { Expected } from "../../shared/address/reading.ts";
import { shownRedisAddress } from "../../shared/address/redis.ts";
import type { SettingName } from "../../shared/config.ts";
import { type FoundValue, foundByName, type Layers, valueIn } from "./layers.ts";

/** The name of the predecessor or of its deployment, and what became of it here. */
export type OldName = {
  readonly name: string;
  readonly source: "environment" | "dotenv";
  readonly became: readonly SettingName[];
  /** false: what it would become is set by its own name, or needs a name beside it that is not set. */
  readonly used: boolean;
};

type Translation = {
  readonly became: readonly [SettingName, ...SettingName[]];
  readonly translate: (text: string) => string;
};

const same = (...became: Translation["became"]): Translation => ({ became, translate: (text) => text });

/** Python's words for how much is logged, and others in use. */
const levels: Readonly<Record<string, string>> = {
  notset: "trace",
  silly: "trace",
  verbose: "debug",
  notice: "info",
  warning: "warn",
  err: "error",
  critical: "error",
  fatal: "error",
};

const translations: Readonly<Record<string, Translation>> = {
  REDIS_ENABLED: same("REDIS_PUBSUB_ENABLED"),
  REDIS_TIMEOUT: same("REDIS_CONNECTION_TIMEOUT", "REDIS_SOCKET_TIMEOUT"),
  FLASK_HOST: same("AVSPARK_HTTP_HOST"),
  FLASK_PORT: same("AVSPARK_HTTP_PORT"),
  LOG_LEVEL: {
    became: ["AVSPARK_LOG_LEVEL"],
    translate: (text) => levels[text.toLowerCase()] ?? text.toLowerCase(),
  },
  TOKEN_PATH: same("GOOGLE_CALENDAR_TOKEN_FILE"),
  DAYS_TO_KEEP_PAST_EVENTS: same("AVSPARK_KEEP_PAST_DAYS"),
  SYNC_TAG: same("AVSPARK_SYNC_TAG"),
};

/** Together they are an address; the first is needed. */
const addressNames = ["REDIS_HOST", "REDIS_PORT", "REDIS_PASSWORD", "REDIS_DB"] as const;

type AddressName = (typeof addressNames)[number];

type Part = {
  readonly fits: (text: string) => boolean;
  readonly shown: (text: string) => string;
  readonly expected: Expected;
};

const wholeFrom = (low: number, high: number): Part => ({
  fits: (text) => /^\d{1,5}$/.test(text) && Number(text) >= low && Number(text) <= high,
  shown: (text) => text,
  expected: { en: `a whole number from ${low} to ${high}`, sv: `ett heltal från ${low} till ${high}` },
});

/** Each is checked by itself, so that the sentence about a wrong one names what was set. */
const addressParts: Readonly<Record<AddressName, Part>> = {
  REDIS_HOST: {
    fits: (text) => readZonedHost(unbracketed(text)).ok,
    // A whole address in its place may hold a password.
    shown: (text) => (/^[\w.:-]*$/.test(text) ? text : shownRedisAddress(text)),
    expected: hostExpected,
  },
  REDIS_PORT: wholeFrom(1, 65_535),
  REDIS_PASSWORD: { fits: () => true, shown: () => hidden, expected: { en: "any text", sv: "valfri text" } },
  REDIS_DB: wholeFrom(0, 99_999),
};

/** What each of them becomes. */
export const heirs: Readonly<Record<string, readonly SettingName[]>> = {
  ...Object.fromEntries(addressNames.map((name) => [name, ["REDIS_URL"] as const])),
  ...Object.fromEntries(Object.entries(translations).map(([name, { became }]) => [name, became])),
};

/** What became of an old name, in a sentence. */
export const oldNameSentence = ({ name, became, used }: OldName): string => {
  const ours = became.join(" and ");
  return used ? `${name} became ${ours}.` : `${name} does nothing here: it would become ${ours}.`;
};

/** What an orchestrator puts into every container beside a service called redis: links, no settings. */
export const isServiceLink = (name: string, text: string): boolean =>
  /_SERVICE_(HOST|PORT(_.+)?)$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/.test(name) ||
  (name.endsWith("_PORT") && /^(tcp|udp|sctp):\/\//.test(text));

type Found = { readonly text: string; readonly source: "environment" | "dotenv" };

const findOld = (name: string, layers: Layers): Found | null => {
  for (const source of ["environment", "dotenv"] as const) {
    const text = valueIn(layers[source], name);
    if (text !== null && !isServiceLink(name, text)) return { text, source };
  }
  return null;
};

export type Inheritance = {
  /** What the old names say, for settings that are not set by their own name. */
  readonly values: ReadonlyMap<SettingName, FoundValue>;
  readonly names: readonly OldName[];
};

/** Reads the names of the predecessor and its deployment, wherever ours are not set. */
export const inherit = (layers: Layers): Inheritance => {
  const values = new Map<SettingName, FoundValue>();
  const names: OldName[] = [];
  for (const [name, { became, translate }] of Object.entries(translations)) {
    const old = findOld(name, layers);
    if (old === null) continue;
    const open = became.filter((heir) => foundByName(heir, layers) === null);
    for (const heir of open) values.set(heir, { text: translate(old.text), source: old.source, from: [name] });
    names.push({ name, source: old.source, became, used: open.length > 0 });
  }
  const address = addressOf(layers);
  if (address.value !== null) values.set("REDIS_URL", address.value);
  return { values, names: [...address.names, ...names] };
};

const addressOf = (layers: Layers): { readonly value: FoundValue | null; readonly names: readonly OldName[] } => {
  const parts = addressNames.flatMap((name) => {
    const old = findOld(name, layers);
    return old === null ? [] : [{ name, ...old }];
  });
  const textOf = (name: AddressName): string | null => parts.find((part) => part.name === name)?.text ?? null;
  const host = textOf("REDIS_HOST");
  const used = host !== null && foundByName("REDIS_URL", layers) === null;
  const names = parts.map(({ name, source }): OldName => ({ name, source, became: ["REDIS_URL"], used }));
  if (!used) return { value: null, names };
  const password = textOf("REDIS_PASSWORD");
  const text = [
    "redis://",
    password === null ? "" : `:${encodeURIComponent(password)}@`,
    host.includes(":") && !host.startsWith("[") ? `[${host}]` : host,
    `:${textOf("REDIS_PORT") ?? "6379"}`,
    `/${textOf("REDIS_DB") ?? "0"}`,
  ].join("");
  const source = parts.some((part) => part.source === "environment") ? "environment" : "dotenv";
  const value: FoundValue = { text, source, from: parts.map(({ name }) => name) };
  const wrong = parts.find((part) => !addressParts[part.name].fits(part.text));
  if (wrong === undefined) return { value, names };
  const { shown, expected } = addressParts[wrong.name];
  const fault = { name: wrong.name, source: wrong.source, shown: shown(wrong.text), expected };
  return { value: { ...value, fault }, names };
};
