import { createHash, timingSafeEqual } from "node:crypto";
import { hostname, networkInterfaces } from "node:os";
import { failed, type Problem } from "../../shared/problem.ts";

/** What the guard looks at in a request's head. */
export type Head = {
  readonly method: string;
  /** Its path may be asked for without the token. */
  readonly open: boolean;
  /** Its path is itself a secret that was given to whoever asks. */
  readonly holdsSecret: boolean;
  /** Our port it came in by; null: the Unix socket or named pipe, which no web page can reach. */
  readonly port: number | null;
  readonly hasBody: boolean;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly contentType: string | undefined;
  readonly authorization: string | undefined;
};

type GuardOptions = {
  /** The configured address. */
  readonly host: string;
  readonly token: string | null;
};

/**
 * Decides from the head alone whether a request is heard; null: it is. The danger is not the person at the machine but a
 * web page in their browser: it can send requests here, and by DNS rebinding even read the answers.
 */
export const createGuard = ({ host, token }: GuardOptions) => {
  const holdsToken = token === null ? () => true : bearerCheck(token);
  const hostsByPort = new Map<number, ReadonlySet<string>>();
  const hosts = (port: number): ReadonlySet<string> => {
    const known = hostsByPort.get(port) ?? hostsFor(host, port);
    hostsByPort.set(port, known);
    return known;
  };
  const refusal = (head: Head): Problem | null => {
    const trusted = holdsToken(head.authorization);
    // Listening on every address, it goes by names that it cannot know. A page that was rebound to it cannot know the token.
    const isKnown = (token !== null && trusted) || head.holdsSecret;
    const vouched = head.port === null || (isEverywhere(host) && isKnown);
    if (!vouched && !hosts(head.port).has(head.host?.toLowerCase() ?? "")) return refusals.host;
    if (!ownOrigin(head)) return refusals.origin;
    if (!trusted && !head.open && !head.holdsSecret) return refusals.token;
    return head.method === "POST" && !isJson(head) ? refusals.mediaType : null;
  };
  return { refusal, demandsToken: token !== null, trusts: holdsToken };
};
export type Guard = ReturnType<typeof createGuard>;

const refusals = {
  host: failed("host-refused", "The Host header does not name this service.").problem,
  origin: failed("origin-refused", "Requests from web pages of other origins are refused.").problem,
  token: failed("unauthorized", "This needs the token: send it as Authorization: Bearer, then the token.").problem,
  mediaType: failed("unsupported-media-type", "Send JSON in UTF-8, with Content-Type: application/json.").problem,
};

/** Browsers name the page a request comes from; programs do not. */
const ownOrigin = ({ host, origin, fetchSite }: Head): boolean =>
  (fetchSite === undefined || fetchSite === "same-origin" || fetchSite === "none") &&
  (origin === undefined || (host !== undefined && origin.toLowerCase() === `http://${host.toLowerCase()}`));

/** A form can be posted across origins without asking first; JSON cannot. */
const isJson = ({ contentType, hasBody }: Head): boolean =>
  contentType === undefined ? !hasBody : /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType);

/** Compares digests, so that neither the content nor the length of the secret shows in the time it takes. */
export const secretCheck = (secret: string) => {
  const wanted = digest(secret);
  return (given: string): boolean => timingSafeEqual(digest(given), wanted);
};

const bearerCheck = (token: string) => {
  const holds = secretCheck(token);
  return (authorization: string | undefined): boolean => {
    const given = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
    return given !== undefined && holds(given);
  };
};
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

export const isEverywhere = (host: string): boolean => host === "0.0.0.0" || host === "::";

/** Every Host header that means us, for a given address and port. */
const hostsFor = (host: string, port: number): ReadonlySet<string> => {
  const own = isEverywhere(host)
    ? [hostname(), ...Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))]
    : [host];
  const names = ["localhost", "127.0.0.1", "::1", ...own].map(bracketed).map((name) => name.toLowerCase());
  // Clients leave out the port that is HTTP's own.
  return new Set(names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
};

/** An IPv6 address stands in brackets in a Host header and in a URL. */
export const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host);
