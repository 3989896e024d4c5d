import { z } from "zod";
import { addressBookNameSchema, placementSchema } from "./calendar.ts";
import { noteSchema } from "./desk.ts";
import { instantSchema } from "./instant.ts";
import { contactSchema, matchStatusSchema, officialSchema } from "./match.ts";

const { name, number, personId, phone, email, phones, address } = officialSchema.unwrap().shape;

/** One place of a match that somebody has. */
export const appointmentSchema = z
  .object({
    matchId: z.string(),
    /** `Home – Away`. */
    title: z.string(),
    kickoff: instantSchema.nullable(),
    venue: z.string().nullable(),
    status: matchStatusSchema,
    role: z.string().nullable(),
    /** How far the assignment has come, in FOGIS's words. */
    assignment: z.string().nullable(),
    /** From kick-off to the end, as far as one can know. */
    minutes: z.int(),
    /** The way from their match before, where that is within a day. `km`: as the crow flies; null where a position is not known. */
    from: z.object({ matchId: z.string(), km: z.number().nullable(), minutesBetween: z.int() }).readonly().nullable(),
    /** When they were last told how things stand with it, and by whom. */
    told: z.object({ at: instantSchema, by: z.string().nullable() }).readonly().nullable(),
  })
  .readonly();

/** Somebody who referees, with their matches by kick-off. */
export const personSchema = z
  .object({
    /** Stays the same from list to list. */
    id: z.string(),
    name,
    number,
    personId,
    phone,
    email,
    phones,
    address,
    /** How they stand in each address book that is kept; nothing of those in which they have no place. */
    contacts: z.partialRecord(addressBookNameSchema, placementSchema).readonly(),
    matches: z.array(appointmentSchema).readonly(),
  })
  .readonly();
export type Person = z.infer<typeof personSchema>;

/** Everything that is kept of a person, as it would be handed to them; of others nothing. */
export const personalDataSchema = z
  .object({
    name: z.string(),
    matches: z
      .array(
        z
          .object({
            matchId: z.string(),
            title: z.string(),
            kickoff: instantSchema.nullable(),
            /** It is current no more. */
            archived: z.boolean(),
            officials: z.array(officialSchema).readonly(),
            contacts: z.array(contactSchema).readonly(),
          })
          .readonly(),
      )
      .readonly(),
    /** When timelines note them: as they were before and after. */
    timelines: z
      .array(
        z
          .object({
            changeId: z.int(),
            matchId: z.string(),
            at: instantSchema,
            before: z.array(z.union([officialSchema, contactSchema])).readonly(),
            after: z.array(z.union([officialSchema, contactSchema])).readonly(),
            /** What the publisher said of the change. */
            note: z.string().nullable(),
          })
          .readonly(),
      )
      .readonly(),
    /** When they were told how things stand with a match. */
    told: z.array(z.object({ matchId: z.string(), at: instantSchema }).readonly()).readonly(),
    /** The secret addresses by which their own calendar is followed. */
    calendarFeeds: z
      .array(z.object({ madeAt: instantSchema, lastFetchedAt: instantSchema.nullable() }).readonly())
      .readonly(),
    /** What people wrote of matches, as far as it names them or is by them. */
    notes: z.array(noteSchema.unwrap().extend({ matchId: z.string() }).readonly()).readonly(),
    messages: z
      .array(
        z
          .object({
            messageId: z.int(),
            receivedAt: instantSchema,
            channel: z.string(),
            /** The parts that speak of them, word for word. */
            said: z.array(z.unknown()).readonly(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type PersonalData = z.infer<typeof personalDataSchema>;
