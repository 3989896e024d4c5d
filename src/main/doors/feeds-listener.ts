import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock, Log } from "../../core/ports.ts";
import type { Problem } from "../../shared/problem.ts";
import { traceOf } from "./caught.ts";
import { type KeptDoor, keepDoor, type Standing } from "./http/await-port.ts";
import { type CertificateFiles, readPair, watchCertificate } from "./http/certificate.ts";
import { type FeedAnswer, type FeedAnswers, tokenIn, tooMany } from "./http/feed-answers.ts";
import { listen, reachableAt } from "./http/listen.ts";
import { oneByOne } from "./http/turns.ts";

/** Calendar programs send little and read at once. */
const limits = {
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  maxHeaderSize: 8192,
} as const;
const stalledMs = 30_000;

const always = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
} as const;

type Refusal = Omit<FeedAnswer, "status"> & { readonly status: FeedAnswer["status"] | 400 | 405 | 500 };

const plain = (status: Refusal["status"], text: string, headers: Refusal["headers"] = {}): Refusal => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers },
  body: `${text}\n`,
});

/** One and the same, whether the address never was, was revoked, or is no calendar's at all. */
const nothing = plain(404, "There is nothing at this address.");
const notAllowed = plain(405, "This address takes GET and HEAD.", { allow: "GET, HEAD" });
const noBody = plain(400, "A request here has no body.", { connection: "close" });
const broken = plain(500, "Something went wrong inside Avspark; its log says more.");

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

const answerTo = async (feeds: FeedAnswers, request: IncomingMessage): Promise<Refusal> => {
  const { method, url = "", headers, socket } = request;
  if (method !== "GET" && method !== "HEAD") return notAllowed;
  if (hasBody(request)) return noBody;
  const token = tokenIn(url);
  const content = token === null ? null : feeds.find(token);
  if (token !== null && content !== null) return feeds.answer(token, content, headers);
  const wait = feeds.missed(socket.remoteAddress ?? "");
  return wait > 0 ? tooMany(wait) : nothing;
};

type FeedsListenerOptions = {
  readonly place: { readonly host: string; readonly port: number };
  readonly feeds: FeedAnswers;
  /** What TLS is spoken with; null: none is spoken. Files that cannot be used keep the door shut. */
  readonly tls: CertificateFiles | null;
  readonly clock: Pick<Clock, "now" | "after">;
  readonly log: Log;
  /** What is wrong with the certificate while the door is open; null: nothing any more. */
  readonly onCertificate: (problem: Problem | null) => void;
  readonly onState: (state: Standing<{ readonly address: string }>) => void;
};

/**
 * The door to the outside for calendars with secret addresses, and for nothing else. It stands by itself: while it cannot
 * open, for whatever reason, all else goes on, and it is tried again.
 */
export const keepFeedsListener = (options: FeedsListenerOptions): Promise<KeptDoor<{ readonly address: string }>> => {
  const { place, feeds, tls, clock, log, onState } = options;
  const send = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, headers, body } = await answerTo(feeds, request).catch((error: unknown) => {
      log.error("a calendar feed could not be answered", traceOf(error));
      return broken;
    });
    response.writeHead(status, { ...always, ...headers });
    response.end(request.method === "HEAD" || body === null ? undefined : body);
  };
  let stop = async (): Promise<void> => undefined;
  const onProblem = (problem: Problem | null): void => {
    if (problem !== null) log.error(`${problem.message} Until then the certificate that was read before is used.`);
    options.onCertificate(problem);
  };
  return keepDoor({
    listen: async () => {
      const pair = tls === null ? null : readPair(tls, clock.now());
      const { port, close, renew } = await listen(
        { ...place, socket: null },
        oneByOne((request, response) => {
          request.socket.setTimeout(stalledMs, () => request.socket.destroy());
          void send(request, response);
        }),
        { limits, portSetting: "AVSPARK_FEEDS_PORT", tls: pair },
      );
      const watching =
        tls === null || pair === null ? null : watchCertificate({ files: tls, pair, clock, onPair: renew, onProblem });
      stop = async () => {
        watching?.stop();
        await close();
      };
      return { address: reachableAt(place.host, port, pair === null ? "http" : "https") };
    },
    shut: () => stop(),
    waitsFor: () => true,
    clock,
    onState: (state) => {
      if (state.open) log.info("listening for calendar feeds", { address: state.address });
      else log.error(`${state.problem.message} Until then nobody outside reaches the calendars with secret addresses.`);
      onState(state);
    },
  });
};
