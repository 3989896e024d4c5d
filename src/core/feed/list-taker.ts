import { instantOf } from "../../shared/instant.ts";
import { listChannel } from "../../shared/match.ts";
import type { RejectedMatch } from "../../shared/message.ts";
import { ProblemError } from "../../shared/problem.ts";
import type { DecodedMatches } from "../facts/facts.ts";
import type { Journal, JournalBatch, Loaded } from "../journal.ts";
import type { MatchRecord } from "../matches/record.ts";
import { type Moment, momentOf, wallOf } from "../moment.ts";
import type { Clock } from "../ports.ts";
import type { Outcome } from "./batch.ts";
import type { Comparison } from "./comparison.ts";
import { decodeMatches } from "./decode/matches.ts";
import { fingerprintOf } from "./dedupe.ts";
import { createListing } from "./listing.ts";
import { applyList, type ListTools, type MatchList } from "./lists.ts";
import type { FetchedList } from "./poller.ts";

/** Of a list from a person's hand so many bad matches are named; whoever sends more of them sends no matches. */
const rejectedNamed = 1000;

/** Clocks that differ less are the same. */
const clockTolerance = 1000;

export type ListTakerOptions = {
  readonly loaded: Pick<Loaded, "meta">;
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly journal: Pick<Journal, "append">;
  readonly keep: (facts: NonNullable<JournalBatch["meta"]>) => void;
  /** Of the source, to know another one from it. */
  readonly source: string;
  readonly clock: Pick<Clock, "elapsed" | "now">;
  /** What the publisher's clock showed at a moment of ours, as far as is known by now. */
  readonly publisherAt: (moment: Moment) => number;
  readonly encode: ListTools["encode"];
  readonly maxBytes: number;
  readonly limits: ListTools["limits"];
  readonly numbering: () => Pick<ListTools, "nextMessageId" | "nextChangeId"> & { readonly keep: () => void };
  readonly lastChange: () => number;
  readonly comparison: Comparison;
  /** Acts on what the journal has taken. */
  readonly act: (outcome: Outcome, way: "http" | "manual") => void;
};

/** What became of a list from a person's hand. */
export type TakenByHand = {
  /** The ids of the matches that were taken. */
  readonly ids: readonly string[];
  /** The matches that were refused. */
  readonly rejected: readonly RejectedMatch[];
};

type Brought = { readonly matches: number; readonly changes: number };

/** Takes lists of matches that come whole: those of the source, and those from a person's hand. */
export const createListTaker = (options: ListTakerOptions) => {
  const { records, comparison, lastChange } = options;
  const listing = createListing({ ...options.loaded, source: options.source });
  /** When the last list was asked for, and what the publisher's clock was taken to show then. */
  let last: { readonly asked: Moment; readonly at: number } | null = null;
  let lastRefused: number | null = null;

  /** Journals what a list amounts to and acts on it; rejects with ProblemError when the journal refuses. */
  const take = async (
    list: MatchList,
    decoded: DecodedMatches,
    way: "http" | "manual",
  ): Promise<ReturnType<typeof applyList>> => {
    const { keep, ...numbers } = options.numbering();
    const outcome = applyList(list, decoded, {
      records,
      encode: options.encode,
      maxBytes: options.maxBytes,
      limits: options.limits,
      onTold: (facts) => {
        if (way === "http") comparison.told(way, facts);
      },
      ...numbers,
    });
    const { messages, refused } = withoutOldRefusals(outcome);
    const { kept, changes } = outcome;
    const told = { ...outcome, messages };
    await options.journal.append({ messages, matches: kept, changes });
    lastRefused = refused;
    keep();
    if (way === "http") comparison.changed("http", changes);
    options.act(told, way);
    return told;
  };

  /** A list that brings nothing but what was refused the last time as well goes into quarantine once. */
  const withoutOldRefusals = ({ messages, changes }: Outcome) => {
    const payload = messages[0]?.payload ?? null;
    if (payload === null || changes.length > 0) return { messages, refused: lastRefused };
    const refused = fingerprintOf(payload);
    return { messages: refused === lastRefused ? [] : messages, refused };
  };

  const timesOf = (asked: Moment) => {
    const now = momentOf(options.clock);
    const wall = wallOf(asked, now);
    return {
      askedAt: instantOf(wall),
      at: instantOf(options.publisherAt({ ...asked, wall })),
      receivedAt: instantOf(now.wall),
    };
  };

  return {
    /** The ETag to ask the source with. */
    asking: (): string | null => listing.asking(lastChange()),
    /** Somebody else told of matches. */
    told: listing.told,
    fetched: async (list: FetchedList): Promise<Brought> => {
      if (list.kind === "unchanged") return { matches: listing.matches(), changes: 0 };
      const { matches, etag } = list;
      const decoded = decodeMatches(matches, "matches");
      const about = { channel: listChannel, ...timesOf(list.fetchedFrom), complete: true };
      const { changes, isWhole } = await take({ matches, ...about }, decoded, "http");
      last = { asked: list.fetchedFrom, at: options.publisherAt(list.fetchedFrom) };
      options.keep(listing.applied({ etag, matches: matches.length, whole: isWhole, lastChange: lastChange() }));
      return { matches: matches.length, changes: changes.length };
    },
    /** Takes the good matches and names the bad ones; rejects when there are only bad ones. */
    manual: async (matches: readonly unknown[]): Promise<TakenByHand> => {
      const decoded = decodeMatches(matches, "matches");
      const rejected = decoded.rejections
        .slice(0, rejectedNamed)
        .map(({ index, path, reason }) => ({ index, path, reason }));
      const [first] = decoded.rejections;
      if (first !== undefined && decoded.matches.length === 0) {
        const { kind, path: at, reason } = first;
        throw new ProblemError({ kind, message: `${at}: ${reason}.`, at }, { rejected });
      }
      await take(
        { matches, channel: "manual", ...timesOf(momentOf(options.clock)), complete: false },
        decoded,
        "manual",
      );
      listing.told();
      return { ids: [...new Set(decoded.matches.map(({ id }) => id))], rejected };
    },
    /** Said once: the last list was taken for newer than it was, so what was published just after it did not count. */
    wasOverrated: (): boolean => {
      const at = last === null ? null : options.publisherAt(last.asked);
      if (last === null || at === null || last.at - at <= clockTolerance) return false;
      last = { ...last, at };
      return true;
    },
    /** How many matches the source's last list had. */
    matches: listing.matches,
  };
};
