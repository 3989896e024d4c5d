import { z } from "zod";
import { instantSchema } from "./instant.ts";
import { type Match, mainRefereeOf, matchStatusSchema } from "./match.ts";
import { problemSchema } from "./problem.ts";

/** A name as matches tell it, and FOGIS's id of what is called so; without one, whatever is called so is meant. */
const named = {
  name: z.string().trim().min(1).max(200),
  id: z.string().min(1).max(100).nullable().default(null),
};

/** In the place of a role: whichever is open. */
export const anyPlace = "*";

/** What of a saved filter is said of matches themselves, whenever one looks. */
export const lastingFilterSchema = z
  .strictObject({
    competition: z.string().max(200).nullable().default(null),
    venue: z.string().max(200).nullable().default(null),
    /** Whoever has a place in the match, by their id among the people. */
    personId: z.string().max(100).nullable().default(null),
    /** A role of which a place is open; `*`: any. */
    openPlace: z.string().max(200).nullable().default(null),
    status: matchStatusSchema.nullable().default(null),
    missingOfficial: z.boolean().default(false),
  })
  .readonly();
export type LastingFilter = z.infer<typeof lastingFilterSchema>;

/** Whose matches, or which, a calendar has that is followed by a secret address. */
export const feedSubjectSchema = z.discriminatedUnion("kind", [
  /** `id`: as they are known among the people. */
  z.strictObject({ kind: z.literal("person"), id: z.string().min(1).max(100) }).readonly(),
  z.strictObject({ kind: z.literal("team"), ...named }).readonly(),
  z.strictObject({ kind: z.literal("venue"), ...named }).readonly(),
  z.strictObject({ kind: z.literal("competition"), ...named }).readonly(),
  z
    .strictObject({ kind: z.literal("filter"), name: z.string().trim().min(1).max(60), filter: lastingFilterSchema })
    .readonly(),
]);
export type FeedSubject = z.infer<typeof feedSubjectSchema>;

/**
 * A calendar feed as it is kept. Of a person it has the id alone, no name and no way to reach them. The token is kept as it
 * is, since it is shown again: whoever can read the journal has all that the feed would tell, and more.
 */
export const feedRecordSchema = z
  .object({
    id: z.string(),
    subject: feedSubjectSchema,
    token: z.string(),
    madeAt: instantSchema,
    renewedAt: instantSchema.nullable(),
  })
  .readonly();
export type FeedRecord = z.infer<typeof feedRecordSchema>;
export const feedSubjectKinds = [
  "person",
  "team",
  "venue",
  "competition",
  "filter",
] as const satisfies readonly FeedSubject["kind"][];

/** A calendar that is followed by a secret address. Whoever has the address can read it: it is shown to those who may act. */
export const calendarFeedSchema = z
  .object({
    id: z.string(),
    subject: feedSubjectSchema,
    /** Whom or what it is for; null: somebody who has no match at the moment. */
    label: z.string().nullable(),
    /** How many matches are in it now. */
    matches: z.int(),
    madeAt: instantSchema,
    /** When its address became another one. */
    renewedAt: instantSchema.nullable(),
    lastFetchedAt: instantSchema.nullable(),
    /** null: there is no door open by which it could be fetched. */
    address: z.string().nullable(),
    /** The same for programs that take a webcal address for a subscription. */
    webcal: z.string().nullable(),
  })
  .readonly();
export type CalendarFeed = z.infer<typeof calendarFeedSchema>;

/** The listener for the outside that serves these calendars and nothing else; null: none is wanted. */
export const feedsListenerSchema = z
  .discriminatedUnion("open", [
    z.object({ open: z.literal(true), address: z.string() }).readonly(),
    z.object({ open: z.literal(false), problem: problemSchema }).readonly(),
  ])
  .nullable();
export type FeedsListener = z.infer<typeof feedsListenerSchema>;

const isToBePlayed = ({ status }: Match): boolean => status === "scheduled";

/** A match that is to be played and has nobody to referee it. */
export const lacksReferee = (match: Match): boolean => isToBePlayed(match) && mainRefereeOf(match.officials) === null;

/** A place of that role is open in a match that is to be played. */
export const hasOpenPlace = (match: Match, role: string): boolean =>
  isToBePlayed(match) &&
  (role === anyPlace
    ? match.openPlaces.length > 0 || mainRefereeOf(match.officials) === null
    : match.openPlaces.includes(role));

/** All of a filter but whom it asks for, which one match alone cannot tell. */
export const passesFilter = (match: Match, filter: LastingFilter): boolean =>
  (filter.competition === null || match.competition === filter.competition) &&
  (filter.venue === null || match.venue === filter.venue) &&
  (filter.status === null || match.status === filter.status) &&
  (filter.openPlace === null || hasOpenPlace(match, filter.openPlace)) &&
  (!filter.missingOfficial || lacksReferee(match));
