import type { Change } from "../../shared/change.ts";
import type { Instant } from "../../shared/instant.ts";
import type { DecodedMatches, MatchFacts } from "../facts/facts.ts";
import type { JournaledMessage } from "../journal.ts";
import { absentFrom, listedIds } from "../matches/presence.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { RetentionLimits } from "../matches/retention.ts";
import { applyTold, createOverlay, type Overlay, titleOf } from "./apply.ts";
import type { Outcome } from "./batch.ts";
import { idOfWire } from "./decode/matches.ts";

/** Up to this many ids are named in a summary. */
const namedMatches = 8;

/** A list of matches that came whole: over HTTP, or from a person's hand. */
export type MatchList = {
  readonly matches: readonly unknown[];
  /** Where it is said to have come from, in place of a channel. */
  readonly channel: string;
  /** When it was asked for: a match that was heard of since then is not gone. */
  readonly askedAt: Instant;
  /** The same by the publisher's clock: what was published later is newer. */
  readonly at: Instant;
  readonly receivedAt: Instant;
  /** It has every match there is: what it does not name is gone. */
  readonly complete: boolean;
};

export type ListTools = {
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly nextMessageId: () => number;
  readonly nextChangeId: () => number;
  readonly encode: (text: string) => Uint8Array;
  readonly onTold: (facts: MatchFacts) => void;
  readonly limits: () => RetentionLimits;
  /** Payloads larger than this are not kept. */
  readonly maxBytes: number;
};

/** `isWhole`: what the list should have and has not is gone. */
type ListOutcome = Outcome & { readonly isWhole: boolean };

/**
 * What a list amounts to, before any of it is acted on. Of the list itself only the matches that brought something or
 * were refused are kept, as a message of their own: the same list comes again and again.
 */
export const applyList = (list: MatchList, decoded: DecodedMatches, tools: ListTools): ListOutcome => {
  const { channel, at, receivedAt } = list;
  const overlay = createOverlay(tools.records);
  // A match that is in it twice would else change back and forth each time it comes.
  const matches = [...new Map(decoded.matches.map((facts) => [facts.id, facts])).values()];
  const told = { matches, notes: [], urgent: new Set<string>() };
  const telling = { channel, at, receivedAt, isReplay: false, limits: tools.limits() };
  const brought = applyTold(told, telling, overlay, tools.nextChangeId);
  for (const facts of matches) tools.onTold(facts);
  const missing = list.complete ? missingFrom(list, decoded, { ...tools, overlay }) : nothingMissing;
  return {
    messages: journaled(list, decoded, { changed: new Set(brought.map(({ matchId }) => matchId)), tools }),
    matches: [...overlay.touched(), ...missing.matches],
    kept: [...overlay.changed(), ...missing.matches],
    changes: [...brought, ...missing.changes],
    cycles: [],
    reports: [],
    isWhole: missing.isWhole,
  };
};

const nothingMissing = { matches: [], changes: [], isWhole: true };

const missingFrom = (
  { channel, askedAt, at, receivedAt }: MatchList,
  decoded: DecodedMatches,
  { records, overlay, nextChangeId }: ListTools & { readonly overlay: Overlay },
): { readonly matches: readonly MatchRecord[]; readonly changes: readonly Change[]; readonly isWhole: boolean } => {
  const ids = listedIds(decoded);
  if (ids === null) return { matches: [], changes: [], isWhole: true };
  const absence = absentFrom(records.values(), { ids, askedAt, at, receivedAt }, overlay.get);
  const dialect = decoded.matches[0]?.dialect ?? "guide";
  return {
    matches: absence.records,
    isWhole: absence.isWhole,
    changes: absence.gone.map(({ match }) => ({
      id: nextChangeId(),
      matchId: match.id,
      title: titleOf(match),
      at: receivedAt,
      difference: { field: "gone" },
      origin: { at, dialect, channel },
      note: null,
      urgent: false,
    })),
  };
};

const journaled = (
  list: MatchList,
  { matches, rejections }: DecodedMatches,
  { changed, tools }: { readonly changed: ReadonlySet<string>; readonly tools: ListTools },
): readonly JournaledMessage[] => {
  if (changed.size === 0 && rejections.length === 0) return [];
  const refused = new Set(rejections.map(({ matchId }) => matchId));
  const kept = list.matches.filter((match) => {
    const id = idOfWire(match);
    return id === null || refused.has(id) || changed.has(id);
  });
  const payload = tools.encode(JSON.stringify({ type: "match_updates", payload: { matches: kept } }));
  return [
    {
      summary: {
        id: tools.nextMessageId(),
        receivedAt: list.receivedAt,
        publishedAt: null,
        channel: list.channel,
        messageId: null,
        bytes: payload.byteLength,
        verdict: rejections.length === 0 ? "valid" : matches.length === 0 ? "invalid" : "partly",
        gist: {
          type: "match_updates",
          dialect: matches[0]?.dialect ?? null,
          matches: matches.length,
          changes: changed.size,
          rejected: rejections.length,
          matchIds: [...changed].slice(0, namedMatches),
        },
      },
      payload: payload.byteLength > tools.maxBytes ? null : payload,
      matchIds: [...changed],
      rejections: rejections.map(({ path, reason }) => ({ path, reason })),
    },
  ];
};
