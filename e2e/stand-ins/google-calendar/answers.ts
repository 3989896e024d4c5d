/** What Google Calendar answers when it refuses, as its guide "Handle API errors" documents the bodies. */

export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export class Refusal extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.name = "Refusal";
    this.answer = answer;
  }
}

export type ErrorDetails = {
  readonly status: number;
  readonly reason: string;
  readonly message: string;
  readonly domain?: string;
  readonly locationType?: string;
  readonly location?: string;
};

export const errorAnswer = (details: ErrorDetails): Answer => {
  const { status, reason, message, domain = "global", locationType, location } = details;
  const place = locationType === undefined ? {} : { locationType, location };
  return {
    status,
    body: { error: { errors: [{ domain, reason, message, ...place }], code: status, message } },
  };
};

export const refuse = (details: ErrorDetails): never => {
  throw new Refusal(errorAnswer(details));
};

/** The refusals of the guide that need no details. */
export const refusals = {
  authError: {
    status: 401,
    reason: "authError",
    message: "Invalid Credentials",
    locationType: "header",
    location: "Authorization",
  },
  forbidden: { status: 403, reason: "forbidden", message: "Forbidden" },
  writerNeeded: {
    status: 403,
    domain: "calendar",
    reason: "requiredAccessLevel",
    message: "You need to have writer access to this calendar.",
  },
  rateLimitExceeded: {
    status: 403,
    domain: "usageLimits",
    reason: "rateLimitExceeded",
    message: "Rate Limit Exceeded",
  },
  userRateLimitExceeded: {
    status: 403,
    domain: "usageLimits",
    reason: "userRateLimitExceeded",
    message: "User Rate Limit Exceeded",
  },
  quotaExceeded: {
    status: 403,
    domain: "usageLimits",
    reason: "quotaExceeded",
    message: "Calendar usage limits exceeded.",
  },
  tooManyRequests: {
    status: 429,
    domain: "usageLimits",
    reason: "rateLimitExceeded",
    message: "Rate Limit Exceeded",
  },
  forbiddenForNonOrganizer: {
    status: 403,
    domain: "calendar",
    reason: "forbiddenForNonOrganizer",
    message: "Shared properties can only be changed by the organizer of the event.",
  },
  invalid: { status: 400, reason: "invalid", message: "Invalid Value" },
  eventTypeRestriction: {
    status: 400,
    domain: "calendar",
    reason: "eventTypeRestriction",
    message: "Attempted to perform an unsupported operation on this event type.",
  },
  notFound: { status: 404, reason: "notFound", message: "Not Found" },
  duplicate: { status: 409, reason: "duplicate", message: "The requested identifier already exists." },
  deleted: { status: 410, reason: "deleted", message: "Resource has been deleted" },
  fullSyncRequired: {
    status: 410,
    domain: "calendar",
    reason: "fullSyncRequired",
    message: "Sync token is no longer valid, a full sync is required.",
    locationType: "parameter",
    location: "syncToken",
  },
  updatedMinTooLongAgo: {
    status: 410,
    domain: "calendar",
    reason: "updatedMinTooLongAgo",
    message: "The requested minimum modification time lies too far in the past.",
    locationType: "parameter",
    location: "updatedMin",
  },
  conditionNotMet: {
    status: 412,
    reason: "conditionNotMet",
    message: "Precondition Failed",
    locationType: "header",
    location: "If-Match",
  },
  backendError: { status: 500, reason: "backendError", message: "Backend Error" },
  unavailable: { status: 503, reason: "backendError", message: "Backend Error" },
} as const satisfies Readonly<Record<string, ErrorDetails>>;

export type RefusalName = keyof typeof refusals;

/** 400: the reason Google gives for most of what it cannot read. */
export const invalid = (message: string, location?: string): never =>
  refuse({
    status: 400,
    reason: "invalid",
    message,
    ...(location === undefined ? {} : { locationType: "parameter", location }),
  });
