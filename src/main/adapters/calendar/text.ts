/**
 * Calendars give text back in their own dress: Google's editor turns a description into HTML as soon as a person touches
 * it, servers trim and re-wrap. These functions see through that.
 */

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

const codePoint = (digits: string, base: 10 | 16): string => {
  const code = Number.parseInt(digits, base);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
};

const decodeEntity = (whole: string, name: string): string => {
  if (/^#x/i.test(name)) return codePoint(name.slice(2), 16);
  if (name.startsWith("#")) return codePoint(name.slice(1), 10);
  return entities[name.toLowerCase()] ?? whole;
};

/** A text or an HTML fragment without its dress, line by line. */
export const plain = (text: string): string =>
  text
    .replace(/<br\s*\/?>|<\/(p|div|li|ul|ol|h\d)>/gi, "\n")
    // Up to the next bracket of either kind: what is never closed is looked at once.
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, decodeEntity)
    .normalize("NFC");

/** The bare words of a text or of an HTML fragment: equal words, equal text. */
export const words = (text: string): string => plain(text).replace(/\s+/g, " ").trim();

/** Stands last in every description that we write: what a person adds beneath it is theirs and stays. */
export const notesMarker = "--- Egna anteckningar under den här raden bevaras ---";

/**
 * Finds the marker also after Google's editor has been over it (non-breaking spaces, entities). It begins with a letter: a
 * pattern that begins with white space looks at a long stretch of it again from each of its places.
 */
const markerPattern =
  /Egna(?:\s|&nbsp;)+anteckningar(?:\s|&nbsp;)+under(?:\s|&nbsp;)+den(?:\s|&nbsp;)+h(?:ä|a\u0308|&auml;|&#228;)r(?:\s|&nbsp;)+raden(?:\s|&nbsp;)+bevaras(?:(?:\s|&nbsp;)*-{1,3})?/i;

/** Where the dashes and the space before the marker begin. */
const dashesBefore = (text: string, marker: number): number => {
  let start = marker;
  for (;;) {
    if (/\s/.test(text.charAt(start - 1))) start -= 1;
    else if (text.slice(Math.max(0, start - 6), start).toLowerCase() === "&nbsp;") start -= 6;
    else break;
  }
  let dashes = 0;
  while (dashes < 3 && text.charAt(start - dashes - 1) === "-") dashes += 1;
  return start - dashes;
};

/** Ends of the elements that held the marker, and the blank lines after it. */
const leftovers = /^(?:\s|&nbsp;|<br\s*\/?>|<\/\w+\s*>)+/i;

/** Whether we have written this description. */
export const hasMarker = (description: string): boolean => markerPattern.test(description);

/** A description as found, parted at the marker. Without a marker all of it is ours. */
export const splitDescription = (description: string): { readonly ours: string; readonly notes: string } => {
  const marker = markerPattern.exec(description);
  if (marker === null) return { ours: description, notes: "" };
  return {
    ours: description.slice(0, dashesBefore(description, marker.index)),
    notes: description
      .slice(marker.index + marker[0].length)
      .replace(leftovers, "")
      .trimEnd(),
  };
};

/** What we write ourselves could hold it, too. */
const withoutMarkers = (text: string): string => {
  const marker = markerPattern.exec(text);
  if (marker === null) return text;
  return text.slice(0, dashesBefore(text, marker.index)) + withoutMarkers(text.slice(marker.index + marker[0].length));
};

export const joinDescription = (ours: string, notes: string): string =>
  [`${withoutMarkers(ours).trim()}\n\n${notesMarker}`.trim(), ...(notes === "" ? [] : [notes])].join("\n");
