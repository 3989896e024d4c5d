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

/** The bare words of a text or of an HTML fragment: equal words, equal text. */
export const words = (text: string): string =>
  text
    .replace(/<br\s*\/?>|<\/(p|div|li|ul|ol|h\d)>/gi, "\n")
    .replace(/<\/?[a-z][^>]*>/gi, "")
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, decodeEntity)
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .trim();

/** Stands last in every description that we write: what a person adds beneath it is theirs and stays. */
export const notesMarker = "--- Egna anteckningar under den här raden bevaras ---";

/** Finds the marker also after Google's editor has been over it (non-breaking spaces, entities). */
const markerPattern =
  /-{0,3}(?:\s|&nbsp;)*Egna(?:\s|&nbsp;)+anteckningar(?:\s|&nbsp;)+under(?:\s|&nbsp;)+den(?:\s|&nbsp;)+h(?:ä|a\u0308|&auml;|&#228;)r(?:\s|&nbsp;)+raden(?:\s|&nbsp;)+bevaras(?:(?:\s|&nbsp;)*-{1,3})?/i;

/** Ends of the elements that held the marker, and the blank lines after it. */
const leftovers = /^(?:\s|&nbsp;|<br\s*\/?>|<\/\w+\s*>)+/i;

/** A description as found, parted at the marker. Without a marker all of it is ours. */
export const splitDescription = (description: string): { readonly ours: string; readonly notes: string } => {
  const marker = markerPattern.exec(description);
  if (marker === null) return { ours: description, notes: "" };
  return {
    ours: description.slice(0, marker.index),
    notes: description
      .slice(marker.index + marker[0].length)
      .replace(leftovers, "")
      .trimEnd(),
  };
};

export const joinDescription = (ours: string, notes: string): string =>
  [
    `${ours.replaceAll(new RegExp(markerPattern, "gi"), "").trim()}\n\n${notesMarker}`.trim(),
    ...(notes === "" ? [] : [notes]),
  ].join("\n");
