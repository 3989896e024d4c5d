import { settingNameSchema } from "../../shared/config.ts";
import type { Layers } from "./layers.ts";
import { heirs, isServiceLink } from "./old-names.ts";

const ours = /^(AVSPARK|REDIS|CALDAV|GOOGLE)_/;
const known: ReadonlySet<string> = new Set([...settingNameSchema.options, ...Object.keys(heirs)]);

/** A name as it was meant: in capitals, without quotes, marks and what nobody sees. */
export const folded = (name: string): string =>
  name
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[-.\s]+/g, "_")
    .replace(/[^A-Z_]/g, "")
    .replace(/^_+|_+$/g, "");

const letters = (name: string): string => folded(name).replaceAll("_", "");
const byLetters: ReadonlyMap<string, string> = new Map([...known].map((name) => [letters(name), name]));

/** Which of our names, old ones included, has the same letters; null: none. */
export const meantBy = (name: string): string | null => byLetters.get(letters(name)) ?? null;

/**
 * Names that mean nothing to us and look like ours, wherever they stand; links of an orchestrator are no settings. A
 * `.env` beside us is ours: there it is enough to begin like one of our names. The environment is everybody's: there a
 * name that is written otherwise than ours must have all letters of one, and begin like ours.
 */
export const unknownNames = ({ environment, dotenv, settings }: Layers): readonly string[] => {
  const inEnvironment = Object.entries(environment).flatMap(([name, text]) => {
    const meant = meantBy(name);
    // Windows takes a name in any letters: there it was read.
    const misspelt = meant !== null && ours.test(meant) && environment[meant] !== text;
    return text !== undefined && !isServiceLink(name, text) && (ours.test(name) || misspelt) ? [name] : [];
  });
  const inDotenv = Object.entries(dotenv).flatMap(([name, text]) =>
    text !== undefined && !isServiceLink(name, text) && (ours.test(folded(name)) || meantBy(name) !== null)
      ? [name]
      : [],
  );
  const found = new Set([...inEnvironment, ...inDotenv, ...Object.keys(settings)]);
  return [...found].filter((name) => !known.has(name)).sort();
};

/** A name for a person: what cannot be seen in it is written as its number. */
export const shownName = (name: string): string =>
  name.replace(/[\p{C}\p{Z}]/gu, (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`);
