import { createHash } from "node:crypto";
import { failed, type Problem, ProblemError } from "../../../shared/problem.ts";

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

/** Whatever was thrown, as a problem. `unforeseen`: nobody meant it, so it belongs in the log. */
export const problemOf = (
  error: unknown,
): { readonly problem: Problem; readonly data: object; readonly unforeseen: boolean } => {
  if (error instanceof ProblemError) return { problem: error.problem, data: error.data, unforeseen: false };
  const known = frameworkProblem(error);
  if (known !== null) return { problem: known, data: {}, unforeseen: false };
  return {
    problem: failed("internal", "Something went wrong inside Avspark; its log says more.").problem,
    data: {},
    unforeseen: true,
  };
};

/** Fastify's own refusals, in our words. */
const frameworkProblem = (error: unknown): Problem | null => {
  if (!(error instanceof Error) || !("statusCode" in error) || typeof error.statusCode !== "number") return null;
  if (error.statusCode === 413) return failed("too-large", "The body is larger than 16 MB.").problem;
  if (error.statusCode === 415) return failed("unsupported-media-type", "Send JSON.").problem;
  return error.statusCode >= 400 && error.statusCode < 500
    ? failed("input-invalid", "The request is malformed.").problem
    : null;
};

/** An error for the log: its kind and place without its message, which may repeat what was sent. */
export const traceOf = (error: unknown): { readonly name: string; readonly trace: string } => ({
  name: error instanceof Error ? error.name : typeof error,
  trace:
    error instanceof Error
      ? (error.stack ?? "")
          .split("\n")
          .filter((line) => /^\s+at /.test(line))
          .join("\n")
      : "",
});

/** Weak: the same content, whatever the timestamp around it. */
export const weakEtag = (text: string): string =>
  `W/"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;

/** If-None-Match compares weakly (RFC 9110, 13.1.2). */
export const matchesEtag = (ifNoneMatch: string | undefined, etag: string): boolean => {
  if (ifNoneMatch === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((tag) => opaque(tag) === opaque(etag));
};
