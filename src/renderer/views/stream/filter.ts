import { z } from "zod";
import { type MessageSummary, messageTypeSchema, verdictSchema } from "../../../shared/message.ts";
import type { MatchView } from "../../../shared/snapshot.ts";

export const filterSchema = z
  .object({
    channel: z.string().nullable(),
    type: messageTypeSchema.nullable(),
    verdict: verdictSchema.nullable(),
    search: z.string().max(200),
  })
  .readonly();
export type Filter = z.infer<typeof filterSchema>;

export const noFilter: Filter = { channel: null, type: null, verdict: null, search: "" };

export const isFiltering = ({ channel, type, verdict, search }: Filter): boolean =>
  channel !== null || type !== null || verdict !== null || search.trim() !== "";

/** The words of a message that can be searched besides its matches' names. */
const wordsOf = ({ channel, messageId, gist }: MessageSummary): string => {
  const parts = [channel, messageId ?? ""];
  switch (gist.type) {
    case "match_updates":
      return [...parts, gist.dialect ?? "", ...gist.matchIds].join(" ");
    case "processing_status":
      return [...parts, gist.status, gist.cycle ?? ""].join(" ");
    case "system_alert":
      return [...parts, gist.severity, gist.alertType, gist.text].join(" ");
    case "invalid":
      return [...parts, gist.rejection.path, gist.rejection.reason].join(" ");
  }
};

const matchWords = (match: MatchView): string =>
  [match.home, match.away, match.competition, match.number, match.venue].join(" ");

type Searched = (message: MessageSummary) => boolean;

/** A message is found by its own words, or by those of a match in it; the matches are looked through once. */
const searcher = (search: string, matches: readonly MatchView[]): Searched => {
  const words = search.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  const holdsAll = (text: string): boolean => {
    const lower = text.toLocaleLowerCase();
    return words.every((word) => lower.includes(word));
  };
  const found = new Set(matches.filter((match) => holdsAll(matchWords(match))).map((match) => match.id));
  return (message) =>
    (message.gist.type === "match_updates" && message.gist.matchIds.some((id) => found.has(id))) ||
    holdsAll(wordsOf(message));
};

export const matcher = (filter: Filter, matches: readonly MatchView[]): Searched => {
  const found = searcher(filter.search, matches);
  return (message) =>
    (filter.channel === null || message.channel === filter.channel) &&
    (filter.type === null || message.gist.type === filter.type) &&
    (filter.verdict === null || message.verdict === filter.verdict) &&
    found(message);
};
