import { expect, it } from "vitest";
import { ProblemError } from "../shared/problem.ts";
import { errorCode, errorTrail } from "./error-name.ts";

it("names an error and its causes by kind and code, and repeats none of their words", () => {
  const cause = Object.assign(new Error("open '/home/asa/secret'"), { code: "ENOENT" });
  const problem = { kind: "calendar-file", message: "The calendar file cannot be read." } as const;
  const error = new ProblemError(problem, {}, { cause: new TypeError("asa@example.com", { cause }) });
  expect(errorTrail(error)).toBe("ProblemError because of TypeError because of Error ENOENT");
  expect(errorTrail("a word")).toBe("string");
});

it("ends where causes go in a circle", () => {
  const error = new Error("a");
  error.cause = error;
  expect(errorTrail(error)).toMatch(/^Error( because of Error)+$/);
});

it("takes nothing for a code but a word", () => {
  const codes = ["EACCES", "SQLITE_BUSY", "", "two words", 13, null].map((code) => errorCode({ code }));
  expect(codes).toEqual(["EACCES", "SQLITE_BUSY", null, null, null, null]);
  expect(errorCode(null)).toBeNull();
});
