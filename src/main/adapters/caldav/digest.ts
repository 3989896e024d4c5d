import { createHash, getHashes, randomBytes } from "node:crypto";

/** Digest sign-in (RFC 7616) as a client does it: the password itself never travels. */

type Algorithm = { readonly name: string; readonly hash: string };

const available = new Set(getHashes());

/** The best first. Which there are depends on what Node was built with. */
const algorithms: readonly Algorithm[] = [
  { name: "SHA-512-256", hash: "sha512-256" },
  { name: "SHA-256", hash: "sha256" },
  { name: "MD5", hash: "md5" },
].filter(({ hash }) => available.has(hash));

export type Challenge = { readonly scheme: string; readonly params: ReadonlyMap<string, string> };

export type Credentials = { readonly username: string; readonly password: string };

/** What a challenge comes to: a session, in which each call is counted. */
export type DigestSession = {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  /** As the server wrote it; null when it did not. */
  readonly algorithm: string | null;
  readonly hash: string;
  /** false: the server is as old as RFC 2069, and calls are not counted. */
  readonly isCounted: boolean;
  /** The name is to be sent as a hash. */
  readonly hidesName: boolean;
  readonly cnonce: string;
  /** The hash of name and password, of a `-sess` algorithm that of the session. */
  readonly secret: string;
};

/** A scheme, or a parameter of the one before it. */
const piece = /[\s,]*([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?/y;

/** What stands in WWW-Authenticate, of which there may be several in one header. */
export const readChallenges = (header: string): readonly Challenge[] => {
  const challenges: { scheme: string; params: Map<string, string> }[] = [];
  piece.lastIndex = 0;
  for (let match = piece.exec(header); match !== null; match = piece.exec(header)) {
    const [, name = "", quoted, bare] = match;
    const value = quoted?.replace(/\\(.)/g, "$1") ?? bare;
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), params: new Map() });
    else challenges.at(-1)?.params.set(name.toLowerCase(), value);
  }
  return challenges;
};

/** The parameters of Authentication-Info, which has no scheme. */
export const nextNonce = (header: string): string | null =>
  readChallenges(`info ${header}`)[0]?.params.get("nextnonce") ?? null;

const hashed = (hash: string, ...parts: readonly string[]): string =>
  createHash(hash).update(parts.join(":"), "utf8").digest("hex");

const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

const algorithmOf = ({ params }: Challenge) => {
  const said = (params.get("algorithm") ?? "MD5").toUpperCase();
  return algorithms.find(({ name }) => said === name || said === `${name}-SESS`);
};

/** `auth-int`, which seals the body too, is offered beside `auth` where it is offered at all. */
const isPossible = ({ scheme, params }: Challenge): boolean => {
  const qop = params.get("qop");
  const offers = qop === undefined || qop.split(",").some((one) => one.trim().toLowerCase() === "auth");
  return scheme === "digest" && params.has("nonce") && offers;
};

/** A challenge that can be met. */
export type DigestChallenge = Pick<Challenge, "params"> & { readonly hash: string };

/** The best of them; null when none can be met. */
export const chosenDigest = (challenges: readonly Challenge[]): DigestChallenge | null => {
  const possible = challenges.filter(isPossible);
  for (const algorithm of algorithms) {
    const found = possible.find((challenge) => algorithmOf(challenge) === algorithm);
    if (found !== undefined) return { params: found.params, hash: algorithm.hash };
  }
  return null;
};

export const isStale = ({ params }: DigestChallenge): boolean => params.get("stale")?.toLowerCase() === "true";

export const beginDigest = (
  { params, hash }: DigestChallenge,
  { username, password }: Credentials,
  cnonce = randomBytes(16).toString("hex"),
): DigestSession => {
  const algorithm = params.get("algorithm") ?? null;
  const [realm, nonce] = [params.get("realm") ?? "", params.get("nonce") ?? ""];
  const account = hashed(hash, username, realm, password);
  const isSession = /-sess$/i.test(algorithm ?? "");
  return {
    realm,
    nonce,
    opaque: params.get("opaque") ?? null,
    algorithm,
    hash,
    isCounted: params.has("qop"),
    hidesName: params.get("userhash")?.toLowerCase() === "true",
    cnonce,
    secret: isSession ? hashed(hash, account, nonce, cnonce) : account,
  };
};

/** A header holds ASCII alone; other names have a form of their own (RFC 8187). */
const nameIn = ({ hash, realm, hidesName }: DigestSession, username: string): string => {
  if (hidesName) return `username=${quoted(hashed(hash, username, realm))}, userhash=true`;
  return /^[\x20-\x7e]*$/.test(username)
    ? `username=${quoted(username)}`
    : `username*=UTF-8''${encodeURIComponent(username).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)}`;
};

/** The Authorization of one call, the `count`th of its session. */
export const authorizationOf = (options: {
  readonly session: DigestSession;
  readonly username: string;
  readonly method: string;
  /** As it stands in the call's first line. */
  readonly uri: string;
  readonly count: number;
}): string => {
  const { session, username, method, uri, count } = options;
  const { hash, secret, realm, nonce, cnonce, opaque, algorithm, isCounted } = session;
  const call = hashed(hash, method, uri);
  const nc = count.toString(16).padStart(8, "0");
  const response = isCounted
    ? hashed(hash, secret, nonce, nc, cnonce, "auth", call)
    : hashed(hash, secret, nonce, call);
  const parts = [
    nameIn(session, username),
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `response=${quoted(response)}`,
    ...(algorithm === null ? [] : [`algorithm=${algorithm}`]),
    ...(isCounted ? ["qop=auth", `nc=${nc}`] : []),
    ...(isCounted || /-sess$/i.test(algorithm ?? "") ? [`cnonce=${quoted(cnonce)}`] : []),
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
  ];
  return `Digest ${parts.join(", ")}`;
};
