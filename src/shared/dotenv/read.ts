/**
 * A `.env` file as python-dotenv reads it, which is how the predecessor's files were read; Docker agrees where it matters.
 * The packages that read such files in JavaScript, and Node itself, end an unquoted value at any # and so cut passwords.
 */

export type DotenvLine =
  | {
      readonly kind: "pair";
      readonly line: number;
      readonly name: string;
      /** With `${NAME}` and `${NAME:-default}` put in. */
      readonly value: string;
      /** Names it speaks of that are set nowhere; they came to nothing. */
      readonly unset: readonly string[];
    }
  /** A name that is given no value; one given before is taken back. */
  | { readonly kind: "alone"; readonly line: number; readonly name: string }
  /** `name`: what it was to set, where that can be seen; null: nothing says so. */
  | { readonly kind: "unreadable"; readonly line: number; readonly name: string | null };

/** `known`: the environment, which stands above the file also where one line speaks of another. */
export const readDotenv = (
  text: string,
  known: Readonly<Record<string, string | undefined>>,
): readonly DotenvLine[] => {
  const source = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const earlier = new Map<string, string>();
  const lines: DotenvLine[] = [];
  const lineOf = createLineCount(source);
  const lineFor = ({ name, value: written }: Assignment, line: number): DotenvLine => {
    if (written === null) {
      // Known from here on, as nothing.
      earlier.set(name, "");
      return { kind: "alone", line, name };
    }
    const { value, unset } = expanded(written, (other) => known[other] ?? earlier.get(other));
    earlier.set(name, value);
    return { kind: "pair", line, name, value, unset };
  };
  let at = 0;
  while (at < source.length) {
    const begin = after(source, at, blank);
    if (begin === source.length) break;
    const { end, binding } = bindingAt(source, begin);
    const line = lineOf(begin);
    at = end;
    if (binding === "comment") continue;
    lines.push(
      "unreadable" in binding ? { kind: "unreadable", line, name: binding.unreadable } : lineFor(binding, line),
    );
  }
  return lines;
};

/** The values of a file: of a name that comes twice the last line counts. */
export const valuesOf = (lines: readonly DotenvLine[]): Readonly<Record<string, string>> => {
  const values = new Map<string, string>();
  for (const line of lines) {
    if (line.kind === "pair") values.set(line.name, line.value);
    else if (line.kind === "alone") values.delete(line.name);
  }
  return Object.fromEntries(values);
};

type Assignment = { readonly name: string; readonly value: string | null };
type Binding = Assignment | "comment" | { readonly unreadable: string | null };

/** White space as Python counts it. */
const space = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const within = space.replace("\\t-\\r", "\\t\\x0b\\f");
const sticky = (pattern: string): RegExp => new RegExp(pattern, "y");
const blank = sticky(`[${space}]*`);
const gap = sticky(`[${within}]*`);
const exportWord = sticky(`(?:export[${within}]+)?`);
const quotedName = sticky("'([^']+)'");
const bareName = sticky(`([^=#${space}]+)`);
const singleQuoted = sticky("'((?:\\\\'|[^'])*)'");
const doubleQuoted = sticky('"((?:\\\\"|[^"])*)"');
const restOfLine = sticky("([^\\n]*)");
const ending = sticky(`(?:[${within}]*#[^\\n]*)?[${within}]*(?:\\n|$)`);

const after = (source: string, at: number, pattern: RegExp): number => {
  pattern.lastIndex = at;
  const found = pattern.exec(source);
  return found === null ? at : at + found[0].length;
};

/** What the pattern finds at a place, and where that ends. */
const found = (source: string, at: number, pattern: RegExp): { readonly text: string; readonly end: number } | null => {
  pattern.lastIndex = at;
  const match = pattern.exec(source);
  return match === null ? null : { text: match[1] ?? match[0], end: at + match[0].length };
};

/** One binding: it begins with something that is no white space, and ends with its last line. */
const bindingAt = (source: string, begin: number): { readonly end: number; readonly binding: Binding } => {
  const unreadable = (at: number, name: string | null = null) => ({
    end: after(source, at, restOfLine) + 1,
    binding: { unreadable: name },
  });
  const start = after(source, begin, exportWord);
  if (source[start] === "#") return { end: after(source, start, restOfLine) + 1, binding: "comment" };
  const name = found(source, start, source[start] === "'" ? quotedName : bareName);
  if (name === null) return unreadable(start);
  const equals = after(source, name.end, gap);
  const value = source[equals] === "=" ? valueAt(source, after(source, equals + 1, gap)) : { text: null, end: equals };
  if (value === null) return unreadable(equals, name.text);
  const end = found(source, value.end, ending);
  // Without a sign of equality it is no name, whatever it is.
  return end === null
    ? unreadable(value.end, value.text === null ? null : name.text)
    : { end: end.end, binding: { name: name.text, value: value.text } };
};

const valueAt = (source: string, at: number) => {
  if (source[at] === "'") return unquoted(found(source, at, singleQuoted), /\\[\\']/g);
  if (source[at] === '"') return unquoted(found(source, at, doubleQuoted), /\\[\\'"abfnrtv]/g);
  const rest = found(source, at, restOfLine);
  return rest === null ? null : { ...rest, text: bare(rest.text) };
};

/** A # begins a comment only where white space stands before it: passwords hold them. */
const bare = (text: string): string => {
  const comment = text.search(commentMark);
  return (comment === -1 ? text : text.slice(0, comment)).replace(trailingSpace, "");
};
const commentMark = new RegExp(`(?<=[${space}])#`);
const trailingSpace = new RegExp(`(?<![${space}])[${space}]+$`);

const unquoted = (quoted: { readonly text: string; readonly end: number } | null, escapes: RegExp) =>
  quoted && { ...quoted, text: quoted.text.replace(escapes, (mark) => meanings[mark.slice(1)] ?? mark.slice(1)) };

const meanings: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const expanded = (text: string, lookUp: (name: string) => string | undefined) => {
  const unset: string[] = [];
  const value = text.replace(/\$\{([^}:]*)(?::-([^}]*))?\}/g, (_all, name: string, fallback: string | undefined) => {
    const known = lookUp(name) ?? fallback;
    if (known === undefined) unset.push(name);
    return known ?? "";
  });
  return { value, unset };
};

/** The line of a place; asked of places one after the other. */
const createLineCount = (source: string): ((at: number) => number) => {
  let [line, counted] = [1, 0];
  return (at) => {
    for (; counted < at; counted += 1) if (source[counted] === "\n") line += 1;
    return line;
  };
};
