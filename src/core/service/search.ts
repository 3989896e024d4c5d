import type { MessageSummary } from "../../shared/message.ts";
import { searchable, searchFor } from "../../shared/search.ts";
import type { MatchView } from "../../shared/snapshot.ts";

type Matches = { readonly view: (id: string) => MatchView | null };

/** JSON may write any letter by its number. */
const lettered = (text: string): string =>
  text.includes("\\u")
    ? text.replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

const matchNames = ({ gist }: MessageSummary, matches: Matches): readonly (string | null)[] =>
  gist.type === "match_updates"
    ? gist.matchIds.flatMap((id) => {
        const match = matches.view(id);
        return match === null ? [] : [match.home, match.away, match.competition, match.venue];
      })
    : [];

/**
 * Whether a message has all the words of a search: in its content, in what is known of it, or in the names of the matches
 * it speaks of.
 */
export const messageSearch = (typed: string, matches: Matches) => {
  const search = searchFor(typed);
  return (summary: MessageSummary, payload: string | null): boolean =>
    search.isEmpty ||
    search.finds(searchable(JSON.stringify(summary), ...matchNames(summary, matches), lettered(payload ?? "")));
};
