import { z } from "zod";
import type { PublisherNote } from "../../../shared/change.ts";
import { cycleStatusSchema, severitySchema } from "../../../shared/message.ts";
import type { MatchFacts } from "../../facts/facts.ts";
import { firstTold, toldText } from "../dialects/words.ts";
import type { MatchUpdates } from "../message.ts";
import { fieldsOfNote } from "../notes.ts";

/** The shapes around the matches. They name only what is read. */

export const envelopeSchema = z.object({
  message_id: z.unknown().optional(),
  timestamp: z.unknown().optional(),
  type: z.string().nullish(),
  payload: z.unknown().optional(),
});

/** As many matches as no federation has; what is longer is a mistake or an attack. */
const maxMatches = 100_000;

export const matchUpdatesSchema = z.object({
  matches: z.array(z.unknown()).max(maxMatches),
  detailed_changes: z.unknown().optional(),
  high_priority: z.unknown().optional(),
});

/** Words the publishers write in any case. */
const folded = <S extends z.ZodType<unknown, string>>(words: S) => z.string().trim().toLowerCase().pipe(words);

const cycleShape = {
  cycle_number: z.int().nullish(),
  matches_processed: z.int().nullish(),
  processing_duration_ms: z.number().nullish(),
};

/** The numbers stand in the payload (the guide) or in its details (the publisher). */
export const processingStatusSchema = z.object({
  status: folded(cycleStatusSchema),
  ...cycleShape,
  details: z.object(cycleShape).nullish(),
});

export const systemAlertSchema = z.object({
  alert_type: z.string(),
  severity: folded(severitySchema),
  message: z.string(),
});

/** Alert texts and notes are shown in lists. */
const maxShown = 2000;
export const bounded = (text: string): string => (text.length <= maxShown ? text : `${text.slice(0, maxShown)}…`);

const identity = z.union([z.string(), z.number()]).nullish().catch(null);
const noteText = z.string().nullish().catch(null);
const noteSchema = z.object({
  match_id: identity,
  field: noteText,
  category: noteText,
  priority: noteText,
  description: noteText,
});

const shown = (text: string | null | undefined): string | null => {
  const told = toldText(text);
  return told === null ? null : bounded(told);
};

/**
 * What the publisher says about its own changes. It only accompanies the matches, so what cannot be read of it is left
 * out. A note that names no match belongs to the only one there is.
 */
export const readNotes = (changes: unknown, matches: readonly MatchFacts[]): MatchUpdates["notes"] => {
  if (!Array.isArray(changes)) return [];
  const only = matches.length === 1 ? (matches[0]?.id ?? null) : null;
  return changes.flatMap((change: unknown) => {
    const parsed = noteSchema.safeParse(change);
    if (!parsed.success) return [];
    const { match_id, field, category, priority, description } = parsed.data;
    const matchId = firstTold(match_id) ?? only;
    const note: PublisherNote = {
      category: shown(category),
      priority: shown(priority),
      description: shown(description),
    };
    return matchId === null ? [] : [{ matchId, fields: fieldsOfNote(field, category), note }];
  });
};
