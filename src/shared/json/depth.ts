const quote = 34;
const backslash = 92;
const openList = 91;
const closeList = 93;
const openObject = 123;
const closeObject = 125;

const occursMoreThan = (text: string, character: string, limit: number): boolean => {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) {
    count += 1;
    if (count > limit) return true;
  }
  return false;
};

/**
 * Whether JSON nests deeper than the limit. Asked before it is parsed: five million brackets would cost the parser most
 * of a second, and whoever walks the result recursively its stack.
 */
export const isDeeperThan = (text: string, limit: number): boolean => {
  // Few brackets cannot nest deeply. This settles a message of one match fifteen times faster than reading it through.
  const half = limit / 2;
  if (!occursMoreThan(text, "{", half) && !occursMoreThan(text, "[", half)) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === quote) at = endOfString(text, at);
    else if (character === openObject || character === openList) {
      depth += 1;
      if (depth > limit) return true;
    } else if (character === closeObject || character === closeList) depth -= 1;
  }
  return false;
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
