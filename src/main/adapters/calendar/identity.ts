import { sha256 } from "./seal.ts";

const base32hex = "0123456789abcdefghijklmnopqrstuv";

const encode = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? []).map((five) => base32hex[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
};

/**
 * The name of a match's event: the same on every machine and after every restart, so that a repeated insert meets the
 * event of the first one. Only letters and digits that Google allows in an event id (a–v, 0–9).
 * `generation`: a name of which the server will not let go after a deletion is followed by the next.
 */
export const eventName = (matchId: string, generation = 0): string =>
  `avspark${encode(sha256(generation === 0 ? matchId : `${matchId}\n${generation}`))}`;
