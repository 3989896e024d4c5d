import { z } from "zod";
import { type Concern, TargetProblem } from "../../../core/keeper/failure.ts";
import { isProblemOf, type PortProblem } from "../../../core/port-kinds.ts";
import { ProblemError } from "../../../shared/problem.ts";
import { answeredAt, networkProblem, retryAfterMs } from "../network-problem.ts";

/** Which class of headers it is depends on the library's own fetch. */
const headersSchema = z.custom<Pick<Headers, "get">>(
  (value) => typeof value === "object" && value !== null && "get" in value && typeof value.get === "function",
);

/** What the client library throws. Its config carries the access token: nothing but these fields may be looked at. */
const failureSchema = z.object({
  status: z.number().optional().catch(undefined),
  code: z.union([z.string(), z.number()]).optional().catch(undefined),
  response: z
    .object({ status: z.number(), data: z.unknown(), headers: headersSchema.optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** Google's error body: {error: {code, message, errors: [{domain, reason, message}]}}. */
const apiErrorSchema = z.object({
  error: z.object({
    code: z.number().optional(),
    errors: z.array(z.object({ reason: z.string().optional() })).optional(),
    // Google's newer APIs word it so (google.rpc.Status).
    status: z.string().optional(),
    details: z
      .array(z.looseObject({ reason: z.string().optional().catch(undefined) }))
      .optional()
      .catch(undefined),
  }),
});

/** Which of Google's services a call was made to. */
export type GoogleService = "calendar" | "contacts";

const words = {
  calendar: { api: "Google Calendar API", name: "Google Calendar", what: "calendar", whats: "calendars", one: "event" },
  contacts: { api: "Google People API", name: "Google Contacts", what: "contacts", whats: "contacts", one: "contact" },
} as const satisfies Readonly<Record<GoogleService, object>>;

/** OAuth's (RFC 6749, section 5.2): {error: "invalid_grant"}. */
const oauthErrorSchema = z.object({ error: z.string() });

const rateReasons: ReadonlySet<string> = new Set([
  "rateLimitExceeded",
  "userRateLimitExceeded",
  "quotaExceeded",
  "dailyLimitExceeded",
  "calendarUsageLimitsExceeded",
  "limitExceeded",
  "RATE_LIMIT_EXCEEDED",
  "RESOURCE_EXHAUSTED",
]);

const scopeReasons: ReadonlySet<string> = new Set(["insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"]);

/** What Google refuses about one event, while the account may change the calendar's others. */
const eventReasons: ReadonlySet<string> = new Set([
  "forbiddenForNonOrganizer",
  "eventTypeRestriction",
  "cannotChangeOrganizer",
  "cannotChangeOrganizerOfInstance",
  "malformedWorkingLocationEvent",
]);

type Problem = PortProblem<"target">;

type Details = {
  readonly status?: number;
  readonly reason?: string | null;
  readonly retryAfterMs?: number | null;
  readonly concern?: Concern;
};

/** A call that failed. `status` is null when Google did not answer; its token server's answers count as none. */
export class GoogleProblem extends TargetProblem {
  readonly status: number | null;
  /** Google's own word for it. */
  readonly reason: string | null;
  constructor(problem: Problem, details: Details = {}) {
    super(problem, details);
    this.name = "GoogleProblem";
    this.status = details.status ?? null;
    this.reason = details.reason ?? null;
  }
}

export const isStatus = (error: unknown, ...statuses: readonly number[]): error is GoogleProblem =>
  error instanceof GoogleProblem && error.status !== null && statuses.includes(error.status);

const word = (text: string | undefined): string | null => (text !== undefined && /^\w{1,60}$/.test(text) ? text : null);

const signIn = (why: string): Problem => ({
  kind: "calendar-sign-in",
  message: `Google asks for a new sign-in: ${why}.`,
});

const oauthProblem = (error: string): Problem => {
  switch (error) {
    case "invalid_grant":
      return signIn("the earlier one has expired or was revoked");
    case "invalid_client":
    case "unauthorized_client":
    case "deleted_client":
      return signIn("it does not know the OAuth client that was used");
    default:
      return signIn(`it refused the token (${word(error) ?? "no reason given"})`);
  }
};

const forbidden = (reason: string | null, service: GoogleService): Problem => {
  const { api, what, whats, one } = words[service];
  if (reason !== null && scopeReasons.has(reason)) return signIn(`the earlier one does not allow changes to ${whats}`);
  if (reason !== null && eventReasons.has(reason))
    return { kind: "calendar-rejected", message: `Google does not take this change of the ${one} (${reason}).` };
  const message =
    reason === "accessNotConfigured" || reason === "SERVICE_DISABLED"
      ? `The ${api} is not switched on in the Google Cloud project of the OAuth client.`
      : `Google does not allow this account to change the ${what} (${reason ?? "forbidden"}).`;
  return { kind: "calendar-forbidden", message };
};

const statusProblem = (status: number, reason: string | null, service: GoogleService): Problem => {
  if (status === 429 || (status === 403 && reason !== null && rateReasons.has(reason))) {
    return { kind: "calendar-rate-limited", message: "Google asks for fewer calls." };
  }
  if (status === 401) return signIn("it does not accept the access token");
  if (status === 403) return forbidden(reason, service);
  if (status === 404) {
    return {
      kind: "calendar-not-found",
      message: `Google finds no such ${words[service].what}, or this account may not see it.`,
    };
  }
  if (status >= 500) return { kind: "calendar-server", message: `Google answered with an error (${status}).` };
  const details = [String(status), ...(reason === null ? [] : [reason])].join(" ");
  return { kind: "calendar-rejected", message: `Google refused the call (${details}).` };
};

export const badAnswer = (service: GoogleService = "calendar"): GoogleProblem =>
  new GoogleProblem({
    kind: "calendar-bad-answer",
    message: `The answer did not come from ${words[service].name}: something in between answered instead.`,
  });

/**
 * What a failed call means. Never echoes an answer's own text: it may hold the event's. What the library threw is not kept as
 * its cause, since that carries the access token.
 */
export const googleProblem = (error: unknown, now: number, service: GoogleService = "calendar"): GoogleProblem => {
  if (error instanceof GoogleProblem) return error;
  if (error instanceof ProblemError && isProblemOf("target", error.problem)) return new GoogleProblem(error.problem);
  const failure = failureSchema.safeParse(error).data;
  const response = failure?.response;
  if (response === undefined) {
    const code = word(String(failure?.code ?? "")) ?? "no answer";
    return new GoogleProblem(networkProblem({ code, server: "Google" }));
  }
  const { status, headers } = response;
  const wait = headers === undefined ? null : retryAfterMs(headers.get("retry-after"), answeredAt(headers, now));
  const comesBack = status >= 500 || status === 429;
  const oauth = oauthErrorSchema.safeParse(response.data);
  if (oauth.success && !comesBack) return new GoogleProblem(oauthProblem(oauth.data.error));
  const api = apiErrorSchema.safeParse(response.data);
  if (!api.success && !comesBack) return badAnswer(service);
  const said = api.data?.error;
  const detail = said?.details?.find(({ reason }) => reason !== undefined)?.reason;
  const reason = word(said?.errors?.[0]?.reason ?? detail ?? said?.status);
  return new GoogleProblem(statusProblem(status, reason, service), { status, reason, retryAfterMs: wait });
};

/** The kinds that Google may mean for one event, while it takes every other. */
const eventKinds: ReadonlySet<Problem["kind"]> = new Set<Problem["kind"]>([
  "calendar-forbidden",
  "calendar-not-found",
  "calendar-rejected",
  "calendar-conflict",
]);

/** The refusal of a call about one event, in a calendar that was looked at and may be changed. */
export const ofEvent = (error: unknown): unknown => {
  if (!(error instanceof GoogleProblem) || !eventKinds.has(error.problem.kind)) return error;
  const { status, reason, retryAfterMs, concern } = error;
  if (status === null && concern === "collection") return error;
  // A conflict of our own finding, or an event that is gone, has its own words, and what follows from them.
  if (status === null) return new GoogleProblem(error.problem, { retryAfterMs, concern: "item" });
  const because = reason === null ? String(status) : `${status} ${reason}`;
  const problem: Problem = { kind: "calendar-rejected", message: `Google does not take this event (${because}).` };
  return new GoogleProblem(problem, { status, reason, retryAfterMs, concern: "item" });
};
