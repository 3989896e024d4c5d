import type { Loaded } from "../journal.ts";

/** The facts about the list that the journal keeps for the next run. */
const fact = {
  etag: "list-etag",
  source: "list-source",
  asOfChange: "list-as-of-change",
  matches: "list-matches",
} as const;

/**
 * The list that was applied last, and whether its ETag may be used. "Not modified" says that the list is what it was; that
 * we are right follows only when nobody else has changed a match since that list was asked for. A change that was told
 * and taken back while we were deaf would else stay for ever.
 */
export const createListing = ({ meta, source }: Pick<Loaded, "meta"> & { readonly source: string }) => {
  // Another source may give the same ETag to another list.
  let etag = meta[fact.source] === source ? (meta[fact.etag] ?? null) : null;
  let asOfChange = Number(meta[fact.asOfChange] ?? Number.NaN);
  let matches = Number(meta[fact.matches] ?? 0);
  let toldMeanwhile = false;

  return {
    /** How many matches were in it. */
    matches: (): number => matches,
    /** The list is asked for: with this ETag, or whole. */
    asking: (lastChange: number): string | null => {
      toldMeanwhile = false;
      return lastChange === asOfChange ? etag : null;
    },
    /** Somebody else told of matches. */
    told: (): void => {
      toldMeanwhile = true;
    },
    /** It was applied; `whole`: we now know exactly the matches in it. Answers what the journal should keep. */
    applied: (list: {
      readonly etag: string | null;
      readonly matches: number;
      readonly whole: boolean;
      readonly lastChange: number;
    }): Readonly<Record<string, string | null>> => {
      etag = list.whole && !toldMeanwhile ? list.etag : null;
      asOfChange = list.lastChange;
      matches = list.matches;
      return {
        [fact.etag]: etag,
        [fact.source]: source,
        [fact.asOfChange]: String(asOfChange),
        [fact.matches]: String(matches),
      };
    },
  };
};
