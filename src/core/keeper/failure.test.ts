import { expect, test } from "vitest";
import { problemKinds } from "../../shared/problem.ts";
import { failureOf, needsPerson, ofCollection, passesByItself, TargetProblem } from "./failure.ts";

const thrown = (kind: (typeof problemKinds)[number]) => failureOf(new TargetProblem({ kind, message: "A sentence." }));

test.each([
  ["calendar-rate-limited", "call"],
  ["calendar-unreachable", "call"],
  ["calendar-timeout", "call"],
  ["calendar-server", "call"],
  ["calendar-bad-answer", "call"],
  ["calendar-conflict", "call"],
  ["calendar-sign-in", "collection"],
  ["calendar-token-file", "collection"],
  ["calendar-forbidden", "collection"],
  ["calendar-not-found", "collection"],
  ["calendar-certificate", "collection"],
  ["calendar-rejected", "item"],
  ["internal", "item"],
] as const)("without a word, %s concerns the %s", (kind, concern) => expect(thrown(kind).concern).toBe(concern));

test("nothing passes by itself that needs a person", () => {
  for (const kind of problemKinds) expect(passesByItself(kind) && needsPerson(kind)).toBe(false);
});

test("whatever is thrown becomes a failure, and none of its text is passed on", () => {
  const limited = new TargetProblem(
    { kind: "calendar-rate-limited", message: "Slower." },
    { retryAfterMs: 3000, concern: "item" },
  );
  expect(failureOf(limited)).toEqual({ problem: limited.problem, retryAfterMs: 3000, concern: "item" });
  expect(ofCollection(limited)).toMatchObject({ problem: limited.problem, concern: "collection" });
  const failure = failureOf(new TypeError("Bearer ya29.secret"));
  expect(failure.problem.kind).toBe("internal");
  expect(failure.problem.message).not.toContain("secret");
});
