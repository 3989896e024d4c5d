/** In the place of what is secret. */
export const hidden = "••••";

/** One `name=value` of a query; `value` is null where no = stands. Both as they are written. */
export type QueryPart = { readonly name: string; readonly value: string | null };

/** An address cut at its marks (RFC 3986, section 3); nothing is decoded yet. */
export type AddressParts = {
  /** Such as `redis`, in whatever case. */
  readonly scheme: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly hosts: string;
  /** With its first /; "" where there is none. */
  readonly path: string;
  readonly query: readonly QueryPart[] | null;
};

const pattern = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#\s]*)(\/[^?#\s]*)?(?:\?([^#\s]*))?$/;

/** null: the text has not the shape of an address. A / ? # or space that is meant as it stands has to be escaped. */
export const addressParts = (text: string): AddressParts | null => {
  const [, scheme, authority, path = "", query] = pattern.exec(text) ?? [];
  if (scheme === undefined || authority === undefined) return null;
  // An @ in a password may stand as it is: the last one ends it.
  const at = authority.lastIndexOf("@");
  return {
    scheme,
    ...userOf(at === -1 ? null : authority.slice(0, at)),
    hosts: authority.slice(at + 1),
    path,
    query: query === undefined ? null : queryParts(query),
  };
};

const userOf = (credentials: string | null): Pick<AddressParts, "username" | "password"> => {
  if (credentials === null) return { username: null, password: null };
  const colon = credentials.indexOf(":");
  if (colon === -1) return { username: credentials, password: null };
  return { username: credentials.slice(0, colon), password: credentials.slice(colon + 1) };
};

const queryParts = (query: string): readonly QueryPart[] =>
  query.split("&").map((part) => {
    const equals = part.indexOf("=");
    return equals === -1 ? { name: part, value: null } : { name: part.slice(0, equals), value: part.slice(equals + 1) };
  });

/** The parts as an address that may be shown; what may be shown of the query is the reader's to say. */
export const shownParts = (parts: AddressParts, shownQuery: (query: readonly QueryPart[]) => string): string => {
  const { scheme, username, password, hosts, path, query } = parts;
  const ending = query === null ? "" : `?${shownQuery(query)}`;
  return [scheme, "://", shownUser(username, password), hosts, path, ending].join("");
};

/** A user name without a password may itself be the secret. */
const shownUser = (username: string | null, password: string | null): string => {
  if (username === null) return "";
  const ending = password === null ? "@" : ":@";
  if (password === null || password === "") return `${username === "" ? "" : hidden}${ending}`;
  return `${username}:${hidden}@`;
};

/** Percent-decoded. A text with a stray % was not escaped: then it is meant as it stands. */
export const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
