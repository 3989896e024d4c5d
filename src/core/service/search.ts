import type { MessageSummary } from "../../shared/message.ts";
import type { MatchView } from "../../shared/snapshot.ts";

type Matches = { readonly view: (id: string) => MatchView | null };

/** JSON may write any letter by its number. */
const lettered = (text: string): string =>
  text.includes("\\u")
    ? text.replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

const matchNames = ({ gist }: MessageSummary, matches: Matches): readonly string[] =>
  gist.type === "match_updates"
    ? gist.matchIds.flatMap((id) => {
        const match = matches.view(id);
        return match === null ? [] : [match.home, match.away, match.competition, match.venue].map((name) => name ?? "");
      })
    : [];

/**
 * Whether a message has all the words of a search, in any order and case: in its content, in what is known of it, or in
 * the names of the matches it speaks of.
 */
export const messageSearch = (search: string, matches: Matches) => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (summary: MessageSummary, payload: string | null): boolean => {
    const text = [JSON.stringify(summary), ...matchNames(summary, matches), lettered(payload ?? "")]
      .join(" ")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
};
