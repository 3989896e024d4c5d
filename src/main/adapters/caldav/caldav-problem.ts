import { errorCode } from "../../../core/error-name.ts";
import { type Concern, TargetProblem } from "../../../core/keeper/failure.ts";
import type { PortProblem } from "../../../core/port-kinds.ts";
import { answeredAt, networkProblem, retryAfterMs } from "../network-problem.ts";
import { chosenDigest, readChallenges } from "./digest.ts";
import { calendars, type DavKind } from "./kind.ts";

type Problem = PortProblem<"target">;

/** A call that failed. `status` is null when the server did not answer. */
export class CaldavProblem extends TargetProblem {
  readonly status: number | null;
  /** The condition that was not met, as WebDAV names it: `valid-sync-token`, `no-uid-conflict`, … */
  readonly condition: string | null;
  constructor(
    problem: Problem,
    details: {
      readonly status?: number;
      readonly condition?: string | null;
      readonly retryAfterMs?: number | null;
      readonly concern?: Concern;
      readonly cause?: unknown;
    } = {},
  ) {
    super(problem, details);
    this.name = "CaldavProblem";
    this.status = details.status ?? null;
    this.condition = details.condition ?? null;
  }
}

export const isStatus = (error: unknown, ...statuses: readonly number[]): error is CaldavProblem =>
  error instanceof CaldavProblem && error.status !== null && statuses.includes(error.status);

/** RFC 3744, 4791, 5842, 6352 and 6578: what a server may say beside a refusal. */
const conditions =
  /<(?:[\w-]+:)?(valid-sync-token|no-uid-conflict|(?:valid|supported)-(?:calendar|address)-[\w-]+|supported-report|max-[\w-]+|min-date-time|need-privileges|quota-not-exceeded|sufficient-disk-space)[\s/>]/;

const conditionOf = (body: string): string | null => conditions.exec(body)?.[1] ?? null;

/** These refuse the event, not the account. */
const concernsContent = (condition: string | null): boolean =>
  condition !== null && /calendar-|address-|^max-|^min-|uid-conflict/.test(condition);

export type Refusal = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** The server's host. */
  readonly server: string;
  readonly words: DavKind["words"];
};

const forbidden = (condition: string | null, server: string, { collection, item }: DavKind["words"]): Problem =>
  concernsContent(condition)
    ? { kind: "calendar-rejected", message: `${server} does not accept the ${item} (${condition}).` }
    : { kind: "calendar-forbidden", message: `${server} does not allow this user to change the ${collection}.` };

const signIn = (headers: Headers, server: string): Problem => {
  const schemes = headers.get("www-authenticate") ?? "Basic";
  const challenges = readChallenges(schemes);
  const isOurs = chosenDigest(challenges) !== null || challenges.some(({ scheme }) => scheme === "basic");
  const message = isOurs
    ? `${server} does not accept the user name and the password.`
    : `${server} wants another kind of sign-in than user name and password (${/^\w{1,20}/.exec(schemes)?.[0] ?? "unknown"}).`;
  return { kind: "calendar-sign-in", message };
};

const problemOf = ({ status, headers, body, server, words }: Refusal, condition: string | null): Problem => {
  switch (status) {
    case 401:
      return signIn(headers, server);
    case 403:
      return forbidden(condition, server, words);
    case 404:
    case 410:
      return { kind: "calendar-not-found", message: `${server} finds no ${words.collection} at that address.` };
    case 408:
    case 504:
      return { kind: "calendar-timeout", message: `${server} did not answer in time.` };
    case 409:
      return concernsContent(condition)
        ? forbidden(condition, server, words)
        : { kind: "calendar-not-found", message: `${server} has no ${words.collection} any more at that address.` };
    case 412:
    case 423:
      return { kind: "calendar-conflict", message: `Somebody else is changing the ${words.item} at the same time.` };
    case 429:
      return { kind: "calendar-rate-limited", message: `${server} asks for fewer calls.` };
    case 507:
      return { kind: "calendar-server", message: `${server} has no room left for ${words.item}s.` };
  }
  if (status >= 500) return { kind: "calendar-server", message: `${server} answered with an error (${status}).` };
  // A web page, or a server that has never heard of calendars.
  if ([200, 405, 501].includes(status) || /^\s*<(!doctype )?html/i.test(body)) return notDav(server, words);
  return { kind: "calendar-rejected", message: `${server} refused the call (${status}).` };
};

const notDav = (server: string, { protocol }: DavKind["words"]): Problem => ({
  kind: "calendar-bad-answer",
  message: `What answers at ${server} is not a ${protocol} server.`,
});

/** What an answer that is no success means. Never echoes its text: it may hold the event's. */
export const refused = (refusal: Refusal, now: number): CaldavProblem => {
  const condition = conditionOf(refusal.body);
  return new CaldavProblem(problemOf(refusal, condition), {
    status: refusal.status,
    condition,
    retryAfterMs: retryAfterMs(refusal.headers.get("retry-after"), answeredAt(refusal.headers, now)),
  });
};

export const badAnswer = (server: string, words: DavKind["words"] = calendars.words): CaldavProblem =>
  new CaldavProblem(notDav(server, words));

/** What a server may refuse one resource with, while it takes every other. */
const resourceStatuses = [400, 403, 404, 405, 409, 410, 412, 413, 415, 507] as const;

/**
 * The refusal of a call about one resource. It says nothing of the others: where the whole collection is refused, the next
 * listing is refused too, and that one stops it.
 */
export const ofResource = (error: unknown, server: string, words: DavKind["words"] = calendars.words): unknown => {
  if (!isStatus(error, ...resourceStatuses)) return error;
  const { status, condition, retryAfterMs } = error;
  // A conflict is read again, an event that is gone is made anew, and there may be room later: the kinds that say so stay.
  const isMended = error.problem.kind === "calendar-conflict" || status === 404 || status === 410 || status === 507;
  const because = condition === null ? String(status) : `${status}, ${condition}`;
  const problem: Problem = isMended
    ? error.problem
    : { kind: "calendar-rejected", message: `${server} does not take this ${words.item} (${because}).` };
  return new CaldavProblem(problem, { status: status ?? 0, condition, retryAfterMs, concern: "item" });
};

/** The server's answer is larger than any calendar of matches, or address book of officials. */
export const tooLarge = (server: string, megabytes: number, { collection }: DavKind["words"]): CaldavProblem =>
  new CaldavProblem({
    kind: "calendar-bad-answer",
    message: `${server} answered with more than ${megabytes} MB: the ${collection} is too large, or something else answers there.`,
  });

/** What kept us from an answer. */
export const unanswered = (error: unknown, server: string, words: DavKind["words"]): CaldavProblem => {
  if (error instanceof CaldavProblem) return error;
  const code = errorCode(error) ?? "";
  if (/^HPE_/.test(code)) return badAnswer(server, words);
  if (/wrong.version.number|packet.length.too.long/i.test(`${code} ${error instanceof Error ? error.message : ""}`)) {
    return new CaldavProblem({
      kind: "calendar-bad-answer",
      message: `${server} does not speak TLS: the address may have to begin with http.`,
    });
  }
  return new CaldavProblem(networkProblem({ code: code === "" ? "no answer" : code, server }), { cause: error });
};
