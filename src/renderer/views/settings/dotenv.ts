import { configFields, type SettingName, settingNameSchema } from "../../../shared/config.ts";
import { encodingOf } from "../../../shared/dotenv/encoding.ts";
import { readDotenv } from "../../../shared/dotenv/read.ts";
import type { Settings } from "../../settings.ts";
import { holdsHidden } from "./validity.ts";

/** What would become of one line of the file. Only `new` is imported. */
export type Imported =
  | { readonly verdict: "unreadable" | "unknown" | "unset"; readonly line: number; readonly name: string }
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
  const lines = readDotenv(text, {});
  const last = new Map(lines.flatMap((line) => (line.kind === "pair" ? [[line.name, line.line] as const] : [])));
  return lines
    .filter((line) => line.kind !== "pair" || last.get(line.name) === line.line)
    .map((line): Imported => {
      if (line.kind !== "pair") return { verdict: "unreadable", line: line.line, name: "" };
      const name = settingNameSchema.safeParse(line.name);
      if (!name.success) return { verdict: "unknown", line: line.line, name: line.name };
      if (line.unset.length > 0) return { verdict: "unset", line: line.line, name: line.name };
      const value = line.value.trim();
      return { verdict: verdictOf(name.data, value, settings), line: line.line, name: name.data, value };
    });
};

/** The text of a file that a person chose; null when it is none. */
export const importedText = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    // Of another encoding.
    return null;
  }
};

/** The values that an import would save. */
export const importedValues = (plan: readonly Imported[]): Readonly<Partial<Record<SettingName, string>>> =>
  Object.fromEntries(plan.flatMap((each) => (each.verdict === "new" ? [[each.name, each.value] as const] : [])));
