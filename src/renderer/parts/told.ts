const sign = "match-";

/** The address, in the place of a message's number, of what was told of a match. */
export const toldOf = (matchId: string): string => `${sign}${matchId}`;

/** null: the address is another's. */
export const matchIn = (id: string | null): string | null => (id?.startsWith(sign) ? id.slice(sign.length) : null);
