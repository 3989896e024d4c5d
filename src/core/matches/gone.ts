import type { Instant } from "../../shared/instant.ts";
import type { DecodedMatches } from "../facts/facts.ts";
import type { MatchRecord } from "./record.ts";

/**
 * The ids a complete list speaks of, those of refused matches too: what we could not read is not gone. null when the list
 * proves nothing, because it is empty or some entry has no id that could be read.
 */
export const listedIds = ({ matches, rejections }: DecodedMatches): ReadonlySet<string> | null => {
  const ids = new Set(matches.map(({ id }) => id));
  for (const { matchId } of rejections) {
    if (matchId === null) return null;
    ids.add(matchId);
  }
  return ids.size === 0 ? null : ids;
};

/**
 * The records a complete list no longer has, marked gone from the moment it was asked for; what was heard of since then is
 * newer than the list. `at`: that moment by the publisher's clock.
 */
export const goneFrom = (
  records: Iterable<MatchRecord>,
  listed: ReadonlySet<string>,
  { askedAt, at }: { readonly askedAt: Instant; readonly at: Instant },
): readonly MatchRecord[] => {
  const gone: MatchRecord[] = [];
  if (listed.size === 0) return gone;
  for (const record of records) {
    if (record.goneAt !== null || record.updatedAt >= askedAt || listed.has(record.match.id)) continue;
    gone.push({ ...record, changedAt: at, goneAt: at });
  }
  return gone;
};
