import type { Language } from "../language.ts";
import { en } from "./en.ts";
import { sv } from "./sv.ts";
import type { Texts } from "./type.ts";

/** Every word a person reads, in their language. The window, the tray and the notifications share these. */
const dictionaries: Readonly<Record<Language, Texts>> = { en, sv };

export const textsFor = (language: Language): Texts => dictionaries[language];
