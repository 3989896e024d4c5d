import type { Expected, Reading } from "./reading.ts";
import { standardUrl } from "./standard.ts";

export const hostExpected: Expected = {
  en: "a host name or an IP address",
  sv: "ett värdnamn eller en IP-adress",
};

/**
 * The one reader of hosts: an IPv4 address in four decimal parts, an IPv6 address without brackets, or a name. It comes
 * back as the standard writes it (lower case, names of other scripts in ASCII), so that it fits into every address.
 */
export const readHost = (text: string): Reading<string> => {
  const value = isIpv4(text) ? text : (ipv6(text) ?? dnsName(text));
  return value === null ? { ok: false, expected: hostExpected } : { ok: true, value };
};

/** Where only a socket is opened, an IPv6 address may say by which interface: fe80::1%eth0. */
export const readZonedHost = (text: string): Reading<string> => {
  const [, address, zone] = /^([^%]*:[^%]*)(%[A-Za-z0-9._-]+)$/.exec(text) ?? [];
  const found = readHost(address ?? text);
  return found.ok ? { ok: true, value: `${found.value}${zone ?? ""}` } : found;
};

/** Without the brackets that an IPv6 address wears in an address. */
export const unbracketed = (host: string): string => /^\[(.*:.*)\]$/.exec(host)?.[1] ?? host;

/** A leading 0 is refused: some take what follows for octal. */
const isIpv4 = (text: string): boolean =>
  /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text) && !/(?:^|\.)0\d/.test(text);

const ipv6 = (text: string): string | null => {
  if (!/^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(text)) return null;
  const url = standardUrl(`http://[${text}]/`);
  return url === null ? null : unbracketed(url.hostname);
};

/** RFC 1123, section 2.1, and the _ that names of containers have. What ends in a number is an address, or none. */
const dnsName = (text: string): string | null => {
  if (!/^[\p{L}\p{N}._-]+$/u.test(text)) return null;
  const name = standardUrl(`http://${text}/`)?.hostname ?? "";
  const labels = name.replace(/\.$/, "").split(".");
  const last = labels.at(-1) ?? "";
  const isName = name.length <= 253 && labels.every(isLabel) && !/^\d+$/.test(last);
  return isName ? name : null;
};

const isLabel = (label: string): boolean => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label);
