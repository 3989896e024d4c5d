import type { IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { errorCode } from "../../../core/error-name.ts";
import { type Messenger, MessengerProblem } from "../../../core/outward/messenger.ts";
import type { PortProblem } from "../../../core/port-kinds.ts";
import type { AbortSignalLike } from "../../../core/ports.ts";
import { readWebAddress } from "../../../shared/address/web.ts";
import type { Config } from "../../../shared/config.ts";
import { ProblemError } from "../../../shared/problem.ts";
import { request as requestHttp } from "../../http.ts";
import { answeredAt, retryAfterMs } from "../network-problem.ts";
import { formFor, webhookBody } from "./forms.ts";
import { authorityIn, belowProblem } from "./outward-problem.ts";

type WebhookOptions = {
  readonly url: string;
  readonly form: Config["AVSPARK_NOTIFY_WEBHOOK_FORM"];
  /** PEM: the authority that signed the server's certificate, when it is not a public one. Read at each call. */
  readonly caFile: string | null;
  /** For everything. */
  readonly timeoutMs?: number;
  readonly now: () => number;
};

const setting = "AVSPARK_NOTIFY_WEBHOOK";

/** Notices by POST. The address is a secret: it stands in no message, and no redirect is followed with it. */
export const createWebhook = ({ url: text, form, caFile, timeoutMs = 15_000, now }: WebhookOptions): Messenger => {
  const address = readWebAddress(text);
  const url = address.ok ? new URL(address.value.href) : null;
  const server = url?.hostname ?? "";
  return {
    name: "webhook",
    server,
    send: async (message, signal) => {
      if (!address.ok || url === null)
        throw new MessengerProblem({
          kind: "configuration-invalid",
          message: `${setting} should be ${address.ok ? "" : address.expected.en}.`,
          at: setting,
        });
      const { username, password } = address.value;
      const credentials = Buffer.from(`${username}:${password}`).toString("base64");
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const answer = await post(url, {
          body: webhookBody(formFor(form, url.hostname), message),
          headers: username === "" && password === "" ? {} : { Authorization: `Basic ${credentials}` },
          ca: await authorityIn(caFile),
          signal: AbortSignal.any([timeout, asSignal(signal)]),
        });
        const status = answer.statusCode ?? 0;
        // What it says beyond that is nothing to us.
        answer.destroy();
        if (status >= 200 && status <= 299) return;
        const headers = new Headers(headersOf(answer));
        const wait = retryAfterMs(headers.get("retry-after"), answeredAt(headers, now()));
        throw new MessengerProblem(statusProblem(status, server), { retryAfterMs: wait });
      } catch (error) {
        if (error instanceof ProblemError) throw error;
        const code = timeout.aborted ? "ETIMEDOUT" : (errorCode(error) ?? "no code");
        throw new MessengerProblem(belowProblem(code, server), { cause: error });
      }
    },
  };
};

/** Core knows only a part of what a signal is. */
const asSignal = (signal: AbortSignalLike): AbortSignal => {
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  signal.addEventListener("abort", () => controller.abort());
  return controller.signal;
};

const headersOf = (answer: IncomingMessage): [string, string][] =>
  ["retry-after", "date"].flatMap((name) => {
    const value = answer.headers[name];
    return typeof value === "string" ? [[name, value] as [string, string]] : [];
  });

/** Not by fetch, which takes no authority of ours and refuses ports that other programs were once found on. */
const post = (
  url: URL,
  options: {
    readonly body: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly ca: string | null;
    readonly signal: AbortSignal;
  },
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { body, ca, signal } = options;
    const request = url.protocol === "https:" ? requestHttps : requestHttp;
    const headers = {
      ...options.headers,
      "Content-Type": "application/json; charset=utf-8",
      "Content-Length": Buffer.byteLength(body),
      "User-Agent": "avspark",
    };
    request(url, { method: "POST", headers, signal, agent: false, ...(ca === null ? {} : { ca }) }, resolve)
      .on("error", reject)
      .end(body);
  });

const statusProblem = (status: number, server: string): PortProblem<"messenger"> => {
  const message = `${server} answers with status ${status}.`;
  if (status >= 300 && status <= 399) return { kind: "messenger-redirect", message, at: setting };
  if (status === 401 || status === 403) return { kind: "messenger-sign-in", message, at: setting };
  if (status === 404 || status === 410) return { kind: "messenger-not-found", message, at: setting };
  if (status === 408 || status === 425 || status === 429 || status >= 500) return { kind: "messenger-busy", message };
  return { kind: "messenger-rejected", message };
};
