/**
 * The one way in which Avspark searches, in the window and behind the endpoints: all words of what was typed, in any
 * order, as parts of the text. Case makes no difference, nor how a letter is encoded, nor whether its marks were typed:
 * `skovde` and `SKÖVDE` find Skövde.
 */

/** A text in the form in which searches compare. */
export type Searchable = { readonly folded: string };

type Part = string | null | undefined;

/** What is found by any of the words in these parts. */
export const searchable = (...parts: readonly Part[]): Searchable => ({
  folded: fold(parts.filter((part) => part != null).join(" ")),
});

export type Search = {
  /** No word was typed: everything is found. */
  readonly isEmpty: boolean;
  readonly finds: (text: Searchable) => boolean;
  /** How near to what was typed these are, of which the first matters most; the least is the nearest. */
  readonly distance: (...texts: readonly Searchable[]) => number;
};

export const searchFor = (typed: string): Search => {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const finds = ({ folded }: Searchable): boolean => words.every((word) => folded.includes(word));
  const begins = ({ folded }: Searchable): boolean => words.every((word) => ` ${folded}`.includes(` ${word}`));
  return {
    isEmpty: words.length === 0,
    finds,
    distance: (...texts) => {
      const place = texts.findIndex(finds);
      const found = texts[place];
      if (found === undefined) return 2 * texts.length;
      return 2 * place + (begins(found) ? 0 : 1);
    },
  };
};

const isPlain = /^[\0-\x7f]*$/;
const marks = /\p{M}+/gu;

/** Letters that Unicode does not take for another one with a mark. */
const alike: ReadonlyMap<string, string> = new Map([
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["đ", "d"],
  ["ð", "d"],
  ["ł", "l"],
  ["þ", "th"],
  ["ı", "i"],
  ["ς", "σ"],
]);
const unlike = new RegExp(`[${[...alike.keys()].join("")}]`, "g");

const fold = (text: string): string =>
  isPlain.test(text)
    ? text.toLowerCase()
    : text
        .normalize("NFKD")
        // Upper case first: several small letters may share one capital.
        .toUpperCase()
        .toLowerCase()
        .normalize("NFKD")
        .replace(marks, "")
        .replace(unlike, (letter) => alike.get(letter) ?? letter);
