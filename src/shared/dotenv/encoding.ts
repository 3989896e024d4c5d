/**
 * How a file that a person saved is encoded: by its byte order mark, as Windows' editors write it, else by where the zero
 * byte of its first character is, which is ASCII in such a file. Both sides hand the answer to a TextDecoder of their own
 * that refuses what is not of that encoding.
 */
export const encodingOf = (bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" => {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? "utf-16be" : "utf-8";
};
