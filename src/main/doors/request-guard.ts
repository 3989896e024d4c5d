import { timingSafeEqual } from "node:crypto";
import { hostname, networkInterfaces } from "node:os";
import type { Actor } from "../../core/access/actor.ts";
import { failed, ok, type Problem, type Result } from "../../shared/problem.ts";
import { may, type Role } from "../../shared/role.ts";
import { sha256Bytes } from "../adapters/sha256.ts";

/** What the guard looks at in a request's head. */
export type Head = {
  readonly method: string;
  /** Its path may be asked for without the token. */
  readonly open: boolean;
  /** Its path is itself a secret that was given to whoever asks. */
  readonly holdsSecret: boolean;
  /** What its path takes of those who may not come in without a token. */
  readonly takes: Role;
  /** Secrets go either way: it takes a token also where none is demanded, and from elsewhere encryption. */
  readonly alwaysToken: boolean;
  /** How it came: by TLS of our own, by a proxy that speaks it for us, from this machine, or as anybody could read it. */
  readonly way: "tls" | "proxy" | "local" | "plain";
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
  /** Whether whoever listens does so on every address. */
  readonly isEverywhere: () => boolean;
  readonly access: {
    readonly demandsToken: () => boolean;
    readonly actorOf: (authorization: string | undefined) => Actor | null;
  };
};

/**
 * Decides from the head alone whether a request is heard, and whose it is; null: nobody's that we know, where the path is
 * open or is itself the secret. The danger is not only whoever has no token, but also a web page in the browser of the person
 * at the machine: it can send requests here, and by DNS rebinding even read the answers.
 */
export const createGuard = ({ host, isEverywhere, access }: GuardOptions) => {
  const hostsByPort = new Map<number, ReadonlySet<string>>();
  const hosts = (port: number): ReadonlySet<string> => {
    const known = hostsByPort.get(port) ?? hostsFor(host, port, isEverywhere());
    hostsByPort.set(port, known);
    return known;
  };
  const refusal = (head: Head, actor: Actor | null): Problem | null => {
    // Listening on every address, it goes by names that it cannot know. A page that was rebound to it cannot know the token.
    const isKnown = (access.demandsToken() && actor !== null) || head.holdsSecret;
    // Nor has it a certificate of ours: whoever speaks TLS with us has asked for a name of ours. A proxy asks by any.
    const anyName = isEverywhere() || head.way === "proxy";
    const vouched = head.port === null || head.way === "tls" || (anyName && isKnown);
    if (!vouched && !hosts(head.port).has(head.host?.toLowerCase() ?? "")) return refusals.host;
    if (!ownOrigin(head)) return refusals.origin;
    // Somebody's own token; the one that all share goes on as it did before there were others, but carries no secrets.
    if (actor !== null && head.way === "plain" && (actor.name !== null || head.alwaysToken)) return refusals.encryption;
    if (!head.open && !head.holdsSecret) {
      if (actor === null) return refusals.token;
      if (!may(actor.role, head.takes)) return roleTooLow(head.takes, actor.role);
      // Our port is open to every user of this machine; the socket to its own user alone.
      if (head.alwaysToken && head.port !== null && !access.demandsToken()) return refusals.alwaysToken;
    }
    return head.method === "POST" && !isJson(head) ? refusals.mediaType : null;
  };
  return {
    admit: (head: Head): Result<Actor | null> => {
      const actor = access.actorOf(head.authorization);
      const problem = refusal(head, actor);
      return problem === null ? ok(actor) : { ok: false, problem };
    },
    demandsToken: access.demandsToken,
  };
};
export type Guard = ReturnType<typeof createGuard>;

const roleTooLow = (takes: Role, role: Role): Problem =>
  failed("role-too-low", `This takes a token with the role ${takes}; the one that was sent has the role ${role}.`)
    .problem;

const refusals = {
  host: failed("host-refused", "The Host header does not name this service.").problem,
  origin: failed("origin-refused", "Requests from web pages of other origins are refused.").problem,
  encryption: failed(
    "encryption-required",
    "A token of one's own, and other secrets, travel to another machine by TLS alone.",
  ).problem,
  token: failed("unauthorized", "This needs the token: send it as Authorization: Bearer, then the token.").problem,
  alwaysToken: failed(
    "unauthorized",
    "This takes a token, also where everything else is open to this machine: make one with avspark token add.",
  ).problem,
  mediaType: failed("unsupported-media-type", "Send JSON in UTF-8, with Content-Type: application/json.").problem,
};

/** Browsers name the page a request comes from; programs do not. */
const ownOrigin = ({ host, origin, fetchSite, way }: Head): boolean =>
  (fetchSite === undefined || fetchSite === "same-origin" || fetchSite === "none") &&
  (origin === undefined ||
    (host !== undefined &&
      schemes[way].some((scheme) => origin.toLowerCase() === `${scheme}://${host.toLowerCase()}`)));

const schemes: Readonly<Record<Head["way"], readonly ("http" | "https")[]>> = {
  tls: ["https"],
  proxy: ["https", "http"],
  local: ["http"],
  plain: ["http"],
};

/** A form can be posted across origins without asking first; JSON cannot. */
const isJson = ({ contentType, hasBody }: Head): boolean =>
  contentType === undefined ? !hasBody : /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType);

/** Compares digests, so that neither the content nor the length of the secret shows in the time it takes. */
export const secretCheck = (secret: string) => {
  const wanted = sha256Bytes(secret);
  return (given: string): boolean => timingSafeEqual(sha256Bytes(given), wanted);
};

export const isEverywhere = (host: string): boolean => host === "0.0.0.0" || host === "::";

/** Every Host header that means us, for a given address and port. */
const hostsFor = (host: string, port: number, everywhere: boolean): ReadonlySet<string> => {
  const own = everywhere
    ? [hostname(), ...Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))]
    : [host];
  const names = ["localhost", "127.0.0.1", "::1", ...own].map(bracketed).map((name) => name.toLowerCase());
  // Clients leave out the port that is HTTP's own.
  return new Set(names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
};

/** An IPv6 address stands in brackets in a Host header and in a URL. */
export const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host);
