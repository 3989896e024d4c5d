/** What moves the cursor, colours, or turns the way of reading: a terminal, or an eye, would be misled by it. */
const controls = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;
const controlsWithinText = /(?!\n|\t|\r\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** As JSON writes it, so that JSON says the same afterwards. */
const escaped = (mark: string): string => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Somebody's text on one line, with nothing in it that acts. */
export const printableLine = (text: string): string => text.replace(controls, escaped);

/** The same of a text of several lines. */
export const printableText = (text: string): string => text.replace(controlsWithinText, escaped);
