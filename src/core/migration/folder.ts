import type { Hindrance } from "../../shared/migration.ts";

/** A file of the predecessor's folder, as far as it can be had. */
export type FileReading =
  | { readonly state: "text"; readonly text: string }
  | { readonly state: "absent" }
  | { readonly state: "unreadable"; readonly why: Hindrance };

/** The predecessor's folder. Nothing outside it is read, whatever a file in it names. */
export type OldFolder = {
  /** By a path that begins in the folder, or a whole one that leads into it. */
  readonly read: (path: string) => FileReading;
  /** Whether a file, or a folder, is there. */
  readonly has: (path: string) => boolean;
  /** A whole path of the file, for a setting that names it. */
  readonly whole: (path: string) => string;
  /** What YAML says; null for a text that is none. */
  readonly yaml: (text: string) => { readonly value: unknown } | null;
};

/** A path for a person: from the folder on. */
export const shownPath = (path: string): string => path.replace(/^(\.\/)+/, "");
