import { z } from "zod";
import { instantSchema } from "./instant.ts";
import { contactSchema, matchStatusSchema, officialSchema, originSchema, positionSchema } from "./match.ts";

const text = z.string().nullable();
const fieldChange = <F extends string, V extends z.ZodType>(field: F, value: V) =>
  z.object({ field: z.literal(field), before: value, after: value }).readonly();

/** What differed, with both values. `added`, `gone` and `returned` speak of the match as a whole. */
export const differenceSchema = z.discriminatedUnion("field", [
  z.object({ field: z.literal("added") }).readonly(),
  z.object({ field: z.literal("gone") }).readonly(),
  z.object({ field: z.literal("returned") }).readonly(),
  fieldChange("kickoff", instantSchema.nullable()),
  fieldChange("status", matchStatusSchema),
  fieldChange("venue", text),
  fieldChange("home", text),
  fieldChange("away", text),
  fieldChange("competition", text),
  fieldChange("number", text),
  fieldChange("officials", z.array(officialSchema).readonly()),
  fieldChange("contacts", z.array(contactSchema).readonly()),
  fieldChange("position", positionSchema.nullable()),
]);
export type Difference = z.infer<typeof differenceSchema>;

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
    note: publisherNoteSchema.nullable(),
    /** The publisher marked it `high_priority`, or it moves a kick-off less than 48 h away. */
    urgent: z.boolean(),
  })
  .readonly();
export type Change = z.infer<typeof changeSchema>;
