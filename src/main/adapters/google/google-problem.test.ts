import { expect, test } from "vitest";
import { googleProblem, ofEvent } from "./google-problem.ts";

const now = Date.parse("2027-05-01T10:00:00Z");
const answer = (status: number, data: unknown, headers: Record<string, string> = {}) => ({
  message: "secret ya29.token",
  status,
  config: { headers: { authorization: "Bearer ya29.token" } },
  response: { status, data, headers: new Headers(headers) },
});
/** As Google's guide "Handle API errors" shows it. */
const api = (status: number, reason: string) =>
  answer(status, { error: { code: status, message: "IFK Göteborg", errors: [{ domain: "global", reason }] } });

test.each([
  [api(400, "badRequest"), "calendar-rejected"],
  [api(401, "authError"), "calendar-sign-in"],
  [api(403, "rateLimitExceeded"), "calendar-rate-limited"],
  [api(403, "userRateLimitExceeded"), "calendar-rate-limited"],
  [api(403, "quotaExceeded"), "calendar-rate-limited"],
  [api(403, "forbiddenForNonOrganizer"), "calendar-rejected"],
  [api(403, "accessNotConfigured"), "calendar-forbidden"],
  [api(403, "insufficientPermissions"), "calendar-sign-in"],
  [api(404, "notFound"), "calendar-not-found"],
  [api(429, "rateLimitExceeded"), "calendar-rate-limited"],
  [api(500, "backendError"), "calendar-server"],
  [answer(503, "<html>busy</html>"), "calendar-server"],
  [answer(403, "<html>proxy</html>"), "calendar-bad-answer"],
  [
    answer(400, { error: "invalid_grant", error_description: "Token has been expired or revoked." }),
    "calendar-sign-in",
  ],
  [answer(401, { error: "invalid_client" }), "calendar-sign-in"],
  [answer(503, { error: "temporarily_unavailable" }), "calendar-server"],
  [{ code: "ECONNRESET" }, "calendar-unreachable"],
  [{ code: "TimeoutError" }, "calendar-timeout"],
  [new Error("who knows"), "calendar-unreachable"],
])("%j: %s", (error, kind) => {
  const { problem } = googleProblem(error, now);
  expect(problem.kind).toBe(kind);
  // A plain sentence, without what was sent or answered.
  expect(problem.message).toMatch(/^[A-Z].*\.$/);
  expect(problem.message).not.toMatch(/ya29|IFK|html/);
});

test("how long Google asks us to wait is passed on", () => {
  const limited = googleProblem(answer(429, {}, { "retry-after": "7" }), now);
  expect(limited).toMatchObject({ retryAfterMs: 7000, status: 429 });
  // A date is meant by the clock of whoever writes it, which may be hours from ours.
  const dates = { date: "Sat, 01 May 2027 07:00:00 GMT", "retry-after": "Sat, 01 May 2027 07:00:30 GMT" };
  expect(googleProblem(answer(429, {}, dates), now)).toMatchObject({ retryAfterMs: 30_000 });
});

test.each([
  [400, "invalid", "item"],
  [400, "eventTypeRestriction", "item"],
  [403, "forbidden", "item"],
  [403, "forbiddenForNonOrganizer", "item"],
  [403, "a_reason_of_tomorrow", "item"],
  [404, "notFound", "item"],
  [409, "duplicate", "item"],
  [410, "deleted", "item"],
  [412, "conditionNotMet", "item"],
  [401, "authError", "collection"],
  [403, "insufficientPermissions", "collection"],
  [403, "rateLimitExceeded", "call"],
  [500, "backendError", "call"],
])("a refusal of one event, %d %s, concerns: %s", (status, reason, concern) => {
  expect(ofEvent(googleProblem(api(status, reason), now))).toMatchObject({ concern });
});
