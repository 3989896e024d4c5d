import { z } from "zod";
import { raise } from "../../../shared/problem.ts";

const envelopeSchema = z.object({
  success: z.unknown().optional(),
  matches: z.array(z.unknown()).optional().catch(undefined),
  matchlista: z.array(z.unknown()).optional().catch(undefined),
  total: z.unknown().optional(),
  total_matches: z.unknown().optional(),
  count: z.unknown().optional(),
  data: z.unknown().optional(),
  /** What .NET's services, FOGIS's own among them, put around an answer. */
  d: z.unknown().optional(),
});

/**
 * The list in a source's answer: bare, or under `matches` or `matchlista`, which may be wrapped. A list that is empty, or that says of itself
 * that it is not whole, is refused: it would tell that matches are gone.
 */
export const readMatchList = (answer: unknown): readonly unknown[] => {
  const list = Array.isArray(answer) ? answer : unwrap(answer);
  if (list.length === 0) return raise("source-empty", "The source answers an empty match list.");
  return list;
};

const unwrap = (answer: unknown): readonly unknown[] => {
  const envelope = envelopeSchema.safeParse(answer);
  if (envelope.data?.success === false) return raise("source-status", "The source says that it failed.");
  const list = envelope.data?.matches ?? envelope.data?.matchlista;
  const inside = envelope.data?.d ?? envelope.data?.data;
  if (list === undefined && inside !== undefined) return Array.isArray(inside) ? inside : unwrap(inside);
  if (envelope.data === undefined || list === undefined)
    return raise("source-not-json", "The source answers JSON, but no list of matches is in it.");
  const { total, total_matches, count } = envelope.data;
  const told = [total, total_matches, count].filter((number) => typeof number === "number");
  if (told.some((number) => number !== list.length))
    return raise("source-incomplete", "The source sends another number of matches than it says it has.");
  return list;
};
