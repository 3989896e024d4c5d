import { readHost, unbracketed } from "./host.ts";
import { addressParts, hidden, shownParts, unescaped } from "./parts.ts";
import { type Expected, type Reading, reading, refuse } from "./reading.ts";

/** What an AVSPARK_SMTP_URL says. */
export type SmtpAddress = {
  /** TLS from the first byte; otherwise it begins with STARTTLS. */
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
  /** null: the server takes mail from this machine as it is. */
  readonly user: { readonly name: string; readonly password: string } | null;
};

export const smtpAddressExpected: Expected = {
  en: "an address that begins with smtp:// or smtps://",
  sv: "en adress som börjar med smtp:// eller smtps://",
};

const faults = {
  shape: {
    en: "an address such as smtp://user:password@host:587; a / ? # or space in the password is written %2F %3F %23 or %20",
    sv: "en adress som smtp://användare:lösenord@värd:587; ett / ? # eller mellanslag i lösenordet skrivs %2F %3F %23 eller %20",
  },
  host: {
    en: "an address with a host name or an IP address after its ://",
    sv: "en adress med ett värdnamn eller en IP-adress efter ://",
  },
  port: { en: "an address with a port from 1 to 65535", sv: "en adress med en port från 1 till 65535" },
  user: {
    en: "an address with both a user name and a password, or neither",
    sv: "en adress med både användarnamn och lösenord, eller inget av dem",
  },
} as const satisfies Readonly<Record<string, Expected>>;

/** smtp[s]://[user:password@]host[:port] */
export const readSmtpAddress = (text: string): Reading<SmtpAddress> =>
  reading(() => {
    if (!/^smtps?:\/\//i.test(text)) return refuse(smtpAddressExpected);
    const parts = addressParts(text);
    if (parts === null || parts.query !== null || (parts.path !== "" && parts.path !== "/"))
      return refuse(faults.shape);
    const tls = parts.scheme.toLowerCase() === "smtps";
    const [, name = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(parts.hosts) ?? [];
    const host = readHost(unbracketed(name));
    if (!host.ok) return refuse(faults.host);
    const number = port === undefined ? (tls ? 465 : 587) : Number(port || "0");
    if (number < 1 || number > 65_535) return refuse(faults.port);
    return { tls, host: host.value, port: number, user: userOf(parts) };
  });

const userOf = ({
  username,
  password,
}: {
  readonly username: string | null;
  readonly password: string | null;
}): SmtpAddress["user"] => {
  if (username === null && password === null) return null;
  if (!username || !password) return refuse(faults.user);
  return { name: unescaped(username), password: unescaped(password) };
};

/** The address as it may be shown. One that cannot be taken apart for certain is not shown at all. */
export const shownSmtpAddress = (text: string): string => {
  const parts = addressParts(text);
  return parts === null || !readSmtpAddress(text).ok ? hidden : shownParts(parts, () => hidden);
};

/** Every secret in it, as it is written there and as it is meant. */
export const secretsInSmtpAddress = (text: string): readonly string[] => {
  const parts = addressParts(text);
  const address = readSmtpAddress(text);
  if (parts === null || !address.ok) return [text];
  const { user } = address.value;
  return user === null ? [] : [...new Set([parts.password ?? "", user.password])];
};
