import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type Language, languageFor } from "../shared/language.ts";
import { type Format, formatFor } from "../shared/text/format.ts";
import { textsFor } from "../shared/text/texts.ts";
import type { Texts } from "../shared/text/type.ts";
import { usePreference } from "./preferences.tsx";

export type Words = { readonly language: Language; readonly texts: Texts; readonly format: Format };

const WordsContext = createContext<Words | null>(null);

/** The person's language, for everything inside. */
export const WordsProvider = ({ children }: { readonly children: ReactNode }) => {
  const setting = usePreference("AVSPARK_LANGUAGE");
  const words = useMemo((): Words => {
    const language = languageFor(setting, navigator.languages);
    document.documentElement.lang = language;
    return { language, texts: textsFor(language), format: formatFor(language) };
  }, [setting]);
  return <WordsContext value={words}>{children}</WordsContext>;
};

export const useWords = (): Words => {
  const words = useContext(WordsContext);
  if (words === null) throw new Error("There is no language around this part.");
  return words;
};
