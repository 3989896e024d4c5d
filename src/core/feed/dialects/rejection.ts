import type { Rejection } from "../../../shared/message.ts";

/** What went wrong inside a value: where, from that value on, and a sentence that never repeats its content. */
export type Refusal = { readonly at: readonly PropertyKey[]; readonly reason: string };

/** One step further into a value. */
export const stepped = (path: string, key: PropertyKey): string => {
  if (typeof key === "number") return `${path}[${key}]`;
  return path === "" ? String(key) : `${path}.${String(key)}`;
};

export const rejectionAt = (path: string, { at, reason }: Refusal): Rejection => ({
  path: at.reduce(stepped, path),
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
      if (!Number.isFinite(value)) return "no finite number";
      if (!Number.isInteger(value)) return "a fraction";
      return Number.isSafeInteger(value) ? "a whole number" : "a number too large to be exact";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? "a list" : "an object";
    default:
      return "something else";
  }
};
