import { z } from "zod";
import { instantSchema } from "./instant.ts";
import { type Facts, factsSchema, type MatchField, originSchema } from "./match.ts";

const text = z.string().nullable();
const change = <F extends MatchField>(field: F) =>
  z.object({ field: z.literal(field), before: factsSchema.shape[field], after: factsSchema.shape[field] }).readonly();

const whole = <F extends string>(field: F) => z.object({ field: z.literal(field) }).readonly();

/** A field that is added has its change here, or this does not compile. */
const fieldChanges = {
  kickoff: change("kickoff"),
  status: change("status"),
  venue: change("venue"),
  home: change("home"),
  away: change("away"),
  competition: change("competition"),
  number: change("number"),
  officials: change("officials"),
  openPlaces: change("openPlaces"),
  placeStatuses: change("placeStatuses"),
  contacts: change("contacts"),
  position: change("position"),
  playingTime: change("playingTime"),
  venueId: change("venueId"),
  homeId: change("homeId"),
  awayId: change("awayId"),
  competitionId: change("competitionId"),
} satisfies { readonly [F in MatchField]: ReturnType<typeof change<F>> };

/** What differed, with both values; or what became of the match as a whole. */
export const differenceSchema = z.discriminatedUnion("field", [
  whole("added"),
  whole("gone"),
  whole("returned"),
  // What a person decided: to remove it, to keep it though a list lacks it, that it is not theirs, and that it is after all.
  whole("removed"),
  whole("kept"),
  whole("declined"),
  whole("reclaimed"),
  ...Object.values(fieldChanges),
]);
export type Difference = z.infer<typeof differenceSchema>;

/** One field's part of the differences. */
export type FieldChange<F extends MatchField> = {
  [K in F]: { readonly field: K; readonly before: Facts[K]; readonly after: Facts[K] };
}[F];

/** What the publisher itself said about the change (`detailed_changes`), verbatim but bounded. */
export const publisherNoteSchema = z.object({ category: text, priority: text, description: text }).readonly();
export type PublisherNote = z.infer<typeof publisherNoteSchema>;

/** One entry of a match's timeline. */
export const changeSchema = z
  .object({
    /** Position in the journal; grows. */
    id: z.int(),
    matchId: z.string(),
    /** The match as `Home – Away` when it happened, so that a list needs no lookup. */
    title: z.string(),
    /** When we learnt it. */
    at: instantSchema,
    difference: differenceSchema,
    origin: originSchema,
    /** Who decided it, where a person did: the name of their token. */
    by: z.string().optional(),
    note: publisherNoteSchema.nullable(),
    /** The publisher marked it `high_priority`, or it is near the kick-off (`changeRule`). */
    urgent: z.boolean(),
  })
  .readonly();
export type Change = z.infer<typeof changeSchema>;
