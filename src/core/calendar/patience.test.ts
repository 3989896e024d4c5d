import { describe, expect, test } from "vitest";
import { problemKinds } from "../../shared/problem.ts";
import { failureOf, retryDelay, verdictOf } from "./patience.ts";
import { CalendarProblem, networkProblem, retryAfterMs } from "./problem.ts";

test.each([
  ["calendar-rate-limited", "retry"],
  ["calendar-unreachable", "retry"],
  ["calendar-timeout", "retry"],
  ["calendar-server", "retry"],
  ["calendar-bad-answer", "retry"],
  ["calendar-conflict", "retry"],
  ["calendar-sign-in", "person"],
  ["calendar-token-file", "person"],
  ["calendar-forbidden", "person"],
  ["calendar-not-found", "person"],
  ["calendar-certificate", "person"],
  ["calendar-rejected", "dead"],
  ["internal", "dead"],
] as const)("%s: %s", (kind, verdict) => expect(verdictOf(kind)).toBe(verdict));

test("every kind of problem has a verdict", () => {
  for (const kind of problemKinds) expect(["retry", "person", "dead"]).toContain(verdictOf(kind));
});

test("a match waits longer after each failure, half of it by chance, and five minutes at most", () => {
  expect([1, 2, 3, 4].map((attempts) => retryDelay(attempts, 1))).toEqual([500, 1000, 2000, 4000]);
  expect([1, 2, 3, 4].map((attempts) => retryDelay(attempts, 0))).toEqual([250, 500, 1000, 2000]);
  expect(retryDelay(1_000_000, 1)).toBe(5 * 60_000);
});

test("whatever is thrown becomes a problem, and none of its text is passed on", () => {
  const limited = new CalendarProblem({ kind: "calendar-rate-limited", message: "Slower." }, 3000);
  expect(failureOf(limited)).toEqual({ problem: limited.problem, retryAfterMs: 3000 });
  const failure = failureOf(new TypeError("Bearer ya29.secret"));
  expect(failure.problem.kind).toBe("internal");
  expect(failure.problem.message).not.toContain("secret");
});

describe("Retry-After", () => {
  const now = Date.parse("2027-05-01T10:00:00Z");
  test.each([
    ["120", 120_000],
    [" 3 ", 3000],
    ["Sat, 01 May 2027 10:01:00 GMT", 60_000],
    ["Sat, 01 May 2027 09:00:00 GMT", 0],
    ["soon", null],
    [null, null],
  ])("%j is %j ms", (header, ms) => expect(retryAfterMs(header, now)).toBe(ms));
});

test.each([
  ["ECONNREFUSED", "calendar-unreachable"],
  ["ENOTFOUND", "calendar-unreachable"],
  ["ECONNRESET", "calendar-unreachable"],
  ["ETIMEDOUT", "calendar-timeout"],
  ["TimeoutError", "calendar-timeout"],
  ["CERT_HAS_EXPIRED", "calendar-certificate"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "calendar-certificate"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "calendar-certificate"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "calendar-certificate"],
])("below HTTP, %s is %s", (code, kind) => {
  const { problem } = networkProblem({ code, server: "Google" });
  expect(problem.kind).toBe(kind);
  expect(problem.message).toContain("Google");
});
