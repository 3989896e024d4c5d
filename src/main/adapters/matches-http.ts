import type { IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { errorCode } from "../../core/error-name.ts";
import { readMatchList } from "../../core/feed/decode/answer.ts";
import type { PortProblem } from "../../core/port-kinds.ts";
import { portError, raiseFor } from "../../core/port-problem.ts";
import type { AbortSignalLike, MatchSource } from "../../core/ports.ts";
import { readWebAddress } from "../../shared/address/web.ts";
import { parseJson } from "../../shared/json/read.ts";
import { ProblemError } from "../../shared/problem.ts";
import { request as requestHttp } from "../http.ts";
import { readRegularFile } from "./regular-file.ts";
import { decodeText } from "./text.ts";
import { acceptedCodings, unpack } from "./unpack.ts";

const raise = raiseFor("source");
type SourceProblem = PortProblem<"source">;

export type MatchSourceOptions = {
  readonly url: string;
  /** PEM: the authority that signed the server's certificate, when it is not a public one. Read at each fetch. */
  readonly caFile?: string | null;
  /** For everything, from the first connection to the last byte. */
  readonly timeoutMs?: number;
  /** Without a byte. */
  readonly idleMs?: number;
  readonly maxBytes?: number;
};

const mostRedirects = 5;

/** The full match list by GET. Every bad answer is a problem of its own, never an empty list. */
export const createMatchSource = (options: MatchSourceOptions): MatchSource => {
  const { url, caFile = null, timeoutMs = 30_000, idleMs = 10_000, maxBytes = 64 * 1024 * 1024 } = options;
  return {
    fetch: async (etag, signal) => {
      const deadline = createDeadline({ timeoutMs, idleMs, signal });
      try {
        const response = await follow(await startOf(url, caFile), etag, deadline);
        const { statusCode: status = 0, headers } = response;
        if (status === 304 && etag !== null) return { kind: "unchanged" };
        if (status < 200 || status > 299) return raise("source-status", `The source answers with status ${status}.`);
        const body = await read(response, maxBytes, deadline);
        const matches = readMatchList(parse(body, headers["content-type"] ?? ""));
        return { kind: "list", matches, etag: headers.etag ?? null, bytes: body.length };
      } catch (error) {
        const late = deadline.problem();
        if (late === null && error instanceof ProblemError) throw error;
        throw portError("source", late ?? networkProblem(error), error);
      } finally {
        deadline.end();
      }
    },
  };
};

type Start = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** null: the public authorities. */
  readonly ca: string | null;
};

const authorityIn = async (file: string | null): Promise<string | null> => {
  try {
    return file === null ? null : (await readRegularFile(file)).toString("utf8");
  } catch {
    const name = "AVSPARK_MATCHES_TLS_CA_FILE";
    return raise("configuration-invalid", `The file named in ${name} cannot be read.`, name);
  }
};

/** The address without its credentials, which go into a header: no message can then repeat them. */
const startOf = async (text: string, caFile: string | null): Promise<Start> => {
  const address = readWebAddress(text);
  if (!address.ok) {
    const message = `AVSPARK_MATCHES_URL should be ${address.expected.en}.`;
    return raise("configuration-invalid", message, "AVSPARK_MATCHES_URL");
  }
  const { href, username, password } = address.value;
  const headers = { Accept: "application/json", "Accept-Encoding": acceptedCodings, "User-Agent": "avspark" };
  const [url, ca] = [new URL(href), await authorityIn(caFile)];
  if (username === "" && password === "") return { url, headers, ca };
  const credentials = Buffer.from(`${username}:${password}`).toString("base64");
  return { url, headers: { ...headers, Authorization: `Basic ${credentials}` }, ca };
};

/** Not by fetch: it refuses a list of ports that other programs were once found on, such as 10080. */
const get = ({ url, headers, ca }: Start, { signal }: Deadline): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = url.protocol === "https:" ? requestHttps : requestHttp;
    request(url, { headers, signal, agent: false, ...(ca === null ? {} : { ca }) }, resolve)
      .once("error", reject)
      .end();
  });

const follow = async (start: Start, etag: string | null, deadline: Deadline): Promise<IncomingMessage> => {
  const headers = { ...start.headers, ...(etag === null ? {} : { "If-None-Match": etag }) };
  let url = start.url;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await get({ url, headers, ca: start.ca }, deadline);
    const { location } = response.headers;
    if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0) || location === undefined) return response;
    response.destroy();
    url = redirected(url, location);
  }
  return raise("source-redirect", `The source redirects more than ${mostRedirects} times.`);
};

/** Only to the same host, and never from https to http: our credentials travel along. */
const redirected = (from: URL, location: string): URL => {
  const to = URL.canParse(location, from.href)
    ? new URL(location, from.href)
    : raise("source-redirect", "The source redirects to nowhere.");
  if (to.hostname !== from.hostname) return raise("source-redirect", "The source redirects to another host.");
  const safe = to.protocol === from.protocol || (from.protocol === "http:" && to.protocol === "https:");
  return safe ? to : raise("source-redirect", "The source redirects from https to something less safe.");
};

const read = async (response: IncomingMessage, maxBytes: number, deadline: Deadline): Promise<Buffer> => {
  const tooLarge = (): never =>
    raise("source-too-large", `The source's answer is larger than ${Math.round(maxBytes / 1024 / 1024)} MB.`);
  if (Number(response.headers["content-length"] ?? 0) > maxBytes) tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response.iterator({ destroyOnReturn: true })) {
      deadline.alive();
      size += chunk.length;
      if (size > maxBytes) tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    return raise("source-incomplete", "The source's answer breaks off.");
  }
  const unpacked = await unpack(Buffer.concat(chunks), response.headers["content-encoding"], maxBytes);
  if (unpacked.ok) return unpacked.body;
  switch (unpacked.why) {
    case "too-large":
      return tooLarge();
    case "broken":
      return raise("source-incomplete", "The source's answer breaks off.");
    case "unknown-coding":
      return raise("source-not-json", "The source packs its answer in a way that nobody asked for.");
  }
};

const parse = (body: Buffer, type: string): unknown => {
  const text = decode(body).trim();
  if (text === "") return raise("source-incomplete", "The source answers nothing at all.");
  if (/html/i.test(type) || text.startsWith("<"))
    return raise("source-not-json", "The source answers a web page instead of JSON: perhaps one to sign in.");
  const json = parseJson(text);
  if (json.ok) return json.value;
  if (breaksOff(text)) return raise("source-incomplete", "The source's answer breaks off.");
  return raise("source-not-json", `The source's answer is ${json.reason}.`);
};

/** Whether a text that is not JSON would go on: a bracket or a string is still open at its end. */
const breaksOff = (text: string): boolean => {
  let depth = 0;
  const tokens = /"(?:[^"\\]|\\.)*("?)|[[{]|[\]}]/gs;
  for (const [token, quote] of text.matchAll(tokens)) {
    if (token.startsWith('"')) {
      if (quote === "") return true;
    } else depth += token === "[" || token === "{" ? 1 : -1;
  }
  return depth > 0;
};

const decode = (body: Buffer): string =>
  decodeText(body, "utf-8") ?? raise("source-not-json", "The source's answer is not UTF-8.");

type Deadline = {
  readonly signal: AbortSignal;
  /** A byte came. */
  readonly alive: () => void;
  /** What ended it, if it did. */
  readonly problem: () => SourceProblem | null;
  readonly end: () => void;
};

const createDeadline = (options: {
  readonly timeoutMs: number;
  readonly idleMs: number;
  readonly signal: AbortSignalLike;
}): Deadline => {
  const controller = new AbortController();
  let problem: SourceProblem | null = null;
  const giveUp = (kind: SourceProblem["kind"], message: string): void => {
    problem ??= { kind, message };
    controller.abort();
  };
  const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} seconds`;
  const overall = setTimeout(
    () => giveUp("source-timeout", `The source takes longer than ${seconds(options.timeoutMs)}.`),
    options.timeoutMs,
  );
  const idle = setTimeout(
    () => giveUp("source-timeout", `The source has not sent anything for ${seconds(options.idleMs)}.`),
    options.idleMs,
  );
  const stop = (): void => giveUp("source-unreachable", "The list was no longer wanted.");
  if (options.signal.aborted) stop();
  else options.signal.addEventListener("abort", stop);
  return {
    signal: controller.signal,
    alive: () => void idle.refresh(),
    problem: () => problem,
    end: () => {
      clearTimeout(overall);
      clearTimeout(idle);
    },
  };
};

const sentences: Readonly<Record<string, readonly [SourceProblem["kind"], string]>> = {
  ECONNREFUSED: ["source-unreachable", "Nothing listens at the source's address."],
  ENOTFOUND: ["source-unreachable", "The source's host name is not known."],
  EAI_AGAIN: ["source-unreachable", "The source's host name cannot be looked up now."],
  ECONNRESET: ["source-unreachable", "The source closed the connection before it answered."],
  ETIMEDOUT: ["source-timeout", "The source did not answer in time."],
  EPROTO: [
    "source-unreachable",
    "What answers at the source's address does not speak TLS; try http:// in its address.",
  ],
};

/** Why the request failed. Node's own texts are never passed on. */
const networkProblem = (error: unknown): SourceProblem => {
  const code = errorCode(error) ?? "";
  const [kind, message] = sentences[code] ?? ["source-unreachable", otherwise(code)];
  return { kind, message };
};

const otherwise = (code: string): string => {
  if (/CERT|SIGNED|SIGNATURE|ERR_TLS|ERR_SSL/.test(code)) return "The source's certificate is not trusted.";
  if (code.startsWith("HPE_")) return "What answers at the source's address does not speak HTTP.";
  return "The source cannot be reached.";
};
