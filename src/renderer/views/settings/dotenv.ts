import { configFields, type SettingName, settingNameSchema } from "../../../shared/config.ts";
import type { Settings } from "../../settings.ts";
import { holdsHidden } from "./validity.ts";

export type DotenvLine =
  | { readonly kind: "pair"; readonly line: number; readonly name: string; readonly value: string }
  | { readonly kind: "unreadable"; readonly line: number; readonly text: string };

const assignment = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(.*)$/;
const quotes = ['"', "'", "`"] as const;

/** A value that ends on its own line: what stands in quotes as it is, otherwise up to a comment. */
const bareValue = (rest: string): string => {
  const hash = rest.indexOf("#");
  return (hash === -1 ? rest : rest.slice(0, hash)).trim();
};

/**
 * The lines of a .env file as Node reads them (`util.parseEnv`): `export`, quotes of three kinds, values over several
 * lines in quotes, `\n` in double quotes, comments. What is no assignment is named with its line, not passed over.
 */
export const readDotenv = (text: string): readonly DotenvLine[] => {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const read: DotenvLine[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (/^\s*(#|$)/.test(line)) continue;
    const match = assignment.exec(line);
    const [, name, rest] = match ?? [];
    if (name === undefined || rest === undefined) {
      read.push({ kind: "unreadable", line: index + 1, text: line });
      continue;
    }
    const quote = quotes.find((each) => rest.startsWith(each));
    const closed = quote === undefined ? null : quoted({ lines, index, rest, quote });
    const value = closed === null ? bareValue(rest) : closed.value;
    read.push({ kind: "pair", line: index + 1, name, value });
    if (closed !== null) index = closed.last;
  }
  return read;
};

/** null: the quote is never closed, so it is part of the value. */
const quoted = (at: {
  readonly lines: readonly string[];
  readonly index: number;
  readonly rest: string;
  readonly quote: (typeof quotes)[number];
}): { readonly value: string; readonly last: number } | null => {
  let inside = at.rest.slice(1);
  for (let last = at.index; last < at.lines.length; last += 1) {
    if (last > at.index) inside += `\n${at.lines[last] ?? ""}`;
    const end = inside.indexOf(at.quote);
    if (end === -1) continue;
    const value = inside.slice(0, end);
    return { value: at.quote === '"' ? value.replaceAll("\\n", "\n") : value, last };
  }
  return null;
};

/** What would become of one line of the file. Only `new` is imported. */
export type Imported =
  | { readonly verdict: "unreadable" | "unknown"; readonly line: number; readonly name: string }
  | {
      readonly verdict: "new" | "same" | "locked" | "invalid" | "hidden";
      readonly line: number;
      readonly name: SettingName;
      readonly value: string;
    };

const verdictOf = (name: SettingName, value: string, settings: Settings) => {
  const setting = settings[name];
  if (setting?.locked) return "locked";
  if (holdsHidden(value)) return "hidden";
  if (value !== "" && !configFields[name].schema.safeParse(value).success) return "invalid";
  const known = configFields[name].secret === true ? null : setting?.value;
  return known === value || (value === "" && setting?.source === "default") ? "same" : "new";
};

/** Reads a file and compares it with the settings in force. Of a name that comes twice the last one counts. */
export const planImport = (text: string, settings: Settings): readonly Imported[] => {
  const lines = readDotenv(text);
  const last = new Map(lines.flatMap((line) => (line.kind === "pair" ? [[line.name, line.line] as const] : [])));
  return lines
    .filter((line) => line.kind === "unreadable" || last.get(line.name) === line.line)
    .map((line): Imported => {
      if (line.kind === "unreadable") return { verdict: "unreadable", line: line.line, name: "" };
      const name = settingNameSchema.safeParse(line.name);
      if (!name.success) return { verdict: "unknown", line: line.line, name: line.name };
      const value = line.value.trim();
      return { verdict: verdictOf(name.data, value, settings), line: line.line, name: name.data, value };
    });
};

/** The values that an import would save. */
export const importedValues = (plan: readonly Imported[]): Readonly<Partial<Record<SettingName, string>>> =>
  Object.fromEntries(plan.flatMap((each) => (each.verdict === "new" ? [[each.name, each.value] as const] : [])));
