import { TextDecoder } from "node:util";
import { type DecodeText, detectEncoding } from "../../shared/json/encoding.ts";
import { createTextDecoding } from "../../shared/json/text.ts";

/** Strict: null when the bytes are not of that encoding. */
export const decodeText: DecodeText = createTextDecoding(TextDecoder);

/** For a person's eyes: whatever cannot be decoded shows as U+FFFD. */
export const readableText = (bytes: Uint8Array): string => {
  const encoding = detectEncoding(bytes);
  const isUtf16 = encoding === "utf-16le" || encoding === "utf-16be";
  return decodeText(bytes, encoding) ?? new TextDecoder(isUtf16 ? encoding : "utf-8").decode(bytes);
};
