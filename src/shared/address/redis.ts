import { readZonedHost, unbracketed } from "./host.ts";
import { addressParts, hidden, type QueryPart, shownParts, unescaped } from "./parts.ts";
import { type Expected, type Reading, reading, refuse } from "./reading.ts";

export type HostPort = { readonly host: string; readonly port: number };

/** What a REDIS_URL says; null is what it does not say. */
export type RedisAddress = {
  readonly tls: boolean;
  readonly username: string | null;
  readonly password: string | null;
  readonly db: number;
  /** How the connection calls itself. */
  readonly clientName: string | null;
  /** The version of RESP to speak. */
  readonly protocol: 2 | 3 | null;
  /** The version of IP to look names up for; 0: whichever comes first. */
  readonly family: 0 | 4 | 6;
  readonly at: { readonly kind: "server"; readonly server: HostPort } | ({ readonly kind: "sentinel" } & Sentinels);
};

export type Sentinels = { readonly sentinels: readonly HostPort[]; readonly master: string };

export const redisAddressExpected: Expected = {
  en: "an address that begins with redis:// or rediss:// or redis+sentinel:// or rediss+sentinel://",
  sv: "en adress som börjar med redis:// eller rediss:// eller redis+sentinel:// eller rediss+sentinel://",
};

const faults = {
  shape: {
    en: "an address such as redis://user:password@host:6379/0; a / ? # or space in the password is written %2F %3F %23 or %20",
    sv: "en adress som redis://användare:lösenord@värd:6379/0; ett / ? # eller mellanslag i lösenordet skrivs %2F %3F %23 eller %20",
  },
  host: {
    en: "an address with a host: redis://host or redis://host:port; a / ? or # in the password is written %2F %3F or %23",
    sv: "en adress med en värd: redis://värd eller redis://värd:port; ett / ? eller # i lösenordet skrivs %2F %3F eller %23",
  },
  port: { en: "an address with a port from 1 to 65535", sv: "en adress med en port från 1 till 65535" },
  master: {
    en: "an address with the master's name after the Sentinels: redis+sentinel://host:26379/master",
    sv: "en adress med masterns namn efter Sentinel-värdarna: redis+sentinel://värd:26379/master",
  },
  database: {
    en: "an address with nothing after the host but a database number: redis://host:6379/0",
    sv: "en adress med inget efter värden utom ett databasnummer: redis://värd:6379/0",
  },
  option: {
    en: "an address with no other options than username, password, db, client_name, protocol and family",
    sv: "en adress utan andra tillval än username, password, db, client_name, protocol och family",
  },
  tls: {
    en: "an address without TLS options: rediss:// turns TLS on, and its files are REDIS_TLS_CA_FILE, REDIS_TLS_CERT_FILE and REDIS_TLS_KEY_FILE",
    sv: "en adress utan TLS-tillval: rediss:// slår på TLS, och filerna anges i REDIS_TLS_CA_FILE, REDIS_TLS_CERT_FILE och REDIS_TLS_KEY_FILE",
  },
  twice: {
    en: "an address that says each thing once: user name, password, database or option",
    sv: "en adress som säger varje sak en gång: användarnamn, lösenord, databas eller tillval",
  },
  protocol: {
    en: "an address whose protocol, where it names one, is 2 or 3",
    sv: "en adress vars protocol, om det anges, är 2 eller 3",
  },
  family: {
    en: "an address whose family, where it names one, is 0, 4 or 6",
    sv: "en adress vars family, om det anges, är 0, 4 eller 6",
  },
  clientName: {
    en: "an address whose client_name, where it names one, is of visible ASCII characters",
    sv: "en adress vars client_name, om det anges, är av synliga ASCII-tecken",
  },
} as const satisfies Readonly<Record<string, Expected>>;

/** redis://[user:password@]host[:port][/db], rediss:// likewise, redis+sentinel://[user:password@]host[:port],…/master[/db]. */
export const readRedisAddress = (text: string): Reading<RedisAddress> =>
  reading(() => {
    const parts = addressParts(text);
    const scheme = /^(rediss?)(\+sentinel)?$/.exec((parts?.scheme ?? text.split("://")[0] ?? "").toLowerCase());
    if (scheme === null) return refuse(redisAddressExpected);
    if (parts === null) return refuse(faults.shape);
    const options = optionsOf(parts.query ?? []);
    const segments = parts.path.split("/").filter((segment) => segment !== "");
    const shared = {
      tls: scheme[1] === "rediss",
      username: once(unescapedOrNull(parts.username), options.username),
      password: once(unescapedOrNull(parts.password), options.password),
      clientName: clientName(options.client_name),
      protocol: protocol(options.protocol),
      family: family(options.family),
    };
    if (scheme[2] === undefined) {
      const server = hostPort(parts.hosts, 6379);
      const [db, ...more] = segments;
      if (more.length > 0) return refuse(faults.database);
      return { ...shared, db: database(db, options.db), at: { kind: "server", server } };
    }
    const [name, db, ...more] = segments;
    const master = name === undefined || name.includes("@") ? "" : unescaped(name);
    if (master === "" || more.length > 0) return refuse(faults.master);
    const sentinels = parts.hosts.split(",").map((host) => hostPort(host, 26379));
    return { ...shared, db: database(db, options.db), at: { kind: "sentinel", sentinels, master } };
  });

/** The address as it may be shown: without its password, and not at all where it cannot be taken apart. */
export const shownRedisAddress = (text: string): string => {
  const parts = addressParts(text);
  return parts !== null && readRedisAddress(text).ok ? shownParts(parts, shownOptions) : hidden;
};

/** Every secret in it, as it is written there and as it is meant. */
export const secretsInRedisAddress = (text: string): readonly string[] => {
  const parts = addressParts(text);
  const address = readRedisAddress(text);
  if (parts === null || !address.ok) return [text];
  const { username, password } = address.value;
  const options = (parts.query ?? []).filter(isSecret).map(({ value }) => value ?? "");
  const secrets = [parts.password || parts.username || "", ...options, password ?? username ?? ""];
  return secrets.filter((secret) => secret !== "");
};

const optionNames = ["username", "password", "db", "client_name", "protocol", "family"] as const;
type Options = Readonly<Partial<Record<(typeof optionNames)[number], string>>>;

const isSecret = ({ name }: QueryPart): boolean => unescaped(name) === "password";

const shownOptions = (query: readonly QueryPart[]): string =>
  query
    .map((part) => {
      if (part.value === null) return part.name;
      return `${part.name}=${isSecret(part) && part.value !== "" ? hidden : part.value}`;
    })
    .join("&");

const optionsOf = (query: readonly QueryPart[]): Options => {
  const options: Partial<Record<(typeof optionNames)[number], string>> = {};
  for (const part of query) {
    if (part.name === "" && part.value === null) continue;
    const written = unescaped(part.name);
    if (/^(ssl|tls)/i.test(written)) return refuse(faults.tls);
    const name = optionNames.find((known) => known === written) ?? refuse(faults.option);
    if (options[name] !== undefined) return refuse(faults.twice);
    // As clients read a query: + stands for a space.
    options[name] = unescaped((part.value ?? "").replaceAll("+", " "));
  }
  return options;
};

const unescapedOrNull = (text: string | null): string | null => (text === null || text === "" ? null : unescaped(text));

const once = (before: string | null, option: string | undefined): string | null => {
  if (option === undefined || option === "") return before;
  return before === null ? option : refuse(faults.twice);
};

const hostPort = (text: string, defaultPort: number): HostPort => {
  const [, name = "", digits] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(text) ?? [];
  const found = readZonedHost(unbracketed(name));
  const host = found.ok ? found.value : refuse(faults.host);
  if (digits === undefined) return { host, port: defaultPort };
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return port >= 1 && port <= 65_535 ? { host, port } : refuse(faults.port);
};

const database = (segment: string | undefined, option: string | undefined): number => {
  const text = once(segment ?? null, option);
  if (text === null) return 0;
  return /^\d{1,5}$/.test(text) ? Number(text) : refuse(faults.database);
};

/** What CLIENT SETNAME takes. */
const clientName = (option: string | undefined): string | null => {
  if (option === undefined || option === "") return null;
  return /^[!-~]{1,200}$/.test(option) ? option : refuse(faults.clientName);
};

const protocol = (option: string | undefined): RedisAddress["protocol"] => {
  if (option === undefined) return null;
  if (option === "2" || option === "3") return option === "2" ? 2 : 3;
  return refuse(faults.protocol);
};

const family = (option: string | undefined): RedisAddress["family"] => {
  if (option === undefined || option === "0") return 0;
  if (option === "4" || option === "6") return option === "4" ? 4 : 6;
  return refuse(faults.family);
};

export const hostLabel = ({ host: name, port }: HostPort): string =>
  `${name.includes(":") ? `[${name}]` : name}:${port}`;
