import ICAL from "ical.js";

// RFC 5545 (3.1) allows 75 octets a line. ical.js counts a folded line without the space that it begins with.
ICAL.foldLength = 74;

/** The component as text, folded, lines parted by CRLF, none at the end. */
export const serialised = (component: ICAL.Component): string => component.toString();
