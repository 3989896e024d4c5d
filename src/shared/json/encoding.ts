/** The encodings JSON may come in. */
export const encodings = ["utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be"] as const;
export type Encoding = (typeof encodings)[number];

/** Strict decoding: null when the bytes are not of that encoding. A byte order mark is not part of the text. */
export type DecodeText = (bytes: Uint8Array, encoding: Encoding) => string | null;

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/**
 * By the byte order mark, else by where the zero bytes are: JSON's first two characters are ASCII (RFC 4627, section 3).
 */
export const detectEncoding = (bytes: Uint8Array): Encoding => {
  const [a, b, c, d] = bytes;
  // The common case first: two ASCII characters of UTF-8.
  if (a !== 0 && b !== 0 && a !== 0xff && a !== 0xfe) return "utf-8";
  if (startsWith(bytes, 0xff, 0xfe, 0, 0)) return "utf-32le";
  if (startsWith(bytes, 0, 0, 0xfe, 0xff)) return "utf-32be";
  if (startsWith(bytes, 0xff, 0xfe)) return "utf-16le";
  if (startsWith(bytes, 0xfe, 0xff)) return "utf-16be";
  if (a === 0) return b === 0 && c === 0 ? "utf-32be" : "utf-16be";
  if (b === 0) return c === 0 && d === 0 ? "utf-32le" : "utf-16le";
  return "utf-8";
};
