import { z } from "zod";
import { isMainReferee } from "./fogis-words.ts";
import { instantSchema } from "./instant.ts";
import { playingTimeSchema } from "./playing-time.ts";

export const matchStatuses = ["scheduled", "postponed", "cancelled", "abandoned", "completed"] as const;
export const matchStatusSchema = z.enum(matchStatuses);
export type MatchStatus = z.infer<typeof matchStatusSchema>;

/** How a publisher may word a match; the most detailed first. See docs/dialects.md. */
export const dialects = ["fogis", "enhanced", "legacy", "guide"] as const;
export const dialectSchema = z.enum(dialects);
export type Dialect = z.infer<typeof dialectSchema>;

const text = z.string().nullable();

/** A person's telephone numbers, by what they are for. */
export const phonesSchema = z.object({ mobile: text, home: text, work: text }).readonly();
export type Phones = z.infer<typeof phonesSchema>;

export const addressSchema = z
  .object({ careOf: text, street: text, postalCode: text, city: text, country: text })
  .readonly();
export type Address = z.infer<typeof addressSchema>;

const reachShape = {
  /** The number to call: the mobile one, else the one at home, else the one at work. */
  phone: text,
  email: text,
  phones: phonesSchema,
  address: addressSchema.nullable(),
};

/** One who is assigned to a match. */
export const officialSchema = z
  .object({
    role: text,
    name: z.string(),
    ...reachShape,
    /** FOGIS's id of the person. */
    personId: text,
    /** The referee's number. */
    number: text,
    /** The role as FOGIS abbreviates it: Dom, AD1. */
    roleShort: text,
    /** How far the assignment has come, in FOGIS's words: Tilldelat. */
    status: text,
  })
  .readonly();
export type Official = z.infer<typeof officialSchema>;

/** Where no role was told at all, any official may be the referee. */
export const mainRefereeOf = (officials: readonly Official[]): Official | null =>
  officials.find(({ role }) => role !== null && isMainReferee(role)) ??
  officials.find(({ role }) => role === null) ??
  null;

/** A contact person of one of the teams. */
export const contactSchema = z.object({ team: text, name: z.string(), ...reachShape }).readonly();
export type Contact = z.infer<typeof contactSchema>;

export const positionSchema = z.object({ latitude: z.number(), longitude: z.number() }).readonly();
export type Position = z.infer<typeof positionSchema>;

const handPrefix = "hand-";

/** The id of a match that a person enters. */
export const handIdOf = (name: string): string => `${handPrefix}${name}`;

/** FOGIS knows nothing of it. */
export const isHandId = (id: string): boolean => id.startsWith(handPrefix);

/** The match's page at the football association; null: it knows nothing of the match. */
export const matchPageOf = (id: string): string | null =>
  isHandId(id) ? null : `https://www.svenskfotboll.se/matchfakta/${encodeURIComponent(id)}/`;

/** What a match is played between as far as that is told; of neither team, what else the match is known by. */
export const matchSides = ({ id, number, home, away }: Pick<Match, "id" | "number" | "home" | "away">) =>
  home === null && away === null ? ([`Match ${number ?? id}`] as const) : ([home ?? "?", away ?? "?"] as const);

/** What a match is called, wherever it is named and in every language. */
export const matchTitle = (match: Parameters<typeof matchSides>[0]): string => matchSides(match).join(" – ");

const placeStatusSchema = z.object({ role: z.string(), status: z.string() }).readonly();
export type PlaceStatus = z.infer<typeof placeStatusSchema>;

/** null: nothing is told of it. */
export const statusOfPlace = (statuses: readonly PlaceStatus[], role: string): string | null =>
  statuses.find((known) => known.role === role)?.status ?? null;

/**
 * The facts of a match that can change, in the order a person cares for them. This is the one list of fields: a field that
 * is added here is demanded by the compiler wherever each must be treated. `null` means: nobody has told us.
 */
export const factsSchema = z.object({
  kickoff: instantSchema.nullable(),
  status: matchStatusSchema,
  venue: text,
  officials: z.array(officialSchema).readonly(),
  /** The roles that nobody is assigned to yet. */
  openPlaces: z.array(z.string()).readonly(),
  /** How far filling an open place has come, in FOGIS's words; of the roles of which it is told. */
  placeStatuses: z.array(placeStatusSchema).readonly(),
  home: text,
  away: text,
  competition: text,
  /** The competition's own match number, e.g. `000402010`. */
  number: text,
  /** Where the venue lies: WGS 84 degrees. */
  position: positionSchema.nullable(),
  /** The teams' contact persons. */
  contacts: z.array(contactSchema).readonly(),
  playingTime: playingTimeSchema.nullable(),
  // FOGIS's ids of what the names above name.
  venueId: text,
  homeId: text,
  awayId: text,
  competitionId: text,
});
export type Facts = Readonly<z.infer<typeof factsSchema>>;

export const matchFieldSchema = factsSchema.keyof();
export const matchFields = matchFieldSchema.options;
export type MatchField = z.infer<typeof matchFieldSchema>;

/** One match as Avspark knows it. */
export const matchSchema = z
  .object({
    /** FOGIS match id as text: the identity everywhere. */
    id: z.string(),
    ...factsSchema.shape,
  })
  .readonly();
export type Match = z.infer<typeof matchSchema>;

/** What is known of a match of which nothing was told. */
export const unknownFacts: Facts = {
  kickoff: null,
  status: "scheduled",
  venue: null,
  officials: [],
  openPlaces: [],
  placeStatuses: [],
  home: null,
  away: null,
  competition: null,
  number: null,
  position: null,
  contacts: [],
  playingTime: null,
  venueId: null,
  homeId: null,
  awayId: null,
  competitionId: null,
};

/** How to reach somebody of whom nothing of it was told. */
export const unknownReach = {
  phone: null,
  email: null,
  phones: { mobile: null, home: null, work: null },
  address: null,
} as const;

/** Somebody of whom nothing but the name was told. */
export const unknownOfficial: Omit<Official, "name"> = {
  role: null,
  ...unknownReach,
  personId: null,
  number: null,
  roleShort: null,
  status: null,
};
export const unknownContact: Omit<Contact, "name"> = { team: null, ...unknownReach };

/** What stands in place of a Redis channel for facts out of the list over HTTP. */
export const listChannel = "http";
/** The same for what a person enters. */
export const handChannel = "manual";

/** Why a match is in doubt that a list no longer has: many were missing at once, or the list does not reach that far. */
export const doubtSchema = z
  .object({ since: instantSchema, reason: z.enum(["many-missing", "not-covered"]) })
  .readonly();
export type Doubt = z.infer<typeof doubtSchema>;

/** Who says that a match is gone: a complete list that no longer had it, or a person who removed it. */
export const goneBySchema = z.enum(["list", "person"]);

/** A field that could not be read, and why. It counts as not told. */
export const notedSchema = z.object({ path: z.string(), reason: z.string() }).readonly();
export type Noted = z.infer<typeof notedSchema>;

/** Where a fact came from. `at` is the publisher's time, never later than our receipt of it. */
export const originSchema = z.object({ at: instantSchema, dialect: dialectSchema, channel: z.string() }).readonly();
export type Origin = z.infer<typeof originSchema>;

const name = z.string().trim().min(1).max(200);
const nameIfAny = name.nullable().default(null);

/** A match as a person enters it: what is left out is not known. */
export const enteredMatchSchema = z
  .strictObject({
    home: name,
    away: name,
    kickoff: instantSchema.nullable().default(null),
    venue: nameIfAny,
    competition: nameIfAny,
    status: matchStatusSchema.default("scheduled"),
    officials: z
      .array(
        z
          .strictObject({
            role: name,
            name,
            phone: z.string().trim().min(3).max(40).nullable().default(null),
            email: z.email().max(200).nullable().default(null),
          })
          .readonly(),
      )
      .max(20)
      .readonly()
      .default([]),
  })
  .readonly();
export type EnteredMatch = z.infer<typeof enteredMatchSchema>;
