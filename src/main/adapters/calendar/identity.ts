import { defaultTag } from "../../../shared/calendar.ts";
import { sha256 } from "./seal.ts";

const base32hex = "0123456789abcdefghijklmnopqrstuv";

/** Five bits a letter, the last one filled up with zeros (RFC 4648, section 7, without padding). */
const encode = (bytes: Uint8Array): string => {
  let text = "";
  let bits = 0;
  let width = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    width += 8;
    while (width >= 5) {
      width -= 5;
      text += base32hex[(bits >> width) & 31];
    }
    bits &= (1 << width) - 1;
  }
  return width === 0 ? text : text + base32hex[(bits << (5 - width)) & 31];
};

/**
 * The name of a match's event: the same on every machine and after every restart, so that a repeated insert meets the
 * event of the first one. Only letters and digits that Google allows in an event id (a–v, 0–9).
 * `tag`: a family of its own has names of its own. `generation`: a name of which the server will not let go after a
 * deletion is followed by the next.
 */
export const eventName = (matchId: string, { tag = defaultTag, generation = 0 } = {}): string => {
  const parts = [matchId, ...(generation === 0 ? [] : [generation]), ...(tag === defaultTag ? [] : [tag])];
  return `avspark${encode(sha256(parts.join("\n")))}`;
};

/** A name that was made so, of whatever match. */
export const isEventName = (name: string): boolean => /^avspark[0-9a-v]{52}$/.test(name);
