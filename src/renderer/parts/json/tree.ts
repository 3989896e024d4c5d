export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One visible line of a tree. `path` is a JSON pointer (RFC 6901) and the line's identity. */
export type TreeRow = {
  readonly path: string;
  readonly depth: number;
  /** Name in its object or place in its list; null for the root. */
  readonly key: string | null;
  readonly value: Json;
  /** How many entries an object or a list has; null for a plain value. */
  readonly entries: number | null;
  readonly open: boolean;
};

/** Trees up to this size begin all open; larger ones with their first two levels. */
const openAllUpTo = 250;

const isBranch = (value: Json): value is readonly Json[] | { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null;

const childrenOf = (value: Json): readonly (readonly [string, Json])[] =>
  isBranch(value) ? Object.entries(value) : [];

const childPath = (path: string, key: string): string => `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** The lines to draw, top to bottom, when these branches are open. */
export const visibleRows = (root: Json, open: ReadonlySet<string>): readonly TreeRow[] => {
  const rows: TreeRow[] = [];
  const add = (value: Json, at: Pick<TreeRow, "path" | "depth" | "key">): void => {
    const children = childrenOf(value);
    const isOpen = isBranch(value) && open.has(at.path);
    rows.push({ ...at, value, entries: isBranch(value) ? children.length : null, open: isOpen });
    if (!isOpen) return;
    for (const [key, child] of children) add(child, { path: childPath(at.path, key), depth: at.depth + 1, key });
  };
  add(root, { path: "", depth: 0, key: null });
  return rows;
};

/** The paths of all branches down to a depth; of all there are without one. */
export const branches = (root: Json, depth = Number.POSITIVE_INFINITY): ReadonlySet<string> => {
  const paths = new Set<string>();
  const visit = (value: Json, path: string, level: number): void => {
    if (!isBranch(value) || level >= depth) return;
    paths.add(path);
    for (const [key, child] of childrenOf(value)) visit(child, childPath(path, key), level + 1);
  };
  visit(root, "", 0);
  return paths;
};

export const openedAtFirst = (root: Json): ReadonlySet<string> => {
  const all = branches(root);
  return visibleRows(root, all).length <= openAllUpTo ? all : branches(root, 2);
};

export const parentPath = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
