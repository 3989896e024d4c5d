import { z } from "zod";
import { instantSchema } from "./instant.ts";

export const matchStatuses = ["scheduled", "postponed", "cancelled", "abandoned", "completed"] as const;
export const matchStatusSchema = z.enum(matchStatuses);
export type MatchStatus = z.infer<typeof matchStatusSchema>;

/** How a publisher may word a match; richest first. See docs/dialects.md. */
export const dialects = ["fogis", "enhanced", "legacy", "guide"] as const;
export const dialectSchema = z.enum(dialects);
export type Dialect = z.infer<typeof dialectSchema>;

export const officialSchema = z
  .object({
    role: z.string().nullable(),
    name: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
  })
  .readonly();
export type Official = z.infer<typeof officialSchema>;

const mainReferee = /^(huvuddomare|domare|dom|referee|main referee)$/i;

/** Where no role was told at all, any official may be the referee. */
export const mainRefereeOf = (officials: readonly Official[]): Official | null =>
  officials.find(({ role }) => role !== null && mainReferee.test(role.trim())) ??
  officials.find(({ role }) => role === null) ??
  null;

export const contactSchema = z
  .object({
    team: z.string().nullable(),
    name: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
  })
  .readonly();
export type Contact = z.infer<typeof contactSchema>;

export const positionSchema = z.object({ latitude: z.number(), longitude: z.number() }).readonly();

/** The match's page at the football association. */
export const matchPageOf = (id: string): string => `https://www.svenskfotboll.se/matchfakta/${encodeURIComponent(id)}/`;

/** One match as Avspark knows it. `null` means: nobody has told us. */
export const matchSchema = z
  .object({
    /** FOGIS match id as text: the identity everywhere. */
    id: z.string(),
    /** The competition's own match number, e.g. `000402010`. */
    number: z.string().nullable(),
    competition: z.string().nullable(),
    home: z.string().nullable(),
    away: z.string().nullable(),
    kickoff: instantSchema.nullable(),
    venue: z.string().nullable(),
    /** WGS 84 degrees. */
    position: positionSchema.nullable(),
    officials: z.array(officialSchema).readonly(),
    /** The teams' contact persons. */
    contacts: z.array(contactSchema).readonly(),
    status: matchStatusSchema,
  })
  .readonly();
export type Match = z.infer<typeof matchSchema>;

/** The facts of a match that can change, in the order a person cares for them. */
export const matchFields = [
  "kickoff",
  "status",
  "venue",
  "officials",
  "home",
  "away",
  "competition",
  "number",
  "position",
  "contacts",
] as const;
export const matchFieldSchema = z.enum(matchFields);
export type MatchField = z.infer<typeof matchFieldSchema>;

/** What stands in place of a Redis channel for facts out of the list over HTTP. */
export const listChannel = "http";

/** Where a fact came from. `at` is the publisher's time, never later than our receipt of it. */
export const originSchema = z.object({ at: instantSchema, dialect: dialectSchema, channel: z.string() }).readonly();
export type Origin = z.infer<typeof originSchema>;
