/** Printable ASCII and Latin letters up to U+02FF stay as they are in every normal form. */
const needsCare = /[^ -~\xa0-\u02ff]/;
const controls = /\p{Cc}+/gu;
const loneSurrogates = /\p{Surrogate}/gu;

/** What publishers write when they know nothing. `None` is Python's, from a template filled with a missing name. */
const nothing: ReadonlySet<string> = new Set(["N/A", "n/a", "None"]);

/** In one spelling: Unicode NFC, trimmed, well-formed, without control characters. */
const tidy = (value: string): string =>
  (needsCare.test(value)
    ? value.replace(controls, " ").replace(loneSurrogates, "\u{fffd}").normalize("NFC")
    : value
  ).trim();

/** A text as it was told. `null` when it is blank, which says that there is none; a word for nothing says nothing. */
export const saidText = (value: string): string | null | undefined => {
  const text = tidy(value);
  if (text === "") return null;
  return nothing.has(text) ? undefined : text;
};

/** A text as it was told; null when there is none. */
export const toldText = (value: unknown): string | null => {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" ? (saidText(value) ?? null) : null;
};

const flagWords: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["yes", true],
  ["y", true],
  ["ja", true],
  ["j", true],
  ["false", false],
  ["0", false],
  ["no", false],
  ["nej", false],
  ["n", false],
]);

/** A flag as it was told: as such, as 0 or 1, or as a word; undefined when it is none of these. */
export const toldFlag = (value: unknown): boolean | undefined => {
  if (typeof value === "boolean") return value;
  return typeof value === "string" || typeof value === "number"
    ? flagWords.get(String(value).trim().toLowerCase())
    : undefined;
};

/** Alert texts and notes are shown in lists. */
const maxShown = 2000;
export const bounded = (text: string): string => (text.length <= maxShown ? text : `${text.slice(0, maxShown)}…`);
