import { z } from "zod";
import type { Reading } from "./address/reading.ts";
import { parseJson } from "./json/read.ts";
import { type Language, languages } from "./language.ts";

/** What a draft is about. `match`: nothing has happened, it only says which match it is. */
export const draftKinds = ["moved", "called-off", "postponed", "on-again", "open-place", "match"] as const;
export type DraftKind = (typeof draftKinds)[number];

/** What a template may name, as `{when}`. */
export const draftFields = [
  "match",
  "when",
  "venue",
  "competition",
  "number",
  "changes",
  "open",
  "officials",
  "link",
] as const;
export type DraftField = (typeof draftFields)[number];

export type Template = { readonly subject: string; readonly text: string };
/** Those that a person has written; all others are ours. */
export type Templates = Readonly<Partial<Record<DraftKind, Readonly<Partial<Record<Language, Template>>>>>>;

const templateSchema = z.strictObject({ subject: z.string().max(300), text: z.string().max(5000) }).readonly();
const templatesSchema: z.ZodType<Templates> = z.partialRecord(
  z.enum(draftKinds),
  z.partialRecord(z.enum(languages), templateSchema),
);

const isField = (name: string): name is DraftField => draftFields.some((field) => field === name);
const named = /\{([^{}\n]*)\}/g;

/** The fields that a template names and that there are none of. */
export const unknownFields = ({ subject, text }: Template): readonly string[] => [
  ...new Set([...`${subject}\n${text}`.matchAll(named)].flatMap(([, name = ""]) => (isField(name) ? [] : [name]))),
];

const fields = draftFields.map((field) => `{${field}}`).join(", ");

export const templatesExpected = {
  en: "templates in JSON, by kind and language, each with subject and text; or nothing",
  sv: "mallar i JSON, efter slag och språk, var och en med subject och text; eller inget",
};

/** Templates as they were written, whatever fields they name; none where they cannot be read. */
export const templatesIn = (written: string): Templates => {
  const json = written === "" ? null : parseJson(written);
  return json?.ok ? (templatesSchema.safeParse(json.value).data ?? {}) : {};
};

/** The setting AVSPARK_DRAFTS. A template that names a field there is none of is told by that field. */
export const readTemplates = (written: string): Reading<Templates> => {
  if (written === "") return { ok: true, value: {} };
  const json = parseJson(written);
  const found = json.ok ? templatesSchema.safeParse(json.value) : null;
  if (!found?.success) return { ok: false, expected: templatesExpected };
  const all = Object.values(found.data).flatMap((byLanguage) => Object.values(byLanguage));
  const unknown = [...new Set(all.flatMap(unknownFields))].map((name) => `{${name}}`).join(", ");
  if (unknown === "") return { ok: true, value: found.data };
  return {
    ok: false,
    expected: {
      en: `without ${unknown}: the fields there are, are ${fields}`,
      sv: `utan ${unknown}: fälten som finns är ${fields}`,
    },
  };
};

/** A template with what is known in it. A line that names only what is not known is left out. */
export const filled = (template: string, values: Readonly<Record<DraftField, string>>): string =>
  template
    .split("\n")
    .flatMap((line) => {
      const names = [...line.matchAll(named)].flatMap(([, name = ""]) => (isField(name) ? [name] : []));
      if (names.length > 0 && names.every((name) => values[name] === "")) return [];
      return [line.replace(named, (whole, name: string) => (isField(name) ? values[name] : whole))];
    })
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
