import { createHash } from "node:crypto";
import { failed, type Problem, ProblemError } from "../../../shared/problem.ts";
import { type Caught, problemOf } from "../caught.ts";

/** What lies around every JSON answer. */
export const success = (output: object, timestamp: string): object => ({ success: true, timestamp, ...output });

export const failure = (problem: Problem, timestamp: string, data: object = {}): object => ({
  success: false,
  timestamp,
  ...data,
  error: problem.message,
  code: problem.kind,
  ...(problem.at === undefined ? {} : { at: problem.at }),
});

/** Whatever a route or fastify itself threw, in our words. */
export const caughtBy = (error: unknown, maxBytes: number): Caught => {
  const problem = frameworkProblem(error, maxBytes);
  return problemOf(problem === null ? error : new ProblemError(problem));
};

export const bodyTooLarge = (maxBytes: number): Problem =>
  failed("too-large", `The body is larger than ${maxBytes / 1024 ** 2} MB (AVSPARK_MAX_MESSAGE_MB).`).problem;

const frameworkProblem = (error: unknown, maxBytes: number): Problem | null => {
  if (!(error instanceof Error) || !("statusCode" in error) || typeof error.statusCode !== "number") return null;
  if (error.statusCode === 413) return bodyTooLarge(maxBytes);
  if (error.statusCode === 415) return failed("unsupported-media-type", "Send JSON.").problem;
  return error.statusCode >= 400 && error.statusCode < 500
    ? failed("input-invalid", "The request is malformed.").problem
    : null;
};

/** Weak: the same content, whatever the timestamp around it. */
export const weakEtag = (text: string): string =>
  `W/"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;

/** If-None-Match compares weakly (RFC 9110, 13.1.2). */
export const matchesEtag = (ifNoneMatch: string | undefined, etag: string): boolean => {
  if (ifNoneMatch === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((tag) => opaque(tag) === opaque(etag));
};
