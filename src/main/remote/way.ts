import type { IncomingMessage, RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { isLoopback } from "../../core/config/together.ts";
import { errorCode } from "../../core/error-name.ts";
import { unbracketed } from "../../shared/address/host.ts";
import type { Config } from "../../shared/config.ts";
import { failed, type Problem, ProblemError, raise } from "../../shared/problem.ts";
import { protocol, protocolHeader } from "../../shared/protocol.ts";
import { readRegularFile } from "../adapters/regular-file.ts";
import { acceptedCodings } from "../adapters/unpack.ts";
import { request as requestHttp } from "../http.ts";
import type { Question } from "../question.ts";

/** How to reach a service: by whichever of its addresses answers. */
export type Way = {
  readonly addresses: readonly string[];
  readonly token: string | null;
  /** PEM file of the only authority that is trusted; null: the public ones. */
  readonly caFile: string | null;
};

type ServiceConfig = Pick<Config, "AVSPARK_SERVICE_URL" | "AVSPARK_SERVICE_TOKEN" | "AVSPARK_SERVICE_CA_FILE">;

/** null: the service is in this very process. */
export const wayOf = (config: ServiceConfig): Way | null =>
  config.AVSPARK_SERVICE_URL.length === 0
    ? null
    : {
        addresses: config.AVSPARK_SERVICE_URL,
        token: config.AVSPARK_SERVICE_TOKEN,
        caFile: config.AVSPARK_SERVICE_CA_FILE,
      };

type Asking = {
  readonly way: Pick<Way, "token" | "caFile">;
  readonly address: string;
  readonly signal: AbortSignal;
};

/** Asks; answers when the head of the answer is there. Rejects with ProblemError, in words of our own. */
export const ask = async (question: Question, { way, address, signal }: Asking): Promise<IncomingMessage> => {
  const url = new URL(address + question.path);
  // The token, and what it opens, would lie open to everybody on the way.
  if (url.protocol !== "https:" && !isLoopback(unbracketed(url.hostname)))
    return raise("service-insecure", `The way to ${url.host} is not encrypted.`, "AVSPARK_SERVICE_URL");
  const options: RequestOptions & { readonly ca?: Buffer } = {
    method: question.method,
    agent: false,
    signal,
    headers: {
      "accept-encoding": acceptedCodings,
      [protocolHeader]: String(protocol.number),
      ...question.headers,
      ...(way.token === null ? {} : { authorization: `Bearer ${way.token}` }),
      ...(question.body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(way.caFile === null ? {} : { ca: await authorityIn(way.caFile) }),
  };
  return new Promise((resolve, reject) => {
    const start = url.protocol === "https:" ? requestHttps : requestHttp;
    const request = start(url, options, resolve);
    request.once("error", (error) => reject(new ProblemError(troubleOf(error, url), {}, { cause: error })));
    request.setNoDelay(true);
    request.end(question.body);
  });
};

const authorityIn = async (file: string): Promise<Buffer> => {
  try {
    return await readRegularFile(file);
  } catch {
    const name = "AVSPARK_SERVICE_CA_FILE";
    return raise("configuration-invalid", `The file named in ${name} cannot be read.`, name);
  }
};

/** OpenSSL's and Node's words for a certificate that is not as it must be. */
const certificates = /CERT|SIGNED|SIGNATURE|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_/;

/** What a failure on the way means. Node's own texts are never passed on. */
export const troubleOf = (error: unknown, { host }: Pick<URL, "host">): Problem => {
  const code = errorCode(error) ?? "";
  if (certificates.test(code))
    return failed("service-certificate", `The certificate of ${host} cannot be trusted (${code}).`).problem;
  if (code.startsWith("HPE_") || code === "EPROTO" || code.startsWith("ERR_SSL_"))
    return failed("service-strange", `What answers at ${host} does not speak as its address says (${code}).`).problem;
  return failed("service-unreachable", `${host} ${causes[code] ?? "cannot be reached"}.`).problem;
};

const causes: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refuses connections: nothing listens there",
  ENOTFOUND: "is a name that nobody knows",
  EAI_AGAIN: "is a name that cannot be looked up now",
  ECONNRESET: "has closed the connection",
  ABORT_ERR: "does not answer in time",
};
