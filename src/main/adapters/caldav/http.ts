import * as http from "node:http";
import * as https from "node:https";
import { acceptedCodings, unpack } from "../unpack.ts";
import { badAnswer, CaldavProblem, refused, tooLarge, unanswered } from "./caldav-problem.ts";
import type { DavKind } from "./kind.ts";
import { createSignIn } from "./sign-in.ts";

/** As many calls as may be under way at once, each on a connection that is kept alive where the server allows it. */
const maxSockets = 4;
const mostRedirects = 5;
/** A nonce may grow old while a call is on its way, and the next one as well where other calls use it up. */
const signInAttempts = 6;
/** No calendar of matches is as large. */
const maxMegabytes = 64;
const maxBytes = maxMegabytes * 1024 * 1024;

export type HttpOptions = {
  readonly username: string;
  readonly password: string;
  /** PEM: the authority that signed the server's certificate, when it is not a public one. */
  readonly ca: string | null;
  /** Without a byte from the server. */
  readonly idleMs: number;
  /** For a whole call. */
  readonly timeoutMs: number;
  readonly now: () => number;
  /** What messages call what is there. */
  readonly words: DavKind["words"];
};

export type Request = {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};

/** `url`: where the answer came from, after redirects. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: string; readonly url: URL };

export type DavHttp = {
  /** Only successes; the rest is a CaldavProblem. */
  readonly send: (request: Request) => Promise<Answer>;
  readonly close: () => void;
};

const read = async (response: http.IncomingMessage, server: string, words: DavKind["words"]): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(server, maxMegabytes, words);
    chunks.push(chunk);
  }
  const unpacked = await unpack(Buffer.concat(chunks), response.headers["content-encoding"], maxBytes);
  if (unpacked.ok) return unpacked.body.toString("utf8");
  throw unpacked.why === "too-large" ? tooLarge(server, maxMegabytes, words) : badAnswer(server, words);
};

const headersOf = (response: http.IncomingMessage): Headers => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headersDistinct)) headers.set(name, (value ?? []).join(", "));
  return headers;
};

/** Only to the same host, and never from https to http: the password travels along. */
const redirected = (from: URL, location: string | null, words: DavKind["words"]): URL => {
  const to = URL.canParse(location ?? "", from.href) ? new URL(location ?? "", from.href) : null;
  if (to === null) throw badAnswer(from.hostname, words);
  const isSafe = to.protocol === from.protocol || (from.protocol === "http:" && to.protocol === "https:");
  if (to.hostname === from.hostname && isSafe) return to;
  throw new CaldavProblem({
    kind: "calendar-bad-answer",
    message: `${from.hostname} sends us on to ${to.origin}, and the password goes nowhere but to the host it was given for.`,
  });
};

/**
 * HTTP with the habits we need: kept-alive connections that end with `close`, time limits, a password that never leaves its
 * host, and never a retry of its own, since the engine retries.
 */
export const createDavHttp = (options: HttpOptions): DavHttp => {
  const { words } = options;
  const settings = { keepAlive: true, maxSockets, maxFreeSockets: maxSockets };
  const agents = {
    "http:": new http.Agent(settings),
    "https:": new https.Agent({ ...settings, ...(options.ca === null ? {} : { ca: options.ca }) }),
  };
  const signIn = createSignIn(options);
  const underWay = new Set<http.ClientRequest>();

  const once = async ({ method, url, headers, body }: Request, authorization: string | null): Promise<Answer> => {
    const secure = url.protocol === "https:";
    const call = (secure ? https : http).request(url.href, {
      method,
      headers: {
        ...headers,
        ...(authorization === null ? {} : { authorization }),
        "user-agent": "avspark",
        "accept-encoding": acceptedCodings,
        ...(body === null ? {} : { "content-length": Buffer.byteLength(body) }),
      },
      agent: secure ? agents["https:"] : agents["http:"],
      timeout: options.idleMs,
    });
    // Once the answer has begun, Node calls everything that ends it "aborted".
    let isLate = false;
    const giveUp = (): void => {
      isLate = true;
      call.destroy(new Error("too late"));
    };
    call.once("timeout", giveUp);
    const deadline = setTimeout(giveUp, options.timeoutMs);
    underWay.add(call);
    try {
      const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
        call.once("response", resolve).once("error", reject);
        call.end(body ?? undefined);
      });
      const text = await read(response, url.hostname, words);
      return { status: response.statusCode ?? 0, headers: headersOf(response), body: text, url };
    } catch (error) {
      throw unanswered(isLate ? { code: "ETIMEDOUT" } : error, url.hostname, words);
    } finally {
      clearTimeout(deadline);
      underWay.delete(call);
    }
  };

  /** Signs in as the server asks for it. */
  const signedIn = async (request: Request): Promise<Answer> => {
    for (let attempt = 1; ; attempt += 1) {
      const sent = signIn.sent(request.method, request.url);
      const answer = await once(request, sent.header);
      const { status, headers } = answer;
      if (status !== 401) {
        signIn.accepted(sent, headers.get("authentication-info"));
        return answer;
      }
      if (!signIn.refused(sent, headers.get("www-authenticate")) || attempt === signInAttempts) return answer;
    }
  };

  return {
    send: async (request) => {
      let { url } = request;
      for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
        const answer = await signedIn({ ...request, url });
        const { status, headers, body } = answer;
        if (status >= 200 && status < 300) return answer;
        if (![301, 302, 307, 308].includes(status)) {
          throw refused({ status, headers, body, server: url.hostname, words }, options.now());
        }
        url = redirected(url, headers.get("location"), words);
      }
      throw badAnswer(url.hostname, words);
    },
    close: () => {
      for (const call of underWay) call.destroy(new Error("closed"));
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
};
