import { z } from "zod";
import { targetNameSchema } from "./calendar.ts";
import { differenceSchema } from "./change.ts";
import { instantSchema } from "./instant.ts";
import { officialSchema } from "./match.ts";
import { problemSchema } from "./problem.ts";

/** Somebody was told how things stand with a match. */
export const toldSchema = z
  .object({
    /** Whom, by the id that `people` gives; null: everybody whom it concerns. */
    personId: z.string().nullable(),
    at: instantSchema,
    /** Who told them. */
    by: z.string().nullable(),
    /** The newest change there was then: what has changed since, they have not been told. */
    upTo: z.int(),
  })
  .readonly();
export type Told = z.infer<typeof toldSchema>;

export const noteSchema = z
  .object({ id: z.int(), at: instantSchema, by: z.string().nullable(), text: z.string() })
  .readonly();
export type Note = z.infer<typeof noteSchema>;

const { name, phone, email } = officialSchema.unwrap().shape;

/** Somebody whom an item concerns. */
const concernedSchema = z
  .object({
    id: z.string(),
    name,
    role: z.string().nullable(),
    phone,
    email,
    /** Set when they know how things stand; null when they are yet to be told. */
    told: z.object({ at: instantSchema, by: z.string().nullable() }).readonly().nullable(),
  })
  .readonly();
export type Concerned = z.infer<typeof concernedSchema>;

/** How near the kick-off is: at most 48 h, at most 7 days, or later. */
export const urgencySchema = z.enum(["hours", "days", "later"]);
export type Urgency = z.infer<typeof urgencySchema>;

const common = {
  /** Stays the same for as long as the item is there. */
  id: z.string(),
  /** Since when it waits. */
  since: instantSchema,
  urgency: urgencySchema,
};

const ofMatch = {
  ...common,
  matchId: z.string(),
  /** `Home – Away`. */
  title: z.string(),
  kickoff: instantSchema.nullable(),
  venue: z.string().nullable(),
  people: z.array(concernedSchema).readonly(),
  /** The newest change it takes into account: for `tell`. */
  upTo: z.int(),
};

const ofTarget = {
  ...common,
  matchId: z.null(),
  target: targetNameSchema,
  label: z.string(),
  people: z.array(concernedSchema).readonly(),
};

const lacking = <K extends string>(kind: K) =>
  z
    .object({
      kind: z.literal(kind),
      ...ofMatch,
      places: z.array(z.object({ role: z.string(), status: z.string().nullable() }).readonly()).readonly(),
    })
    .readonly();
const news = <K extends string>(kind: K) =>
  z.object({ kind: z.literal(kind), ...ofMatch, changes: z.array(differenceSchema).readonly() }).readonly();

/** Something that waits for somebody. */
export const todoItemSchema = z.discriminatedUnion("kind", [
  /** Nobody is to lead the match; `places` are all that are open, with how far filling them has come in FOGIS's words. */
  lacking("no-referee"),
  /** Other places are open. */
  lacking("open-place"),
  /** One who is in `people` cannot be at both. */
  z.object({ kind: z.literal("double-booked"), ...ofMatch, otherMatchId: z.string() }).readonly(),
  /** Those in `people` had a place that nobody has now, or have answered no. */
  z.object({ kind: z.literal("withdrawn"), ...ofMatch }).readonly(),
  // What has changed since somebody was last told: `changes` are old and new, several of one kind as one.
  news("called-off"),
  news("postponed"),
  /** It was called off or postponed, and is to be played after all. */
  news("on-again"),
  /** Another time or another place. */
  news("moved"),
  /** Removals, or a first sync, wait for a word. */
  z.object({ kind: z.literal("held"), ...ofTarget, removals: z.int().nullable() }).readonly(),
  /** The calendar goes no further by itself. */
  z.object({ kind: z.literal("calendar"), ...ofTarget, problem: problemSchema }).readonly(),
  /** A sign-in is over, or will soon be. `expiresAt`: when, if it is still good. */
  z
    .object({ kind: z.literal("sign-in"), ...ofTarget, problem: problemSchema, expiresAt: instantSchema.nullable() })
    .readonly(),
]);
export type TodoItem = z.infer<typeof todoItemSchema>;
export type TodoKind = TodoItem["kind"];

export type MatchItem = Extract<TodoItem, { readonly matchId: string }>;

/** Everything that waits in one match, the most pressing first. */
export type MatchWaiting = Pick<MatchItem, "matchId" | "title" | "kickoff" | "venue" | "urgency"> & {
  readonly items: readonly MatchItem[];
};

/** What waits, by match: each stands where its most pressing item does. */
export const matchesWaiting = (items: readonly TodoItem[]): readonly MatchWaiting[] => {
  const byMatch = new Map<string, readonly MatchItem[]>();
  for (const item of items)
    if (item.matchId !== null) byMatch.set(item.matchId, [...(byMatch.get(item.matchId) ?? []), item]);
  return [...byMatch.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const { matchId, title, kickoff, venue, urgency } = first;
    return [{ matchId, title, kickoff, venue, urgency, items: all }];
  });
};

/** What an item is about: one match, or one calendar. What waits in it is told together, and counts once. */
export const subjectOf = (item: TodoItem): string =>
  item.matchId === null ? `target/${item.target}` : `match/${item.matchId}`;

/** A match beside another one. */
const nearSchema = z
  .object({
    matchId: z.string(),
    title: z.string(),
    kickoff: instantSchema,
    venue: z.string().nullable(),
    /** As the crow flies; null where a position is not known. */
    km: z.number().nullable(),
    /** From the end of the earlier to the kick-off of the later. */
    minutesBetween: z.int(),
  })
  .readonly();

/** Somebody who could take a place of a match. */
export const freePersonSchema = z
  .object({
    id: z.string(),
    name,
    number: officialSchema.unwrap().shape.number,
    phone,
    email,
    /** In how many matches that we know they have, or had, the role. */
    heldRole: z.int(),
    /** How many matches they have in that week, Monday to Sunday in Stockholm. */
    thatWeek: z.int(),
    /** Their nearest match before and after, within a day. */
    before: nearSchema.nullable(),
    after: nearSchema.nullable(),
  })
  .readonly();
export type FreePerson = z.infer<typeof freePersonSchema>;
