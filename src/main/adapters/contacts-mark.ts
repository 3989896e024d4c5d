import { z } from "zod";
import type { Mark } from "../../core/contacts/mark.ts";
import { addressSchema } from "../../shared/match.ts";

const text = z.string().nullable();

export const markSchema: z.ZodType<Mark> = z
  .object({
    id: z.string(),
    hash: z.string(),
    made: z.boolean(),
    placed: z
      .object({
        name: text,
        phones: z
          .array(z.object({ kind: z.enum(["mobile", "home", "work", "other"]), number: z.string() }).readonly())
          .readonly(),
        emails: z.array(z.string()).readonly(),
        addresses: z.array(addressSchema).readonly(),
        number: text,
      })
      .readonly(),
  })
  .readonly();

/** What we note in a contact of ours, as letters and digits that every address book keeps as they are. */
export const markText = (mark: Mark): string => Buffer.from(JSON.stringify(mark)).toString("base64url");

/** null: it is none, or somebody has spoilt it. */
export const readMark = (noted: string | null | undefined): Mark | null => {
  try {
    return markSchema.safeParse(JSON.parse(Buffer.from(noted ?? "", "base64url").toString("utf8"))).data ?? null;
  } catch {
    return null;
  }
};

/** The predecessor's note of a referee's number; ours is the same, so that both know it. */
const numberNote = /^FogisId=DomarNr=(\S+)$/;
export const numberText = (number: string): string => `FogisId=DomarNr=${number}`;
export const readNumber = (noted: string): string | null => numberNote.exec(noted.trim())?.[1] ?? null;

/** Somebody's name in the two parts that address books want: what stands last is the family's. */
export const nameParts = (name: string): { readonly given: string; readonly family: string } => {
  const words = name.split(" ");
  return words.length === 1
    ? { given: name, family: "" }
    : { given: words.slice(0, -1).join(" "), family: words.at(-1) ?? "" };
};
