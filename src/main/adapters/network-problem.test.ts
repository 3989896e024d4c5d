import { describe, expect, test } from "vitest";
import { networkProblem, retryAfterMs } from "./network-problem.ts";

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
  const problem = networkProblem({ code, server: "Google" });
  expect(problem.kind).toBe(kind);
  expect(problem.message).toContain("Google");
});
