import type { z } from "zod";
import { problemKindSchema } from "../../shared/problem.ts";

export type Borne<T> = {
  readonly value: T;
  /** What was left out, since only a newer version could read it. */
  readonly unread: number;
};

type Path = readonly PropertyKey[];

/** Leaving out one thing may bring to light another within what holds both. */
const mostRounds = 20;

/**
 * What somebody newer says, as far as this version understands it. Unknown fields are no matter to the schemas. Of anything
 * else that they refuse, the smallest part goes that may be missing: an entry of a list, or of what a delta sets. A kind of
 * problem that is not known here keeps its sentence. null: what cannot be read is no such part.
 */
export const bear = <T>(schema: z.ZodType<T>, given: unknown): Borne<T> | null => {
  let value = given;
  let unread = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return { value: parsed.data, unread };
    // What was parsed is not to be changed for others.
    if (round === 0) value = structuredClone(given);
    const paths = parsed.error.issues.map(({ path }) => path);
    const done = paths.map((path) => isKind(value, path) || leaveOut(value, path));
    if (!done.every(Boolean)) return null;
    sweep(value);
    unread += done.length;
  }
  return null;
};

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (found, key) => (typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined),
    value,
  );

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const isKind = (value: unknown, path: Path): boolean => {
  const problem = at(value, path.slice(0, -1));
  if (path.at(-1) !== "kind" || !isObject(problem)) return false;
  const isProblem = "message" in problem && typeof problem.message === "string" && "kind" in problem;
  if (!isProblem || problemKindSchema.safeParse(problem.kind).success) return false;
  return Reflect.set(problem, "kind", "internal");
};

/** Taken out of its list when all that is to go is known: the places of the others stay what they are until then. */
const gone = Symbol("gone");

const leaveOut = (value: unknown, path: Path): boolean => {
  for (let length = path.length; length > 0; length -= 1) {
    const holder = at(value, path.slice(0, length - 1));
    const key = path[length - 1];
    if (key === undefined || !isObject(holder)) continue;
    if (Array.isArray(holder) && typeof key === "number") return Reflect.set(holder, key, gone);
    if (path[length - 2] === "set") return Reflect.deleteProperty(holder, key);
  }
  return false;
};

const sweep = (value: unknown): void => {
  if (Array.isArray(value)) {
    for (let index = value.length - 1; index >= 0; index -= 1) if (value[index] === gone) value.splice(index, 1);
  }
  if (isObject(value)) for (const part of Object.values(value)) sweep(part);
};
