const quote = 34;
const backslash = 92;
const openList = 91;
const closeList = 93;
const openObject = 123;
const closeObject = 125;

/** How often it is in the text; counted no further than one more than the limit. */
const occurrences = (text: string, character: string, limit: number): number => {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1 && count <= limit; at = text.indexOf(character, at + 1)) count += 1;
  return count;
};

/**
 * JSON in which `instead` stands for every value that nests deeper than the limit. Cut out before it is parsed: five million
 * brackets would cost the parser most of a second, and whoever walks the result recursively its stack.
 */
export const withoutDeeper = (text: string, limit: number, instead: string): string => {
  // Few brackets cannot nest deeply. This settles a message of some matches ten times faster than reading it through.
  if (occurrences(text, "{", limit) + occurrences(text, "[", limit) <= limit) return text;
  const kept: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === quote) at = endOfString(text, at);
    else if (character === openObject || character === openList) {
      if (depth === limit) kept.push(text.slice(from, at), instead);
      depth += 1;
    } else if (character === closeObject || character === closeList) {
      depth -= 1;
      if (depth === limit) from = at + 1;
    }
  }
  if (kept.length === 0) return text;
  return depth > limit ? kept.join("") : kept.join("") + text.slice(from);
};

/** Where the string that begins at `start` ends: at its closing quote, or with the text. */
export const endOfString = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === quote) return at;
    if (character === backslash) at += 1;
  }
  return text.length;
};
