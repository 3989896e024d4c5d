import { lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { parseDocument, visit } from "yaml";
import { errorCode } from "../../core/error-name.ts";
import type { FileReading, OldFolder } from "../../core/migration/folder.ts";
import { encodingOf } from "../../shared/dotenv/encoding.ts";
import type { Hindrance, Migration } from "../../shared/migration.ts";
import { decodeText } from "./text.ts";

/** Settings and a token have some kilobytes. */
const mostBytes = 1_000_000;

type None = Extract<Migration, { readonly state: "none" }>;

/** The predecessor's folder on this machine. What lies in it is anybody's guess: nothing outside it is read. */
export const openOldFolder = (path: string): OldFolder | None => {
  const found = rootOf(path);
  if (typeof found !== "string") return found;
  const at = (inner: string): string => resolve(found, inner);
  return {
    read: (inner) => read(found, at(inner)),
    has: (inner) => has(found, at(inner)),
    whole: at,
    yaml: (text) => {
      try {
        const document = parseDocument(text, { merge: true });
        if (document.errors.length > 0) return null;
        // Everything in it becomes a text in the end, and 0123 is to stay one.
        visit(document, {
          Scalar: (_key, node) => {
            if (typeof node.value === "number" && node.source !== undefined) node.value = node.source;
          },
        });
        // What refers to itself over and over, to grow without end, the reader refuses by itself.
        return { value: document.toJS() };
      } catch {
        return null;
      }
    },
  };
};

const rootOf = (path: string): string | None => {
  const none = (why: None["why"]): None => ({ state: "none", why });
  try {
    const root = realpathSync(path);
    return statSync(root).isDirectory() ? root : none("no-folder");
  } catch (error) {
    return none(hindrances[errorCode(error) ?? ""] === "forbidden" ? "forbidden" : "missing");
  }
};

/** Where it really lies, whatever links lead there. */
const isInside = (root: string, file: string): boolean => {
  const way = relative(root, realpathSync(file));
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

const has = (root: string, file: string): boolean => {
  try {
    return isInside(root, file);
  } catch {
    return false;
  }
};

const read = (root: string, file: string): FileReading => {
  const unreadable = (why: Hindrance): FileReading => ({ state: "unreadable", why });
  try {
    if (isAbsent(file)) return { state: "absent" };
    if (!isInside(root, file)) return unreadable("outside");
    const stats = statSync(file);
    if (stats.isDirectory()) return unreadable("folder");
    // To open a pipe is to wait for whoever writes to it.
    if (!stats.isFile()) return unreadable("no-file");
    if (stats.size > mostBytes) return unreadable("too-large");
    const bytes = readFileSync(file);
    const text = decodeText(bytes, encodingOf(bytes));
    return text === null || text.includes("\0") ? unreadable("no-text") : { state: "text", text };
  } catch (error) {
    return unreadable(hindrances[errorCode(error) ?? ""] ?? "no-file");
  }
};

/** A link is there, wherever it leads. */
const isAbsent = (file: string): boolean => {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) === undefined;
  } catch (error) {
    if (errorCode(error) === "ENOTDIR") return true;
    throw error;
  }
};

const hindrances: Readonly<Record<string, Hindrance>> = {
  EACCES: "forbidden",
  EPERM: "forbidden",
  ENOENT: "leads-nowhere",
  ELOOP: "leads-nowhere",
};
