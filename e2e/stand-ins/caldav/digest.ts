import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** How a server asks for Digest. Written after RFC 7616 by itself: it shares nothing with the client. */
export type DigestRules = {
  readonly algorithms: readonly string[];
  /** null: as in RFC 2069. */
  readonly qop: string | null;
  /** A nonce is old after so many calls. */
  readonly uses: number;
  /** The next nonce comes with every answer. */
  readonly names: boolean;
  /** It says that an old nonce is only old. */
  readonly saysStale: boolean;
};

const hashes: Readonly<Record<string, string>> = { MD5: "md5", "SHA-256": "sha256", "SHA-512-256": "sha512-256" };
const realm = 'Calendars of "Göteborg"'.normalize("NFC").replace("ö", "o");
const opaque = "op,aque==";

const fieldsOf = (header: string): ReadonlyMap<string, string> =>
  new Map(
    [...header.matchAll(/([\w*]+)=(?:"((?:\\.|[^"\\])*)"|([^,\s]+))/g)].map(([, name = "", quoted, bare]) => [
      name,
      quoted === undefined ? (bare ?? "") : quoted.replace(/\\(.)/g, "$1"),
    ]),
  );

/** Lets in who knows the password, every call counted once and in any order. */
export const createDigestGuard = (username: string, password: string, rules: DigestRules) => {
  const nonces = new Map<string, Set<string>>();
  let made = 0;
  const newNonce = (): string => {
    made += 1;
    const nonce = `nonce/${made}+=`;
    nonces.set(nonce, new Set());
    return nonce;
  };

  const challenge = (response: ServerResponse, stale: boolean): false => {
    const nonce = newNonce();
    const escaped = realm.replaceAll('"', '\\"');
    const offers = rules.algorithms.map(
      (algorithm) =>
        `Digest realm="${escaped}", nonce="${nonce}", opaque="${opaque}", algorithm=${algorithm}${
          rules.qop === null ? "" : `, qop="${rules.qop}"`
        }${stale && rules.saysStale ? ", stale=true" : ""}`,
    );
    response.writeHead(401, { "www-authenticate": offers }).end();
    return false;
  };

  return {
    /** How many times somebody sent the password itself. */
    overheard: 0,
    /** Answers whether the call may go on; otherwise it has been answered. */
    lets(request: IncomingMessage, response: ServerResponse): boolean {
      const header = request.headers.authorization ?? "";
      if (header.startsWith("Basic ")) this.overheard += 1;
      if (!header.startsWith("Digest ")) return challenge(response, false);
      const said = fieldsOf(header);
      const [algorithm = "MD5", isSession] = (said.get("algorithm") ?? "MD5").split(/(?=-sess$)/);
      const hash = (...parts: readonly (string | undefined)[]): string =>
        createHash(hashes[algorithm] ?? "md5")
          .update(parts.join(":"))
          .digest("hex");
      const nonce = said.get("nonce") ?? "";
      const used = nonces.get(nonce);
      const account = hash(username, realm, password);
      const secret = isSession === undefined ? account : hash(account, nonce, said.get("cnonce"));
      const call = hash(request.method, request.url);
      const expected =
        rules.qop === null
          ? hash(secret, nonce, call)
          : hash(secret, nonce, said.get("nc"), said.get("cnonce"), "auth", call);
      const isRight =
        said.get("username") === username &&
        said.get("realm") === realm &&
        said.get("opaque") === opaque &&
        said.get("uri") === request.url &&
        rules.algorithms.includes(said.get("algorithm") ?? "MD5") &&
        (rules.qop === null ? !said.has("qop") : said.get("qop") === "auth") &&
        said.get("response") === expected;
      if (!isRight) return challenge(response, false);
      const count = said.get("nc") ?? String(used?.size);
      if (used === undefined || used.size >= rules.uses) return challenge(response, true);
      // The same count twice is somebody who repeats what they have overheard.
      if (used.has(count)) return challenge(response, false);
      used.add(count);
      if (rules.names) response.setHeader("authentication-info", `qop=auth, nextnonce="${newNonce()}"`);
      return true;
    },
  };
};
export type DigestGuard = ReturnType<typeof createDigestGuard>;
