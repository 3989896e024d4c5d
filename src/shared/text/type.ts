import type { en } from "./en.ts";

/** The shape without the words: what is a literal in English is any text in another language. */
type Wide<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Wide<T[K]> };

/** English decides which texts there are and which values they take; a text that is missing elsewhere fails the build. */
export type Texts = Wide<typeof en>;
