/** A `rev` as it was written beside an event; whoever can write there may have written anything. */
export const readRev = (text: string | null | undefined): number | undefined =>
  text && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
