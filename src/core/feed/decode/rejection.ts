import type { core } from "zod";
import type { Rejection } from "../../../shared/message.ts";

/** What went wrong inside a value: where, from that value on, and a sentence that never repeats its content. */
export type Refusal = { readonly at: readonly PropertyKey[]; readonly reason: string };

const step = (path: string, key: PropertyKey): string => {
  if (typeof key === "number") return `${path}[${key}]`;
  return path === "" ? String(key) : `${path}.${String(key)}`;
};

export const rejectionAt = (path: string, { at, reason }: Refusal): Rejection => ({
  path: at.reduce(step, path),
  reason,
});

/** What kind of value it is, in words: never the value itself. */
export const kindOf = (value: unknown): string => {
  switch (typeof value) {
    case "undefined":
      return "nothing";
    case "string":
      return "text";
    case "boolean":
      return "true or false";
    case "number":
      if (!Number.isInteger(value)) return Number.isFinite(value) ? "a fraction" : "a number too large";
      return Number.isSafeInteger(value) ? "a whole number" : "a number too large to be exact";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? "a list" : "an object";
    default:
      return "something else";
  }
};

const expectations: ReadonlyMap<string, string> = new Map([
  ["string", "text"],
  ["number", "a number"],
  ["int", "a whole number"],
  ["boolean", "true or false"],
  ["array", "a list"],
  ["object", "an object"],
]);

/** Every key in our paths is one the schemas name, so a path never repeats content either. */
const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (isObject(inner) ? Reflect.get(inner, key) : undefined), value);

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const expectedOf = (issue: core.$ZodIssue): readonly string[] => {
  if (issue.code === "invalid_type") return [expectations.get(issue.expected) ?? issue.expected];
  if (issue.code === "invalid_union") return issue.errors.flatMap((branch) => branch.slice(0, 1).flatMap(expectedOf));
  return [];
};

const reasonOf = (issue: core.$ZodIssue, value: unknown): string => {
  if (issue.code === "invalid_value") return `expected one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "too_big") {
    if (issue.origin === "string") return `longer than ${issue.maximum} characters`;
    if (issue.origin === "array") return `more than ${issue.maximum} entries`;
    return "a number too large";
  }
  if (issue.code === "too_small") return "a number too small";
  const expected = [...new Set(expectedOf(issue))];
  return expected.length === 0 ? "not valid" : `expected ${expected.join(" or ")}, got ${kindOf(value)}`;
};

/** The first thing a schema found wrong with a value. */
export const refusalOf = (error: core.$ZodError, value: unknown): Refusal => {
  const [issue] = error.issues;
  if (issue === undefined) return { at: [], reason: "not valid" };
  // A union says that no branch fits; when one got further in, its complaint is the one that helps.
  const deeper =
    issue.code === "invalid_union"
      ? issue.errors.map((branch) => branch[0]).find((inner) => inner !== undefined && inner.path.length > 0)
      : undefined;
  const told = deeper === undefined ? issue : { ...deeper, path: [...issue.path, ...deeper.path] };
  return { at: told.path, reason: reasonOf(told, valueAt(value, told.path)) };
};
