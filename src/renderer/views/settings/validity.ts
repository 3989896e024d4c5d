import { configFields, faultOf, type Setting, type SettingName } from "../../../shared/config.ts";
import type { Language } from "../../../shared/language.ts";
import type { Texts } from "../../../shared/text/type.ts";

type Words = { readonly texts: Texts; readonly language: Language };

/** How a hidden part is shown; a value that still holds it cannot be saved. */
const hiddenPart = "•••";
export const holdsHidden = (value: string): boolean => value.includes(hiddenPart);

/** What is wrong with a value that a person has entered, in words; null when it may be saved. Empty means the default. */
export const draftProblem = (name: SettingName, value: string, { texts, language }: Words): string | null => {
  if (value.trim() === "") return null;
  if (holdsHidden(value)) return texts.settings.hidden;
  const fault = faultOf(name, value);
  return fault === null ? null : texts.settings.should(fault[language]);
};

const together = (name: SettingName, texts: Texts): string | null => {
  const table: Readonly<Partial<Record<SettingName, string>>> = texts.settings.together;
  return table[name] ?? null;
};

/** What the service says is wrong with a setting as it stands. */
export const settingProblem = (setting: Setting, { texts, language }: Words): string | null => {
  if (setting.problem === null) return null;
  const { kind, expected } = setting.problem;
  switch (kind) {
    case "form":
      return texts.settings.should(configFields[setting.name].expected[language]);
    case "together":
      return texts.settings.should(together(setting.name, texts) ?? expected);
    case "unopened":
      return texts.settings.should(texts.settings.unopened);
  }
};

/** What the service said when it would not save: the field it names, and what that should be. */
export const refusedProblem = (name: SettingName, value: string | undefined, words: Words): string | null => {
  const { texts } = words;
  const own = value === undefined ? null : draftProblem(name, value, words);
  if (own !== null) return own;
  const beside = together(name, texts);
  return beside === null ? null : texts.settings.should(beside);
};
