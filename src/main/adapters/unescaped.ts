/** Percent-decoded. A text with a stray % was not escaped: then it is meant as it stands. */
export const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
