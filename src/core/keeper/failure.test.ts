import { expect, test } from "vitest";
import { ProblemError, problemKinds } from "../../shared/problem.ts";
import type { PortProblem } from "../port-kinds.ts";
import { portError } from "../port-problem.ts";
import { failureOf, needsPerson, ofCollection, passesByItself, TargetProblem } from "./failure.ts";

const thrown = (kind: PortProblem<"target">["kind"]) => failureOf(new TargetProblem({ kind, message: "A sentence." }));

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
  const full = portError("journal", { kind: "journal-full", message: "Full." });
  expect(ofCollection(full)).toMatchObject({ problem: { kind: "journal-full" }, concern: "collection" });
  // Neither a target nor the store may say so.
  const strange = new ProblemError({ kind: "redis-closed", message: "Bearer ya29.secret" });
  for (const error of [new TypeError("Bearer ya29.secret"), strange]) {
    const failure = failureOf(error);
    expect([failure.problem.kind, failure.concern]).toEqual(["internal", "item"]);
    expect(failure.problem.message).not.toContain("secret");
  }
});
