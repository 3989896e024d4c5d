import type { Json } from "./tree.ts";

/** One place at which two values differ. `path` reads like code: `teams.home.name`, `officials[0].name`. */
export type JsonDifference =
  | { readonly kind: "added"; readonly path: string; readonly after: Json }
  | { readonly kind: "removed"; readonly path: string; readonly before: Json }
  | { readonly kind: "changed"; readonly path: string; readonly before: Json; readonly after: Json };

type Branch = { readonly [key: string]: Json };

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is Branch => typeof value === "object" && value !== null && !isList(value);

const step = (path: string, key: string, list: boolean): string => {
  if (list) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
};

const inside = (before: Branch, after: Branch, path: string, list: boolean): readonly JsonDifference[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key): readonly JsonDifference[] => {
    const at = step(path, key, list);
    const was = Object.hasOwn(before, key) ? before[key] : undefined;
    const is = Object.hasOwn(after, key) ? after[key] : undefined;
    if (was === undefined) return is === undefined ? [] : [{ kind: "added", path: at, after: is }];
    return is === undefined ? [{ kind: "removed", path: at, before: was }] : differences(was, is, at);
  });

/** Every place at which two values differ, in the order of the first. Lists are compared place by place. */
export const differences = (before: Json, after: Json, path = ""): readonly JsonDifference[] => {
  if (before === after) return [];
  if (isList(before) && isList(after))
    return inside(Object.fromEntries(before.entries()), Object.fromEntries(after.entries()), path, true);
  if (isObject(before) && isObject(after)) return inside(before, after, path, false);
  return [{ kind: "changed", path, before, after }];
};
