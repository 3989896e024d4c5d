/** The languages Avspark speaks, and the locale whose dates, numbers and plurals go with each. */
export const languages = ["sv", "en"] as const;
export type Language = (typeof languages)[number];

export const locales: Readonly<Record<Language, string>> = { sv: "sv-SE", en: "en-GB" };

/** What AVSPARK_LANGUAGE means on a machine whose own languages are these: Swedish where it is asked for, else English. */
export const languageFor = (setting: string, preferred: readonly string[]): Language => {
  const chosen = languages.find((language) => language === setting);
  if (chosen !== undefined) return chosen;
  const first = preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === "sv" || tag === "en");
  return first === "sv" ? "sv" : "en";
};
