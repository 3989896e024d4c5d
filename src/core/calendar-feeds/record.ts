import { z } from "zod";
import { type FeedRecord, feedRecordSchema } from "../../shared/calendar-feed.ts";
import { type Instant, instantSchema } from "../../shared/instant.ts";
import { storedKind } from "../stored-kind.ts";

export const storedFeed = storedKind<FeedRecord>({ schema: feedRecordSchema });

/** What the names of these facts begin with, among the journal's small facts. */
const feedPrefix = "calendar-feed/";
export const feedFactOf = (id: string): string => `${feedPrefix}${id}`;

/** When each was last fetched, in one fact: it is written now and then, for all of them. */
export const fetchedFact = "calendar-feeds-fetched";

/** One that this version cannot read stays in the journal, and its address answers nobody. */
export const readFeeds = (
  facts: Readonly<Record<string, string>>,
): { readonly feeds: readonly FeedRecord[]; readonly unreadable: number } => {
  const texts = Object.entries(facts).flatMap(([name, text]) => (name.startsWith(feedPrefix) ? [text] : []));
  const feeds = texts.flatMap((text) => storedFeed.read(text) ?? []);
  return { feeds, unreadable: texts.length - feeds.length };
};

const fetchedSchema = z.record(z.string(), instantSchema);

/** Times that cannot be read are news of the past that nobody misses. */
export const readFetched = (text: string | undefined): Map<string, Instant> => {
  try {
    return new Map(Object.entries(fetchedSchema.parse(JSON.parse(text ?? "{}"))));
  } catch {
    return new Map();
  }
};
