import { z } from "zod";
import { instantSchema } from "./instant.ts";
import { matchStatusSchema, officialSchema } from "./match.ts";

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
  })
  .readonly();
export type Appointment = z.infer<typeof appointmentSchema>;

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
    matches: z.array(appointmentSchema).readonly(),
  })
  .readonly();
export type Person = z.infer<typeof personSchema>;
