import { z } from "zod";
import { type MessageSummary, messageTypeSchema, verdictSchema } from "../../../shared/message.ts";
import { type Searchable, searchable, searchFor } from "../../../shared/search.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { searchableMatch } from "../../parts/match.ts";

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
const wordsOf = ({ channel, messageId, gist }: MessageSummary): Searchable => {
  switch (gist.type) {
    case "match_updates":
      return searchable(channel, messageId, gist.dialect, ...gist.matchIds);
    case "processing_status":
      return searchable(channel, messageId, gist.status, gist.cycle === null ? null : String(gist.cycle));
    case "system_alert":
      return searchable(channel, messageId, gist.severity, gist.alertType, gist.text);
    case "health_check":
      return searchable(channel, messageId);
    case "invalid":
      return searchable(channel, messageId, gist.rejection.path, gist.rejection.reason);
  }
};

type Searched = (message: MessageSummary) => boolean;

/** A message is found by its own words, or by those of a match in it; the matches are looked through once. */
const searcher = (typed: string, matches: readonly MatchView[]): Searched => {
  const search = searchFor(typed);
  if (search.isEmpty) return () => true;
  const found = new Set(matches.filter((match) => search.finds(searchableMatch(match))).map((match) => match.id));
  return (message) =>
    (message.gist.type === "match_updates" && message.gist.matchIds.some((id) => found.has(id))) ||
    search.finds(wordsOf(message));
};

export const matcher = (filter: Filter, matches: readonly MatchView[]): Searched => {
  const found = searcher(filter.search, matches);
  return (message) =>
    (filter.channel === null || message.channel === filter.channel) &&
    (filter.type === null || message.gist.type === filter.type) &&
    (filter.verdict === null || message.verdict === filter.verdict) &&
    found(message);
};
