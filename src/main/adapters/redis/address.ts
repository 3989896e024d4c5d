import { raise } from "../../../shared/problem.ts";
import { unescaped } from "../unescaped.ts";

export type HostPort = { readonly host: string; readonly port: number };

/** What a REDIS_URL says. */
export type RedisAddress = {
  readonly tls: boolean;
  readonly username: string | null;
  readonly password: string | null;
  readonly db: number;
  readonly at: { readonly kind: "server"; readonly server: HostPort } | ({ readonly kind: "sentinel" } & Sentinels);
};

export type Sentinels = { readonly sentinels: readonly HostPort[]; readonly master: string };

const pattern = /^(rediss?)(\+sentinel)?:\/\/(?:(.*)@)?([^/?#]*)(?:\/([^?#]*))?(?:[?#].*)?$/s;

/** Names the shape alone: the address may hold a password. */
const invalid = (why: string): never => raise("configuration-invalid", `REDIS_URL cannot be used: ${why}.`);

/** redis://[user:password@]host[:port][/db], rediss:// likewise, redis+sentinel://[user:password@]host[:port],…/master[/db]. */
export const parseRedisUrl = (url: string): RedisAddress => {
  const parts = pattern.exec(url);
  if (parts === null) return invalid("it must begin with redis://, rediss://, redis+sentinel:// or rediss+sentinel://");
  const [, scheme, sentinel, credentials, hosts = "", path = ""] = parts;
  const segments = path.split("/").filter((segment) => segment !== "");
  const shared = { tls: scheme === "rediss", ...signIn(credentials) };
  if (sentinel === undefined) {
    const [db, ...more] = segments;
    if (more.length > 0) return invalid("after the host only a database number may follow");
    return { ...shared, db: database(db), at: { kind: "server", server: hostPort(hosts, 6379) } };
  }
  const [master, db, ...more] = segments;
  if (master === undefined || more.length > 0) return invalid("after the Sentinels the name of the master must follow");
  const sentinels = hosts.split(",").map((host) => hostPort(host, 26379));
  return { ...shared, db: database(db), at: { kind: "sentinel", sentinels, master: unescaped(master) } };
};

const signIn = (credentials: string | undefined): Pick<RedisAddress, "username" | "password"> => {
  if (credentials === undefined) return { username: null, password: null };
  const colon = credentials.indexOf(":");
  const username = unescaped(colon === -1 ? credentials : credentials.slice(0, colon));
  const password = colon === -1 ? "" : unescaped(credentials.slice(colon + 1));
  return { username: username === "" ? null : username, password: password === "" ? null : password };
};

const hostPort = (text: string, defaultPort: number): HostPort => {
  const parts = /^(?:\[([0-9A-Fa-f:.%]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/.exec(text.trim());
  const host = parts?.[1] ?? parts?.[2];
  const port = parts?.[3] === undefined ? defaultPort : Number(parts[3]);
  if (host === undefined || port < 1 || port > 65_535) return invalid("a host, or host:port, is missing or malformed");
  return { host, port };
};

const database = (text: string | undefined): number => {
  if (text === undefined) return 0;
  return /^\d{1,5}$/.test(text) ? Number(text) : invalid("the database must be a number");
};

export const hostLabel = ({ host, port }: HostPort): string => `${host.includes(":") ? `[${host}]` : host}:${port}`;
