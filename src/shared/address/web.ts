import { readHost, unbracketed } from "./host.ts";
import { addressParts, hidden, type QueryPart, shownParts, unescaped } from "./parts.ts";
import { type Expected, type Reading, reading, refuse } from "./reading.ts";
import { standardUrl } from "./standard.ts";

/** What an http or https address says. */
export type WebAddress = {
  /** Without the credentials, which go into a header: no message can then repeat them. */
  readonly href: string;
  /** As it is meant; "" where it says none. */
  readonly username: string;
  readonly password: string;
};

export const webAddressExpected: Expected = {
  en: "an address that begins with http:// or https://",
  sv: "en adress som börjar med http:// eller https://",
};

const faults = {
  shape: {
    en: "an address such as https://user:password@host/path; a / \\ ? # or space in the password is written %2F %5C %3F %23 or %20",
    sv: "en adress som https://användare:lösenord@värd/sökväg; ett / \\ ? # eller mellanslag i lösenordet skrivs %2F %5C %3F %23 eller %20",
  },
  host: {
    en: "an address with a host name or an IP address after its ://",
    sv: "en adress med ett värdnamn eller en IP-adress efter ://",
  },
  port: { en: "an address with a port from 1 to 65535", sv: "en adress med en port från 1 till 65535" },
} as const satisfies Readonly<Record<string, Expected>>;

/** http[s]://[user:password@]host[:port][/path][?query]. */
export const readWebAddress = (text: string): Reading<WebAddress> =>
  reading(() => {
    if (!/^https?:\/\//i.test(text)) return refuse(webAddressExpected);
    const parts = addressParts(text);
    if (parts?.hosts.endsWith(":")) return refuse(faults.port);
    // To the standard a \ is a / here, wherever it stands.
    const url = text.includes("\\") ? null : standardUrl(text);
    if (parts === null || url === null) {
      return refuse(/:\d+(?:[/?]|$)/.test(text) ? faults.port : faults.shape);
    }
    // The standard reads 1.2.3 as 1.2.0.3, and takes .. for a name.
    if (!readHost(unbracketed(parts.hosts.replace(/:\d*$/, ""))).ok) return refuse(faults.host);
    if (url.port === "0") return refuse(faults.port);
    const { username, password } = url;
    url.username = "";
    url.password = "";
    return { href: url.href, username: unescaped(username), password: unescaped(password) };
  });

/**
 * The address as it may be shown: without its password, and without its query, since tokens stand there under
 * any name. One that cannot be taken apart for certain is not shown at all.
 */
export const shownWebAddress = (text: string): string => {
  const parts = addressParts(text);
  return parts === null || !readWebAddress(text).ok || isAmbiguous(text) ? hidden : shownParts(parts, shownQuery);
};

const shownQuery = (query: readonly QueryPart[]): string =>
  query.every(({ name, value }) => name === "" && value === null) ? "" : hidden;

/** Every secret in it, as it is written there and as it is meant. */
export const secretsInWebAddress = (text: string): readonly string[] => {
  const parts = addressParts(text);
  const address = readWebAddress(text);
  if (parts === null || !address.ok || isAmbiguous(text)) return [text];
  const { username, password } = address.value;
  const users = [parts.password || parts.username || "", password || username];
  const values = (parts.query ?? [])
    .map(({ name, value }) => value ?? name)
    .filter(({ length }) => length >= tokenLength);
  return [...users, ...values, ...values.map(unescaped)].filter((secret) => secret !== "");
};

/** What a query asks for in fewer characters, such as a page, is no token. */
const tokenLength = 6;

/** An @ after the host may be the end of a password whose / or ? was not escaped: user:12/34@host, user:@12/34@host. */
const isAmbiguous = (text: string): boolean => /^[^/]+:\/\/[^/?]*[:@][^/?]*[/?].*@/.test(text);
