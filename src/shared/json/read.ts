import { endOfString, withoutDeeper } from "./depth.ts";
import { type DecodeText, detectEncoding } from "./encoding.ts";

/**
 * The one entrance for JSON, wherever it comes from: Redis, the list over HTTP, the body of a request, a file, standard
 * input, a field of the window.
 */

export type Json =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Nothing was too deep to be read. */
      readonly isWhole: boolean;
    }
  | NotJson;

export type NotJson = {
  readonly ok: false;
  /** Goes on after "It is", and never repeats what was sent. */
  readonly reason: string;
  /** Where it ends to be JSON, in characters from 0; null where nobody knows. */
  readonly position: number | null;
  /** The engine's own words, where it has any. They may repeat what was sent: for the eyes of who sent it. */
  readonly detail: string | null;
};

export type Reading = {
  readonly text: DecodeText;
  /** Only UTF-8 is read; otherwise UTF-16 and UTF-32 are recognised too. */
  readonly utf8Only: boolean;
};

/** The fixtures nest seven deep. What lies deeper than this is a value that nobody can read; all beside it is read. */
export const maxDepth = 64;

const not = (reason: string, position: number | null = null, detail: string | null = null): NotJson => ({
  ok: false,
  reason,
  position,
  detail,
});

export const readJson = (bytes: Uint8Array, { text: decodeText, utf8Only }: Reading): Json => {
  const encoding = utf8Only ? "utf-8" : detectEncoding(bytes);
  const text = decodeText(bytes, encoding);
  return text === null ? not(`not ${encoding.toUpperCase()}`) : parseJson(text);
};

export const parseJson = (marked: string): Json => {
  // Of a file from Windows, when somebody else decoded it.
  const unmarked = marked.startsWith("\ufeff") ? marked.slice(1) : marked;
  const text = withoutDeeper(unmarked, maxDepth, ` ${noNumber} `);
  const isWhole = text === unmarked;
  try {
    return { ok: true, value: JSON.parse(text) as unknown, isWhole };
  } catch (error) {
    if (text.trim() === "") return not("empty");
    const value = parseRelaxed(text);
    if (value !== undefined) return { ok: true, value, isWhole };
    return isWhole ? notJson(error, text) : not("not JSON");
  }
};

/** undefined: it is no JSON in this way either. */
const parseRelaxed = (text: string): unknown => {
  const relaxed = withoutBareWords(text);
  try {
    return relaxed === null ? undefined : (JSON.parse(relaxed) as unknown);
  } catch {
    return undefined;
  }
};

const bareWords = ["NaN", "Infinity", "-Infinity"] as const;
/** Beyond all numbers: JSON.parse reads it as one that is not finite, which no reader takes for a number. */
const noNumber = "1e999";

/** Python writes words that JSON has not where it has no number. null when there are none. */
const withoutBareWords = (text: string): string | null => {
  if (!bareWords.some((word) => text.includes(word))) return null;
  const kept: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === "N" || character === "I" || character === "-") {
      const word = bareWords.find((one) => text.startsWith(one, at));
      if (word === undefined) continue;
      kept.push(text.slice(from, at), noNumber);
      at += word.length - 1;
      from = at + 1;
    }
  }
  return kept.length === 0 ? null : kept.join("") + text.slice(from);
};

const notJson = (error: unknown, text: string): NotJson => {
  const detail = error instanceof Error ? error.message : null;
  const position = detail === null ? null : positionIn(detail, text);
  return not(`not JSON${position === null ? "" : ` from character ${position + 1} on`}`, position, detail);
};

/** V8 names the place in one of three ways: by its position, by the end, or by quoting what stands around it. */
const positionIn = (message: string, text: string): number | null => {
  const position = / in JSON at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  if (message.endsWith("end of JSON input")) return text.trimEnd().length;
  const quoted = /\.\.\.\s?"([\s\S]{1,100})"\.\.\. is not valid JSON$/.exec(message)?.[1];
  const at = quoted === undefined ? -1 : text.indexOf(quoted);
  return at === -1 || quoted === undefined ? null : at + Math.floor(quoted.length / 2);
};
