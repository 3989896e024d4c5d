import { z } from "zod";
import {
  type Contact,
  contactSchema,
  type Dialect,
  type Facts,
  factsSchema,
  type MatchField,
  type Official,
  officialSchema,
  type Phones,
  phonesSchema,
} from "../../shared/match.ts";
import type { RejectedMatch, Rejection } from "../../shared/message.ts";

/** What somebody said of something. A key that is absent, or undefined, says nothing; null says that there is none. */
type Said<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** The number to call follows from the others, so nobody says it. */
type SaidPerson<P extends Official | Contact> = Pick<P, "name"> &
  Said<Omit<P, "name" | "phone" | "phones">> & { readonly phones?: Said<Phones> | undefined };
export type SaidOfficial = SaidPerson<Official>;
export type SaidContact = SaidPerson<Contact>;

export type PeopleField = "officials" | "contacts";
export type PlainField = Exclude<MatchField, PeopleField>;

export type SaidPlain = Said<Pick<Facts, PlainField>>;

/** What somebody said of a match. */
export type SaidFacts = SaidPlain & {
  readonly officials?: readonly SaidOfficial[] | undefined;
  readonly contacts?: readonly SaidContact[] | undefined;
};

const saidPhones = phonesSchema.unwrap().partial().readonly().optional();

/** As the journal has it. Every field may be missing, so one that is new to us makes no older record unreadable. */
export const saidFactsSchema: z.ZodType<SaidFacts> = factsSchema
  .partial()
  .extend({
    officials: z
      .array(
        officialSchema
          .unwrap()
          .omit({ phone: true })
          .partial()
          .extend({ name: z.string(), phones: saidPhones })
          .readonly(),
      )
      .readonly()
      .optional(),
    contacts: z
      .array(
        contactSchema
          .unwrap()
          .omit({ phone: true })
          .partial()
          .extend({ name: z.string(), phones: saidPhones })
          .readonly(),
      )
      .readonly()
      .optional(),
  })
  .readonly();

/** What was told about one match. */
export type MatchFacts = {
  readonly id: string;
  readonly dialect: Dialect;
  /** The kick-off was given as Stockholm wall-clock time, so in the hour that exists twice it is a guess. */
  readonly wallClock: boolean;
  readonly told: SaidFacts;
  /** The fields that could not be read, and why: they count as not told. */
  readonly noted: readonly Rejection[];
};

/** A match that was refused: it has no id that can be used. */
export type RefusedMatch = RejectedMatch & {
  readonly kind: "match-without-id" | "input-invalid";
};

/** A list of matches as it was read. */
export type DecodedMatches = {
  readonly matches: readonly MatchFacts[];
  readonly rejections: readonly RefusedMatch[];
};
