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

const known = new WeakMap<object, Buffer>();

/** JSON of an entry behind a comma: of one that is the same object for as long as it says the same, made once. */
const entryOf = (value: object): Buffer => {
  const before = known.get(value);
  if (before !== undefined) return before;
  const bytes = Buffer.from(`,${JSON.stringify(value)}`);
  known.set(value, bytes);
  return bytes;
};

/** So many entries are one piece: small enough that its memory is used again and again. */
const entriesTogether = 64;

/** Pieces of the JSON of an answer that is for the most part one long list, each made when the one before has been sent. */
export const piecesOf = function* (output: object): Generator<string | Buffer> {
  let before = "{";
  for (const [key, value] of Object.entries(output)) {
    if (value === undefined) continue;
    const name = `${before}${JSON.stringify(key)}:`;
    before = ",";
    if (!isList(value)) {
      yield name + JSON.stringify(value);
      continue;
    }
    yield `${name}[`;
    for (let start = 0; start < value.length; start += entriesTogether) {
      const piece = Buffer.concat(value.slice(start, start + entriesTogether).map(entryOf));
      yield start === 0 ? piece.subarray(1) : piece;
    }
    yield "]";
  }
  yield before === "{" ? "{}" : "}";
};

const isList = (value: unknown): value is readonly object[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === "object" && entry !== null);

/** Weak: the same content, whatever the timestamp around it. */
export const weakEtag = (text: string): string =>
  `W/"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;

/** If-None-Match compares weakly (RFC 9110, 13.1.2). */
export const matchesEtag = (ifNoneMatch: string | undefined, etag: string): boolean => {
  if (ifNoneMatch === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((tag) => opaque(tag) === opaque(etag));
};
