import type { Instant } from "../../shared/instant.ts";
import { handChannel, listChannel } from "../../shared/match.ts";
import { stockholmDay } from "../../shared/text/format.ts";
import type { DecodedMatches } from "../facts/facts.ts";
import { later, type MatchRecord } from "./record.ts";

/** Whether a complete list has ever had it. Only of such a match does a list that lacks it say anything. */
export const wasListed = ({ sources }: Pick<MatchRecord, "sources">): boolean =>
  sources.some(({ channel }) => channel === listChannel);

/** Whether a person entered it, and no list has ever had it. */
export const isEnteredByHand = (record: Pick<MatchRecord, "sources">): boolean =>
  record.sources[0]?.channel === handChannel && !wasListed(record);

/** Whether it has been played, or at least begun: from then on it can be over, but not gone. */
export const isOver = ({ match }: Pick<MatchRecord, "match">, now: Instant): boolean =>
  match.status === "completed" || (match.kickoff !== null && match.kickoff <= now);

/**
 * The ids a complete list speaks of. null when the list proves nothing, because it is empty or some entry has no id that
 * can be read.
 */
export const listedIds = ({
  matches,
  rejections,
}: {
  readonly matches: readonly Pick<DecodedMatches["matches"][number], "id">[];
  readonly rejections: readonly unknown[];
}): ReadonlySet<string> | null =>
  matches.length === 0 || rejections.length > 0 ? null : new Set(matches.map(({ id }) => id));

/** A list that has every match there is. */
export type CompleteList = {
  readonly ids: ReadonlySet<string>;
  /** When it was asked for, by our clock. */
  readonly askedAt: Instant;
  /** The same by the publisher's clock. */
  readonly at: Instant;
  /** When it came. */
  readonly receivedAt: Instant;
  /** The matches that somebody told of since it was asked for; null: only the times can say. */
  readonly toldSince: ReadonlySet<string> | null;
};

/** So many missing matches, and more than this share of those that a list should have, are not believed at once. */
const believed = { matches: 5, share: 0.2 } as const;

type Absence = {
  /** The matches about which the list changes something. */
  readonly records: readonly MatchRecord[];
  /** Of those the ones that are gone. */
  readonly gone: readonly MatchRecord[];
  /** What the list should have and has not is gone. */
  readonly isWhole: boolean;
};

/**
 * What follows from what a complete list does not have. A match that has been played is over, not gone. One that no list
 * has ever had, or that a person keeps, is none of the list's business. One beyond the days that the list spans is in
 * doubt, and so is a large share that is missing at once: the first until a list reaches that far, the others until the
 * next list lacks them too.
 */
export const absentFrom = (
  known: Iterable<MatchRecord>,
  { ids, askedAt, at, receivedAt, toldSince }: CompleteList,
  /** A match as it is with the list. */
  now: (id: string) => MatchRecord | undefined,
): Absence => {
  const isExpected = (record: MatchRecord): boolean =>
    record.goneAt === null && wasListed(record) && record.keptAt === null && !isOver(record, at);
  // What was heard of since the list was asked for is newer than the list.
  const isNewer = ({ match, updatedAt }: MatchRecord): boolean =>
    toldSince === null ? updatedAt >= askedAt && updatedAt <= receivedAt : toldSince.has(match.id);
  const absent = [...known].filter((record) => !ids.has(record.match.id) && isExpected(record));
  const expected = absent.filter((record) => !isNewer(record));
  const present = [...ids].flatMap((id) => now(id) ?? []);
  const covers = coverage(present);
  const missing = expected.filter(covers);
  const covered = missing.length + present.filter((record) => !isOver(record, at)).length;
  const isMuch = missing.length > believed.matches && missing.length > covered * believed.share;

  const gone: MatchRecord[] = [];
  const doubted: MatchRecord[] = [];
  for (const record of expected) {
    const reason = covers(record) ? "many-missing" : "not-covered";
    const isBelieved = reason === "many-missing" && (!isMuch || record.inDoubt?.reason === reason);
    if (isBelieved)
      gone.push({ ...record, changedAt: later(at, record.changedAt), goneAt: at, goneBy: "list", inDoubt: null });
    else if (record.inDoubt?.reason !== reason) doubted.push({ ...record, inDoubt: { since: at, reason } });
  }
  return { records: [...gone, ...doubted], gone, isWhole: absent.length === gone.length };
};

/**
 * Whether a list of these matches would have a match: a list reaches from now to its last day. One without a kick-off might
 * be anywhere.
 */
const coverage = (listed: readonly MatchRecord[]): ((record: MatchRecord) => boolean) => {
  let last: Instant | null = null;
  for (const { match } of listed)
    if (match.kickoff !== null && (last === null || match.kickoff > last)) last = match.kickoff;
  const end = last;
  if (end === null) return ({ match }) => match.kickoff === null;
  const lastDay = stockholmDay(end);
  return ({ match: { kickoff } }) => kickoff === null || kickoff <= end || stockholmDay(kickoff) === lastDay;
};
