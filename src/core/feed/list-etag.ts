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
 * we are right follows only when nobody else has told of a match since that list was asked for. A change that was told
 * and taken back while we were deaf would else stay for ever.
 */
export const createListEtag = ({
  meta,
  source,
  lastChange: loadedChange,
}: Pick<Loaded, "meta"> & { readonly source: string; readonly lastChange: number }) => {
  // Another source may give the same ETag to another list.
  let etag = meta[fact.source] === source ? (meta[fact.etag] ?? null) : null;
  let asOfChange = Number(meta[fact.asOfChange] ?? Number.NaN);
  let matches = Number(meta[fact.matches] ?? 0);
  let lastChange = loadedChange;
  let toldMeanwhile = false;

  return {
    /** How many matches were in it. */
    matches: (): number => matches,
    /** The list is asked for: with this ETag, or whole. */
    asking: (): string | null => {
      toldMeanwhile = false;
      return lastChange === asOfChange ? etag : null;
    },
    /** Something is known from now on; `byList` when the list told it. */
    known: (changes: readonly { readonly id: number }[], byList: boolean): void => {
      lastChange = changes.at(-1)?.id ?? lastChange;
      if (!byList) toldMeanwhile = true;
    },
    /** It was applied; `isWhole`: we now know exactly the matches in it. Answers what the journal should keep. */
    applied: (list: {
      readonly etag: string | null;
      readonly matches: number;
      readonly isWhole: boolean;
    }): Readonly<Record<string, string | null>> => {
      etag = list.isWhole && !toldMeanwhile ? list.etag : null;
      asOfChange = lastChange;
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
