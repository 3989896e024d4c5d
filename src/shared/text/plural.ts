import { type Language, locales } from "../language.ts";
import { onDemand } from "../on-demand.ts";

type Forms = { readonly one: string; readonly other: string };

/** `plural("en")(3, { one: "# match", other: "# matches" })` is "3 matches". Both languages have these two forms. */
export const plural = (language: Language): ((count: number, forms: Forms) => string) => {
  const rules = onDemand(() => new Intl.PluralRules(locales[language]));
  const numbers = onDemand(() => new Intl.NumberFormat(locales[language]));
  return (count, forms) =>
    (rules().select(count) === "one" ? forms.one : forms.other).replace("#", numbers().format(count));
};
