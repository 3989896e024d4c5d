import { z } from "zod";

/** What takes notices out of the machine. */
export const messengerKinds = [
  "messenger-unreachable",
  "messenger-timeout",
  "messenger-certificate",
  "messenger-sign-in",
  "messenger-not-found",
  "messenger-redirect",
  "messenger-rejected",
  "messenger-busy",
] as const;

/**
 * Every kind of trouble Avspark can be in. The set is closed: a new failure gets a kind here, its HTTP status below and
 * its advice in advice.ts, and the compiler names every place that must know.
 */
export const problemKinds = [
  // What was asked for is wrong.
  "input-invalid",
  "match-without-id",
  "not-found",
  "match-listed",
  "method-not-allowed",
  "too-large",
  "unauthorized",
  "role-too-low",
  "encryption-required",
  "origin-refused",
  "host-refused",
  "rate-limited",
  "too-many-clients",
  "unsupported-media-type",
  "busy",
  "confirmation-needed",
  "removals-changed",
  "partly-failed",
  // Configuration and Avspark itself.
  "configuration-invalid",
  "setting-locked",
  "port-taken",
  "listen-failed",
  "http-certificate",
  "data-folder",
  "token-required",
  "tokens-unreadable",
  "journal-full",
  "journal-locked",
  "journal-lost",
  "journal-damaged",
  "journal-room",
  "journal-unreadable",
  "journal-failed",
  "journal-newer",
  "flooded",
  "already-running",
  "keyring-missing",
  "settings-unreadable",
  "internal",
  // Redis.
  "redis-disabled",
  "redis-unreachable",
  "redis-timeout",
  "redis-frozen",
  "redis-closed",
  "redis-auth-required",
  "redis-auth-wrong",
  "redis-no-permission",
  "redis-certificate",
  "redis-protocol",
  "redis-overrun",
  "redis-degraded",
  "redis-stream",
  "redis-stream-missing",
  // The log that the nodes of a desk share.
  "cluster-lost",
  "cluster-newer",
  "cluster-server",
  "node-lost",
  "node-behind",
  "messages-missed",
  "messages-invalid",
  "channel-quiet",
  "publisher-alert",
  "cycle-failed",
  // The full match list over HTTP.
  "source-unconfigured",
  "source-unreachable",
  "source-timeout",
  "source-status",
  "source-not-json",
  "source-empty",
  "source-incomplete",
  "source-too-large",
  "source-redirect",
  // Calendars.
  "calendar-sign-in",
  "calendar-token-file",
  "calendar-forbidden",
  "calendar-not-found",
  "calendar-rate-limited",
  "calendar-unreachable",
  "calendar-timeout",
  "calendar-certificate",
  "calendar-server",
  "calendar-bad-answer",
  "calendar-rejected",
  "calendar-conflict",
  "calendar-file",
  "calendar-demo",
  "calendar-elsewhere",
  "sign-in-expiring",
  ...messengerKinds,
  // The program that has the service in it as a library.
  "program-failed",
  "service-stopped",
  // A window and its service, on two machines.
  "window-too-old",
  "service-too-old",
  "service-unreachable",
  "service-certificate",
  "service-insecure",
  "service-sign-in",
  "service-strange",
  "service-elsewhere",
] as const;

export const problemKindSchema = z.enum(problemKinds);
export type ProblemKind = z.infer<typeof problemKindSchema>;

/**
 * A failure as a value: it survives IPC and HTTP. `message` is one plain English sentence without secrets, stacks,
 * paths of the machine or personal data; the window shows the advice for `kind` in the user's language beside it.
 */
export const problemSchema = z
  .object({
    kind: problemKindSchema,
    message: z.string(),
    /** Where in the input, as a path like `matches[3].kickoff`. */
    at: z.string().optional(),
  })
  .readonly();
export type Problem = z.infer<typeof problemSchema>;

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const failed = (
  kind: ProblemKind,
  message: string,
  at?: string,
): { readonly ok: false; readonly problem: Problem } => ({
  ok: false,
  problem: at === undefined ? { kind, message } : { kind, message, at },
});

/** A problem on its way up a call stack; doors turn it back into its value. */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** What was achieved all the same, such as each match's result beside `partly-failed`; HTTP answers it too. */
  readonly data: Readonly<Record<string, unknown>>;
  /** `cause`: what it is made of. It stays inside the process, and a log says of it what `errorTrail` does. */
  constructor(
    problem: Problem,
    data: Readonly<Record<string, unknown>> = {},
    options: { readonly cause?: unknown } = {},
  ) {
    super(problem.message, options);
    this.name = "ProblemError";
    this.problem = problem;
    this.data = data;
  }
}

export const raise = (kind: ProblemKind, message: string, at?: string): never => {
  throw new ProblemError(failed(kind, message, at).problem);
};

/** The HTTP status that fits each kind (RFC 9110, section 15). */
export const httpStatus: Readonly<Record<ProblemKind, number>> = {
  "input-invalid": 400,
  "match-without-id": 400,
  "not-found": 404,
  "match-listed": 409,
  "method-not-allowed": 405,
  "too-large": 413,
  unauthorized: 401,
  "role-too-low": 403,
  "encryption-required": 403,
  "origin-refused": 403,
  "host-refused": 421,
  "rate-limited": 429,
  "too-many-clients": 503,
  "unsupported-media-type": 415,
  busy: 409,
  "confirmation-needed": 409,
  "removals-changed": 409,
  "partly-failed": 502,
  "configuration-invalid": 422,
  "setting-locked": 409,
  "port-taken": 500,
  "listen-failed": 500,
  "http-certificate": 500,
  "data-folder": 500,
  "token-required": 500,
  "tokens-unreadable": 500,
  "journal-full": 507,
  "journal-locked": 503,
  "journal-lost": 500,
  "journal-damaged": 500,
  "journal-room": 507,
  "journal-unreadable": 500,
  "journal-failed": 500,
  "journal-newer": 500,
  flooded: 503,
  "already-running": 409,
  "keyring-missing": 409,
  "settings-unreadable": 503,
  internal: 500,
  "redis-disabled": 409,
  "redis-unreachable": 503,
  "redis-timeout": 504,
  "redis-frozen": 504,
  "redis-closed": 503,
  "redis-auth-required": 502,
  "redis-auth-wrong": 502,
  "redis-no-permission": 502,
  "redis-certificate": 502,
  "redis-protocol": 502,
  "redis-overrun": 503,
  "redis-degraded": 503,
  "redis-stream": 503,
  "redis-stream-missing": 503,
  "cluster-lost": 503,
  "cluster-newer": 503,
  "cluster-server": 503,
  "node-lost": 503,
  "node-behind": 503,
  "messages-missed": 503,
  "messages-invalid": 503,
  "channel-quiet": 503,
  "publisher-alert": 503,
  "cycle-failed": 503,
  "source-unconfigured": 409,
  "source-unreachable": 502,
  "source-timeout": 504,
  "source-status": 502,
  "source-not-json": 502,
  "source-empty": 502,
  "source-incomplete": 502,
  "source-too-large": 502,
  "source-redirect": 502,
  "calendar-sign-in": 502,
  "calendar-token-file": 502,
  "calendar-forbidden": 502,
  "calendar-not-found": 502,
  "calendar-rate-limited": 503,
  "calendar-unreachable": 502,
  "calendar-timeout": 504,
  "calendar-certificate": 502,
  "calendar-server": 502,
  "calendar-bad-answer": 502,
  "calendar-rejected": 502,
  "calendar-conflict": 409,
  "calendar-file": 500,
  "calendar-demo": 409,
  "calendar-elsewhere": 409,
  "sign-in-expiring": 409,
  "messenger-unreachable": 502,
  "messenger-timeout": 504,
  "messenger-certificate": 502,
  "messenger-sign-in": 502,
  "messenger-not-found": 502,
  "messenger-redirect": 502,
  "messenger-rejected": 502,
  "messenger-busy": 503,
  "program-failed": 502,
  "service-stopped": 503,
  "window-too-old": 409,
  "service-too-old": 409,
  "service-unreachable": 503,
  "service-certificate": 502,
  "service-insecure": 409,
  "service-sign-in": 502,
  "service-strange": 502,
  "service-elsewhere": 409,
};
