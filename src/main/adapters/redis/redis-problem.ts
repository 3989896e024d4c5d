import { errorCode } from "../../../core/error-name.ts";
import type { PortProblem } from "../../../core/port-kinds.ts";

/** What the port lets us say of Redis. */
export type RedisProblem = PortProblem<"subscription">;

/** Where and how we tried, for the sentence. Nothing of it is secret. */
export type Attempted = {
  readonly label: string;
  readonly tls: boolean;
  readonly signedIn: boolean;
  /** Where the address stands. */
  readonly setting: RedisSetting;
};
export type RedisSetting = "REDIS_URL" | "AVSPARK_CLUSTER_URL";

type Sentence = (attempted: Attempted) => string;

/** What Redis itself answers: the first word of an error reply. */
const replies: Readonly<Record<string, readonly [RedisProblem["kind"], Sentence]>> = {
  NOAUTH: ["redis-auth-required", ({ setting }) => `Redis wants a password and ${setting} has none.`],
  WRONGPASS: ["redis-auth-wrong", ({ setting }) => `Redis does not accept the user name and password in ${setting}.`],
  NOPERM: ["redis-no-permission", () => "The Redis user lacks a permission that listening needs."],
  DENIED: [
    "redis-auth-required",
    () => "Redis runs in protected mode: without a password it serves its own machine only.",
  ],
};

/** What Redis answers when something is wrong with itself, and not with who asks. */
const troubles: Readonly<Record<string, string>> = {
  LOADING: "Redis is still loading its data.",
  BUSY: "Redis is busy with a script that takes long.",
  MISCONF: "Redis cannot save its data to disk, and takes no writes.",
  OOM: "Redis has used all the memory that it may.",
  READONLY: "Redis is a replica that takes no writes.",
  NOREPLICAS: "Redis has fewer replicas than it was told to have, and takes no writes.",
  MASTERDOWN: "Redis is a replica that has lost its master.",
  CLUSTERDOWN: "The Redis cluster is down.",
};

/** What the operating system says. */
const systemCodes: Readonly<Record<string, readonly [RedisProblem["kind"], Sentence]>> = {
  ECONNREFUSED: ["redis-unreachable", ({ label }) => `Nothing listens at ${label}.`],
  ENOTFOUND: ["redis-unreachable", ({ label }) => `The host name of ${label} is not known.`],
  EAI_AGAIN: ["redis-unreachable", ({ label }) => `The host name of ${label} cannot be looked up now.`],
  EHOSTUNREACH: ["redis-unreachable", ({ label }) => `The host of ${label} cannot be reached.`],
  ENETUNREACH: ["redis-unreachable", ({ label }) => `The network of ${label} cannot be reached.`],
  EHOSTDOWN: ["redis-unreachable", ({ label }) => `The host of ${label} is down.`],
  EADDRNOTAVAIL: ["redis-unreachable", ({ label }) => `${label} is no address that can be reached.`],
  EACCES: ["redis-unreachable", ({ label }) => `This machine does not allow connections to ${label}.`],
  EPERM: ["redis-unreachable", ({ label }) => `This machine does not allow connections to ${label}.`],
  ETIMEDOUT: ["redis-timeout", ({ label }) => `${label} did not answer in time.`],
  ERR_SSL_WRONG_VERSION_NUMBER: [
    "redis-protocol",
    ({ label, setting }) => `${label} does not speak TLS; try redis:// in ${setting}.`,
  ],
  ERR_SSL_PACKET_LENGTH_TOO_LONG: [
    "redis-protocol",
    ({ label, setting }) => `${label} does not speak TLS; try redis:// in ${setting}.`,
  ],
};

/** What TLS says; the first pattern that fits the code. */
const certificateCodes: readonly (readonly [RegExp, string])[] = [
  [/HAS_EXPIRED/, "The Redis server's certificate has expired."],
  [/NOT_YET_VALID/, "The Redis server's certificate is not valid yet."],
  [/ALTNAME_INVALID/, "The Redis server's certificate is for another host name."],
  [
    /SELF_SIGNED|UNABLE_TO_|SIGNATURE|CERT_UNTRUSTED|INVALID_CA/,
    "The Redis server's certificate is signed by nobody we trust.",
  ],
  [/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE/, "The Redis server wants a client certificate."],
  [
    /UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|DECRYPT_ERROR|ALERT_CERTIFICATE/,
    "The Redis server does not accept our client certificate.",
  ],
  [/KEY_VALUES_MISMATCH/, "The client certificate and its key do not belong together."],
  [/^ERR_OSSL/, "A certificate file is not PEM, or its key cannot be read."],
  [/^ERR_SSL|^ERR_TLS|^EPROTO|CERT|CRL/, "The TLS connection to Redis could not be made."],
];

/** A refusal that says who we are not, or must be: the connection has to be made anew. */
const unsigned: ReadonlySet<string> = new Set(["NOAUTH", "WRONGPASS", "DENIED"]);

/**
 * What an error reply to a probe says: `trouble` is what is wrong with the server, where it says so. null: it was no reply,
 * or one after which this connection is of no more use.
 */
export const answerIn = (error: unknown): { readonly trouble: RedisProblem | null } | null => {
  if (!(error instanceof Error) || error.name !== "ReplyError") return null;
  const word = firstWord(error.message);
  return unsigned.has(word) ? null : { trouble: troubleIn(word) };
};

const firstWord = (message: string): string => /^[A-Z]+/.exec(message)?.[0] ?? "";

const troubleIn = (word: string): RedisProblem | null => {
  const message = troubles[word];
  return message === undefined ? null : { kind: "redis-degraded", message };
};

/** Any error on the way to Redis as a problem. Its text is never passed on: it may hold what should not be shown. */
export const redisProblem = (error: unknown, attempted: Attempted): RedisProblem => {
  const { code, message } = textsOf(error);
  const word = firstWord(message);
  const known = systemCodes[code] ?? replies[word];
  if (known !== undefined) return { kind: known[0], message: known[1](attempted) };
  const trouble = troubleIn(word);
  if (trouble !== null) return trouble;
  const certificate = certificateCodes.find(([pattern]) => pattern.test(code));
  if (certificate !== undefined) return { kind: "redis-certificate", message: certificate[1] };
  if (/max number of clients/i.test(message))
    return { kind: "redis-unreachable", message: "Redis has no connection free: its maxclients is reached." };
  if (/RESP type|Protocol error|^ERR /i.test(message))
    return { kind: "redis-protocol", message: strangeSpeech(attempted) };
  return closedProblem(attempted);
};

const strangeSpeech = ({ label, tls }: Attempted): string =>
  tls ? `What answers at ${label} is not Redis.` : `What answers at ${label} is not Redis, or wants TLS (rediss://).`;

/** The server closed the connection and said nothing. */
export const closedProblem = ({ label, tls, signedIn }: Attempted): RedisProblem => ({
  kind: "redis-closed",
  message:
    signedIn || tls
      ? `Redis at ${label} closed the connection.`
      : `${label} closed the connection before it answered; it may want TLS (rediss://).`,
});

export const overrunProblem = ({ label }: Attempted): RedisProblem => ({
  kind: "redis-overrun",
  message: `Redis at ${label} closed the connection in the middle of a flood of messages: probably its output limit for subscribers.`,
});

const textsOf = (error: unknown): { readonly code: string; readonly message: string } => ({
  code: errorCode(error) ?? "",
  message: error instanceof Error ? error.message : "",
});
