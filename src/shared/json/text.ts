import type { DecodeText, Encoding } from "./encoding.ts";

const bytesOfCodePoint = 4;
/** String.fromCodePoint takes its arguments on the stack. */
const codePointsAtOnce = 4096;

/** TextDecoder knows no UTF-32. */
const decodeUtf32 = (bytes: Uint8Array, littleEndian: boolean): string | null => {
  if (bytes.byteLength % bytesOfCodePoint !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  let codePoints: number[] = [];
  for (let at = 0; at < bytes.byteLength; at += bytesOfCodePoint) {
    const codePoint = view.getUint32(at, littleEndian);
    const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    if (codePoint > 0x10ffff || isSurrogate) return null;
    if (at > 0 || codePoint !== 0xfeff) codePoints.push(codePoint);
    if (codePoints.length === codePointsAtOnce) {
      parts.push(String.fromCodePoint(...codePoints));
      codePoints = [];
    }
  }
  return parts.join("") + String.fromCodePoint(...codePoints);
};

/** What Node and browsers have for UTF-8 and UTF-16. */
type TextDecoding = new (
  label: string,
  options: { readonly fatal: boolean },
) => { readonly decode: (bytes: Uint8Array) => string };

/** Strict decoding with the TextDecoder of the place. */
export const createTextDecoding = (TextDecoder: TextDecoding): DecodeText => {
  const decoders = {
    "utf-8": new TextDecoder("utf-8", { fatal: true }),
    "utf-16le": new TextDecoder("utf-16le", { fatal: true }),
    "utf-16be": new TextDecoder("utf-16be", { fatal: true }),
  } as const satisfies Readonly<Partial<Record<Encoding, unknown>>>;
  return (bytes, encoding) => {
    if (encoding === "utf-32le" || encoding === "utf-32be") return decodeUtf32(bytes, encoding === "utf-32le");
    try {
      return decoders[encoding].decode(bytes);
    } catch {
      // Not of that encoding.
      return null;
    }
  };
};
