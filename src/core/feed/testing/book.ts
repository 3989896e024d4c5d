import type { MatchBook } from "../../matches/book.ts";
import type { MatchRecord } from "../../matches/record.ts";

/** What the feed needs of the matches, over a map of them. */
export const bookOf = (records: Map<string, MatchRecord>): Pick<MatchBook, "records" | "put"> => ({
  records,
  put: (changed) => {
    for (const record of changed) records.set(record.match.id, record);
    return [];
  },
});
