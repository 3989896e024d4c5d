import { z } from "zod";

/** Made by `instantSchema` and `instantOf` alone. */
export type Instant = string & z.core.$brand<"Instant">;

/** Whether what a date or the schema's pattern gave is in the one form: a year of more than four digits is longer. */
const isNormal = (text: string): text is Instant => text.length === 24 && text.endsWith("Z");

const normalised = (text: string): string => (isNormal(text) ? text : new Date(text).toISOString());

/**
 * A moment: ISO 8601 in UTC with milliseconds and `Z`, e.g. `2027-05-06T15:00:00.000Z`. The schema takes what ISO 8601
 * allows beside (an offset, no fractions or longer ones) and makes it that form, so that two instants can be compared as
 * texts.
 */
export const instantSchema = z.iso
  .datetime({ offset: true, abort: true })
  .overwrite(normalised)
  .refine(isNormal, "Expected a year of four digits")
  .brand<"Instant">();

/** The same moments are written out again and again, which is dear: when messages came, and when matches begin. */
const written: ({ readonly ms: number; readonly instant: Instant } | undefined)[] = [];
const mostWritten = 1009;

/** The moment so many milliseconds after 1970 began; a RangeError where no year of four digits has it. */
export const instantOf = (ms: number): Instant => {
  const slot = Math.trunc(Math.abs(ms)) % mostWritten;
  const known = written[slot];
  if (known?.ms === ms) return known.instant;
  const instant = new Date(ms).toISOString();
  if (!isNormal(instant)) throw new RangeError(`No instant is ${ms} ms after 1970 began.`);
  written[slot] = { ms, instant };
  return instant;
};

/** What a journal kept as text; null for none, and for what cannot be read. */
export const storedInstant = (text: string | undefined): Instant | null => {
  const { success, data } = instantSchema.safeParse(text);
  return success ? data : null;
};
